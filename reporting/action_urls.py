"""The address of everybody's actions, /p/<programme>/actions/."""

from django.urls import path

from reporting.views import actions

urlpatterns = [path("", actions.action_list, name="actions")]

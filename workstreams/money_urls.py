"""The address of a programme's money, /p/<programme>/money/."""

from django.urls import path

from workstreams.views import money

urlpatterns = [path("", money.programme_money, name="money")]

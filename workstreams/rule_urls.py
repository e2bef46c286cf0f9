"""Addresses of a programme's rules, under /p/<programme>/manage/."""

from django.urls import path

from workstreams.views import thresholds

urlpatterns = [path("thresholds/", thresholds.edit_thresholds, name="thresholds")]

"""Addresses of the plan across workstreams, under /p/<programme>/roadmap/."""

from django.urls import path

from workstreams.views import baselines

urlpatterns = [
    path("baselines/", baselines.baseline_list, name="baselines"),
    path("baselines/<int:pk>/", baselines.decide_on_baseline, name="baseline-decide"),
]

"""Addresses of the plan across workstreams, under /p/<programme>/roadmap/."""

from django.urls import path

from workstreams.views import baselines, many, roadmap

urlpatterns = [
    path("", roadmap.show_roadmap, name="roadmap"),
    path("edit/", many.edit_many, name="milestones-edit"),
    path("file/", many.download, name="plan-file"),
    path("sheet/", many.upload, name="sheet"),
    path("sheet/<int:pk>/", many.check_sheet, name="sheet-check"),
    path("baselines/", baselines.baseline_list, name="baselines"),
    path("baselines/<int:pk>/", baselines.decide_on_baseline, name="baseline-decide"),
    path("baselines/<int:pk>/withdraw/", baselines.withdraw_baseline, name="baseline-withdraw"),
]

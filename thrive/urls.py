"""Addresses of the THRIVE map, under /p/<programme>/thrive/."""

from django.urls import path

from thrive.views import comparing, directory, gaps, many, recommendations, rows, sheets, targets
from thrive.views import map as the_map

CELL = "cells/<int:place>/<slug:need>/<str:ages>/"

urlpatterns = [
    path("", the_map.show_map, name="thrive"),
    path(CELL, the_map.show_cell, name="thrive-cell"),
    path(f"{CELL}map/", the_map.map_into_cell, name="thrive-cell-map"),
    path(f"{CELL}none/", the_map.confirm_none, name="thrive-cell-none"),
    path("none/<int:pk>/take-back/", the_map.withdraw_none, name="thrive-none-withdraw"),
    path("rows/<int:pk>/", rows.change_row, name="thrive-row"),
    path("rows/<int:pk>/remove/", rows.remove_row, name="thrive-row-remove"),
    path("levels/", comparing.level_up, name="thrive-levels"),
    path("words/", comparing.in_words, name="thrive-words"),
    path("changes/", comparing.changes, name="thrive-changes"),
    path("rows/", many.list_rows, name="thrive-rows"),
    path("rows/change/", many.change_many, name="thrive-rows-change"),
    path("copy/", many.copy_place, name="thrive-copy"),
    path("map.xlsx", sheets.download, name="thrive-file"),
    path("services.json", sheets.open_data, name="thrive-open-data"),
    path("sheet/", sheets.choose_sheet, name="thrive-sheet"),
    path("sheet/<int:pk>/", sheets.check_sheet, name="thrive-sheet-check"),
    path("imports/<int:pk>/undo/", sheets.undo_import, name="thrive-import-undo"),
    path("services/", directory.service_list, name="thrive-services"),
    path("services/add/", directory.add_service, name="thrive-service-add"),
    path("services/<int:pk>/", directory.show_service, name="thrive-service"),
    path("services/<int:pk>/change/", directory.change_service, name="thrive-service-change"),
    path("services/<int:pk>/check/", directory.check_service, name="thrive-service-check"),
    path("services/<int:pk>/map/", directory.map_service, name="thrive-service-map"),
    path("services/<int:pk>/history/", directory.service_history, name="thrive-service-history"),
    path("targets/", targets.compare, name="thrive-targets"),
    path("targets/add/", targets.add_target, name="thrive-target-add"),
    path("targets/<int:pk>/change/", targets.change_target, name="thrive-target-change"),
    path("gaps/", gaps.gap_list, name="thrive-gaps"),
    path("gaps/add/", gaps.add_gap, name="thrive-gap-add"),
    path("gaps/<int:pk>/", gaps.show_gap, name="thrive-gap"),
    path("gaps/<int:pk>/decide/", gaps.decide_gap, name="thrive-gap-decide"),
    path("gaps/<int:pk>/filled/", gaps.fill_gap, name="thrive-gap-fill"),
    path("recommendations/", recommendations.recommendation_list, name="thrive-recommendations"),
    path("recommendations/add/", recommendations.add, name="thrive-recommend"),
    path("recommendations/<int:pk>/", recommendations.show, name="thrive-recommendation"),
    path("recommendations/<int:pk>/decide/", recommendations.decide, name="thrive-recommendation-decide"),
    path("recommendations/<int:pk>/work/", recommendations.put_to_work, name="thrive-recommendation-work"),
    path("recommendations/<int:pk>/close/", recommendations.close, name="thrive-recommendation-close"),
    path("work/<int:pk>/remove/", recommendations.take_off_work, name="thrive-work-remove"),
    path("plan/", recommendations.delivery_plan, name="thrive-plan"),
    path("answers/<slug:slug>/", recommendations.answers, name="thrive-answers"),
]

"""Addresses of the THRIVE map, under /p/<programme>/thrive/."""

from django.urls import path

from thrive.views import map as the_map
from thrive.views import rows, services

CELL = "cells/<int:place>/<slug:need>/<str:ages>/"

urlpatterns = [
    path("", the_map.show_map, name="thrive"),
    path(CELL, the_map.show_cell, name="thrive-cell"),
    path(f"{CELL}map/", the_map.map_into_cell, name="thrive-cell-map"),
    path(f"{CELL}none/", the_map.confirm_none, name="thrive-cell-none"),
    path("none/<int:pk>/take-back/", the_map.withdraw_none, name="thrive-none-withdraw"),
    path("rows/<int:pk>/", rows.change_row, name="thrive-row"),
    path("rows/<int:pk>/remove/", rows.remove_row, name="thrive-row-remove"),
    path("services/", services.service_list, name="thrive-services"),
    path("services/add/", services.add_service, name="thrive-service-add"),
    path("services/<int:pk>/", services.show_service, name="thrive-service"),
    path("services/<int:pk>/change/", services.change_service, name="thrive-service-change"),
    path("services/<int:pk>/check/", services.check_service, name="thrive-service-check"),
    path("services/<int:pk>/map/", services.map_service, name="thrive-service-map"),
    path("services/<int:pk>/history/", services.service_history, name="thrive-service-history"),
]

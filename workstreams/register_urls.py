"""Addresses of the registers across workstreams, under /p/<programme>/."""

from django.urls import path

from workstreams.views import action_pages, decisions, programme_registers

urlpatterns = [
    path("registers/", programme_registers.programme_registers, name="programme-registers"),
    path("registers/download/", programme_registers.download_registers, name="registers-download"),
    path("decisions/", decisions.decision_list, name="decisions"),
    path("decisions/add/", decisions.add_decision, name="decision-add"),
    path("decisions/<int:pk>/", decisions.decision_page, name="decision"),
    path("decisions/<int:pk>/change/", decisions.change_decision, name="decision-change"),
    path("decisions/<int:pk>/replace/", decisions.replace_decision, name="decision-replace"),
    path("actions/<int:pk>/", action_pages.action_page, name="action"),
    path("actions/<int:pk>/change/", action_pages.change_action, name="action-change"),
    path("actions/<int:pk>/done/", action_pages.end_action, name="action-end"),
]

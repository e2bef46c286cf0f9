"""Addresses of stage gates, under /p/<programme>/gates/."""

from django.urls import path

from workstreams.views import gate_keeping, gate_outcomes, gates

urlpatterns = [
    path("", gates.gate_list, name="gates"),
    path("new/", gate_keeping.add_gate, name="gate-new"),
    path("<int:pk>/", gates.gate, name="gate"),
    path("<int:pk>/history/", gates.gate_history, name="gate-history"),
    path("<int:pk>/change/", gate_keeping.change_gate, name="gate-change"),
    path("<int:pk>/date/", gate_keeping.date_gate, name="gate-date"),
    path("<int:pk>/remove/", gate_keeping.remove_gate, name="gate-remove"),
    path("<int:pk>/panel/", gate_keeping.give_seat, name="gate-seat"),
    path("<int:pk>/criteria/", gate_keeping.add_criterion, name="gate-criterion-add"),
    path("<int:pk>/criteria/<int:key>/", gate_keeping.change_criterion, name="gate-criterion"),
    path("<int:pk>/evidence/", gate_keeping.add_evidence, name="gate-evidence"),
    path("<int:pk>/remove/<slug:kind>/<int:key>/", gate_keeping.take_out, name="gate-take-out"),
    path("<int:pk>/outcome/", gate_outcomes.record_outcome, name="gate-outcome"),
    path("<int:pk>/conditions/", gate_outcomes.add_condition, name="gate-condition-add"),
    path("<int:pk>/conditions/<int:key>/", gate_outcomes.change_condition, name="gate-condition"),
    path("<int:pk>/conditions/<int:key>/close/", gate_outcomes.close_condition, name="gate-condition-close"),
]

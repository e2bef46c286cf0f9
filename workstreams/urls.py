"""Addresses of the work, under /p/<programme>/workstreams/."""

from django.urls import path

from workstreams.views import (
    asks,
    corrections,
    handover,
    history,
    plan,
    ratings,
    registers,
    workstreams,
)
from workstreams.views.updates import correcting, editing, reading, sending

urlpatterns = [
    path("", workstreams.workstream_list, name="workstreams"),
    path("<slug:slug>/", workstreams.overview, name="workstream"),
    path("<slug:slug>/updates/", reading.update_list, name="updates"),
    path("<slug:slug>/updates/<str:month>/", reading.update_page, name="update"),
    path("<slug:slug>/updates/<str:month>/edit/", editing.edit_update, name="update-edit"),
    path("<slug:slug>/updates/<str:month>/autosave/", editing.autosave_update, name="update-autosave"),
    path("<slug:slug>/updates/<str:month>/check/", sending.check_update, name="update-check"),
    path("<slug:slug>/updates/<str:month>/sent/", sending.update_sent, name="update-sent"),
    path("<slug:slug>/updates/<str:month>/recall/", sending.recall_update, name="update-recall"),
    path("<slug:slug>/updates/<str:month>/no-change/", sending.no_change, name="update-no-change"),
    path("<slug:slug>/updates/<str:month>/correct/", correcting.correct_update, name="update-correct"),
    path("<slug:slug>/updates/<str:month>/move/", corrections.move_update, name="update-move"),
    path("<slug:slug>/updates/<str:month>/assure/", ratings.assure_update, name="update-assure"),
    path("<slug:slug>/ratings/", ratings.ratings_page, name="ratings"),
    path("<slug:slug>/ratings/answer/", ratings.answer_rules, name="rating-answer-rules"),
    path("<slug:slug>/ratings/<int:pk>/answer/", ratings.answer_question, name="rating-answer"),
    path("<slug:slug>/registers/", registers.registers_page, name="registers"),
    path("<slug:slug>/registers/asks/add/", asks.add_ask, name="ask-add"),
    path("<slug:slug>/registers/<slug:register>/add/", registers.add_entry, name="register-add"),
    path("<slug:slug>/registers/<slug:register>/<int:pk>/edit/", registers.edit_entry, name="register-edit"),
    path("<slug:slug>/registers/<slug:register>/<int:pk>/close/", registers.end_entry, name="register-end"),
    path("<slug:slug>/merge/", corrections.merge_workstream, name="workstream-merge"),
    path("<slug:slug>/merged/", corrections.merged_workstream, name="workstream-merged"),
    path("<slug:slug>/unmerge/", corrections.unmerge_workstream, name="workstream-unmerge"),
    path("<slug:slug>/handover/", handover.handover_page, name="handover"),
    path("<slug:slug>/handover/note/", handover.leave_note, name="handover-note"),
    path("<slug:slug>/history/", history.workstream_history, name="workstream-history"),
    path("<slug:slug>/updates/<str:month>/history/", history.update_history, name="update-history"),
    path("<slug:slug>/plan/<int:pk>/history/", history.milestone_history, name="milestone-history"),
    path("<slug:slug>/plan/", plan.plan, name="plan"),
    path("<slug:slug>/plan/add/", plan.add_milestone, name="milestone-add"),
    path("<slug:slug>/plan/<int:pk>/", plan.milestone_row, name="milestone"),
    path("<slug:slug>/plan/<int:pk>/date/", plan.edit_milestone, {"edit": plan.MOVE}, name="milestone-move"),
    path("<slug:slug>/plan/<int:pk>/done/", plan.edit_milestone, {"edit": plan.COMPLETE}, name="milestone-done"),
]

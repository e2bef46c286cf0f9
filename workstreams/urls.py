"""Addresses of the work, under /p/<programme>/workstreams/."""

from django.urls import path

from workstreams.views import corrections, money, plain, plan, staff_pages, updates, voices, workstreams

urlpatterns = [
    path("", workstreams.workstream_list, name="workstreams"),
    path("<slug:slug>/", workstreams.overview, name="workstream"),
    path("<slug:slug>/updates/", updates.update_list, name="updates"),
    path("<slug:slug>/updates/<str:month>/", updates.update_page, name="update"),
    path("<slug:slug>/updates/<str:month>/edit/", updates.edit_update, name="update-edit"),
    path("<slug:slug>/updates/<str:month>/autosave/", updates.autosave_update, name="update-autosave"),
    path("<slug:slug>/updates/<str:month>/check/", updates.check_update, name="update-check"),
    path("<slug:slug>/updates/<str:month>/sent/", updates.update_sent, name="update-sent"),
    path("<slug:slug>/updates/<str:month>/recall/", updates.recall_update, name="update-recall"),
    path("<slug:slug>/updates/<str:month>/move/", corrections.move_update, name="update-move"),
    path("<slug:slug>/merge/", corrections.merge_workstream, name="workstream-merge"),
    path("<slug:slug>/merged/", corrections.merged_workstream, name="workstream-merged"),
    path("<slug:slug>/unmerge/", corrections.unmerge_workstream, name="workstream-unmerge"),
    path("<slug:slug>/voices/", voices.workstream_voices, name="workstream-voices"),
    path("<slug:slug>/money/", money.workstream_money, name="workstream-money"),
    path("<slug:slug>/money/add/", money.add_funding, name="funding-add"),
    path("<slug:slug>/money/<int:pk>/", money.funding_line, name="funding"),
    path("<slug:slug>/money/<int:pk>/change/", money.change_funding, name="funding-change"),
    path("<slug:slug>/money/<int:pk>/remove/", money.remove_funding, name="funding-remove"),
    path("<slug:slug>/plain/", plain.plain_page, name="workstream-plain"),
    path("<slug:slug>/plain/edit/", plain.edit_plain_page, name="plain-edit"),
    path("<slug:slug>/page/", staff_pages.staff_page, name="staff-page"),
    path("<slug:slug>/page/prepare/", staff_pages.prepare_staff_page, name="staff-page-prepare"),
    path("<slug:slug>/page/html/", staff_pages.staff_page_html, name="staff-page-html"),
    path("<slug:slug>/page/do/<slug:act>/", staff_pages.act_on_staff_page, name="staff-page-act"),
    path("<slug:slug>/plan/", plan.plan, name="plan"),
    path("<slug:slug>/plan/add/", plan.add_milestone, name="milestone-add"),
    path("<slug:slug>/plan/<int:pk>/", plan.milestone_row, name="milestone"),
    path("<slug:slug>/plan/<int:pk>/date/", plan.edit_milestone, {"edit": plan.MOVE}, name="milestone-move"),
    path("<slug:slug>/plan/<int:pk>/done/", plan.edit_milestone, {"edit": plan.COMPLETE}, name="milestone-done"),
]

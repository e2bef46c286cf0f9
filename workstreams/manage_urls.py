"""Addresses of managing people and workstreams, under /p/<programme>/manage/."""

from django.urls import path

from workstreams.views import manage, manage_accounts, manage_people, manage_workstreams

urlpatterns = [
    path("", manage.manage, name="manage"),
    path("setup/workstreams/", manage.workstreams_step, name="setup-workstreams"),
    path("setup/people/", manage.people_step, name="setup-people"),
    path("setup/ready/", manage.ready, name="setup-ready"),
    path("people/", manage_people.people_list, name="manage-people"),
    path("people/add/", manage_people.add_person, name="manage-person-add"),
    path("people/<int:pk>/", manage_people.person_page, name="manage-person"),
    path("people/<int:pk>/edit/", manage_people.edit_person, name="manage-person-edit"),
    path("people/<int:pk>/invite/", manage_people.invite_person, name="manage-person-invite"),
    path("people/<int:pk>/address/", manage_accounts.change_address, name="manage-person-address"),
    path("people/<int:pk>/close/", manage_accounts.close_account, name="manage-person-close"),
    path("people/<int:pk>/reopen/", manage_accounts.reopen_account, name="manage-person-reopen"),
    path("people/<int:pk>/roles/add/", manage_accounts.give_role, name="manage-role-give"),
    path("people/<int:pk>/roles/<int:membership>/end/", manage_accounts.end_role, name="manage-role-end"),
    path("invitations/<int:pk>/send-again/", manage_people.resend_invitation, name="invitation-resend"),
    path("invitations/<int:pk>/withdraw/", manage_people.withdraw_invitation, name="invitation-withdraw"),
    path("workstreams/", manage_workstreams.workstream_list, name="manage-workstreams"),
    path("new-workstream/", manage_workstreams.add_workstream, name="manage-workstream-add"),
    path("workstreams/<slug:slug>/", manage_workstreams.workstream_page, name="manage-workstream"),
    path("workstreams/<slug:slug>/edit/", manage_workstreams.edit_workstream, name="manage-workstream-edit"),
    path("workstreams/<slug:slug>/status/", manage_workstreams.change_status, name="manage-workstream-status"),
    path("workstreams/<slug:slug>/appoint/", manage_workstreams.appoint, name="manage-part-add"),
    path("workstreams/<slug:slug>/parts/<int:pk>/end/", manage_workstreams.end_part, name="manage-part-end"),
    path(
        "workstreams/<slug:slug>/parts/<int:pk>/replace/", manage_workstreams.replace_part, name="manage-part-replace"
    ),
]

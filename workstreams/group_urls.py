"""Addresses of groups and their meetings, under /p/<programme>/groups/."""

from django.urls import path

from workstreams.views import groups, history, meetings

urlpatterns = [
    path("", groups.group_list, name="groups"),
    path("add/", groups.add_group, name="group-add"),
    path("<int:pk>/", groups.group_page, name="group"),
    path("<int:pk>/change/", groups.change_group, name="group-change"),
    path("<int:pk>/end/", groups.end_group, name="group-end"),
    path("<int:pk>/history/", history.group_history, name="group-history"),
    path("<int:pk>/members/add/", groups.add_member, name="member-add"),
    path("<int:pk>/members/<int:member>/end/", groups.end_member, name="member-end"),
    path("<int:pk>/meetings/add/", meetings.add_meeting, name="meeting-add"),
    path("<int:pk>/meetings/<int:meeting>/", meetings.meeting_page, name="meeting"),
    path("<int:pk>/meetings/<int:meeting>/change/", meetings.change_meeting, name="meeting-change"),
]

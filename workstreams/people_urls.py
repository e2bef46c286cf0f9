"""Addresses of a programme's people, under /p/<programme>/people/."""

from django.urls import path

from workstreams.views import people

urlpatterns = [
    path("", people.people_list, name="people"),
    path("<int:pk>/merge/", people.merge_person, name="person-merge"),
    path("<int:pk>/unmerge/", people.unmerge_person, name="person-unmerge"),
]

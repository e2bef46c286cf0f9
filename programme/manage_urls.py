"""Addresses of setting a programme up, under /p/<programme>/manage/; people and workstreams are in workstreams."""

from django.urls import path

from programme.views import organisations, setup, viewing

PLACES, ORGANISATIONS = {"kind": organisations.PLACES}, {"kind": organisations.ORGANISATIONS}

urlpatterns = [
    path("new/", setup.new_programme, name="programme-new"),
    path("setup/name/", setup.name_step, name="setup-name"),
    path("setup/places/", setup.places_step, name="setup-places"),
    path("setup/partners/", setup.partners_step, name="setup-partners"),
    path("setup/months/", setup.months_step, name="setup-months"),
    path("places/", organisations.record_list, PLACES, name="manage-places"),
    path("places/add/", organisations.add_record, PLACES, name="manage-places-add"),
    path("places/<int:pk>/", organisations.edit_record, PLACES, name="manage-place"),
    path("organisations/", organisations.record_list, ORGANISATIONS, name="manage-organisations"),
    path("organisations/add/", organisations.add_record, ORGANISATIONS, name="manage-organisations-add"),
    path("organisations/<int:pk>/", organisations.edit_record, ORGANISATIONS, name="manage-organisation"),
    path("view-as/", viewing.view_as, name="view-as"),
    path("view-as/stop/", viewing.stop_viewing, name="view-as-stop"),
]

"""Addresses of a programme's own page for staff, under /p/<programme>/page/."""

from django.urls import path

from workstreams.views import staff_pages

OWN = {"slug": ""}  # the page of the programme itself, not of one of its workstreams

urlpatterns = [
    path("", staff_pages.staff_page, OWN, name="programme-staff-page"),
    path("prepare/", staff_pages.prepare_staff_page, OWN, name="programme-staff-page-prepare"),
    path("html/", staff_pages.staff_page_html, OWN, name="programme-staff-page-html"),
    path("do/<slug:act>/", staff_pages.act_on_staff_page, OWN, name="programme-staff-page-act"),
]

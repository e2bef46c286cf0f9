"""Addresses of a participant's personal link, /maturity/<token>/: no account, no programme."""

from django.urls import path

from thrive.maturity.views import link

urlpatterns = [
    path("", link.home, name="maturity-link"),
    path("<slug:code>/", link.score_domain, name="maturity-link-domain"),
    path("<slug:code>/save/", link.autosave, name="maturity-link-save"),
]

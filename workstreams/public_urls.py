"""The one address without sign-in that says something of a programme, /page/<token>/."""

from django.urls import path

from workstreams.views import staff_pages

urlpatterns = [path("", staff_pages.public_page, name="public-page")]

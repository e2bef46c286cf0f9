"""The address of the list of inconsistencies, under /p/<programme>/inconsistencies/."""

from django.urls import path

from workstreams.views import inconsistencies

urlpatterns = [path("", inconsistencies.inconsistency_list, name="inconsistencies")]

"""Addresses of bringing a page in, under /p/<programme>/import/."""

from django.urls import path

from workstreams.views import importing

urlpatterns = [
    path("", importing.start, name="import"),
    path("<int:pk>/", importing.review, name="import-review"),
    path("<int:pk>/change/<str:key>/", importing.change, name="import-change"),
    path("<int:pk>/discard/", importing.discard, name="import-discard"),
    path("done/<int:pk>/", importing.done, name="import-done"),
    path("done/<int:pk>/undo/", importing.undo, name="import-undo"),
]

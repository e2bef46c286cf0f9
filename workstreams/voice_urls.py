"""Addresses of the co-production log, under /p/<programme>/coproduction/."""

from django.urls import path

from workstreams.views import voices

urlpatterns = [
    path("", voices.voice_list, name="voices"),
    path("new/", voices.record_voice, name="voice-new"),
    path("download/", voices.download_voices, name="voices-download"),
    path("<int:pk>/", voices.voice, name="voice"),
    path("<int:pk>/change/", voices.change_voice, name="voice-change"),
    path("<int:pk>/next/<slug:step>/", voices.take_step, name="voice-step"),
]

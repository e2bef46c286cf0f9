"""Addresses of what workstreams ask for, under /p/<programme>/asks/."""

from django.urls import path

from workstreams.views import asks

urlpatterns = [
    path("", asks.ask_list, name="asks"),
    path("<int:pk>/", asks.ask_page, name="ask"),
    path("<int:pk>/answer/", asks.change_ask, {"step": asks.ANSWER}, name="ask-answer"),
    path("<int:pk>/reply/", asks.change_ask, {"step": asks.REPLY}, name="ask-reply"),
    path("<int:pk>/up/", asks.change_ask, {"step": asks.PASS_UP}, name="ask-up"),
    path("<int:pk>/down/", asks.change_ask, {"step": asks.PASS_DOWN}, name="ask-down"),
    path("<int:pk>/withdraw/", asks.change_ask, {"step": asks.WITHDRAW}, name="ask-withdraw"),
]

"""Who may sign in: invited people only, and the demo's published accounts only in the demo."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from programme.models import User


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """allauth's hooks, tightened."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs themselves up; the programme office invites."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Refuse the demo's accounts outside the demo and the tests."""
        if user.is_demo and settings.PRODUCTION:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

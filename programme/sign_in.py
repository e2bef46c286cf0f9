"""Who may sign in: invited people only, and the demo's published accounts only in the demo."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from programme.models import User


def refuses_plainly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let one of allauth's pages answer a form with mistakes as ours do: with the page again, and with 422."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and response.status_code == HTTPStatus.OK and form is not None and form.errors:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    return answered


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

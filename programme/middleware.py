"""What happens around every request: health, sign-in, history, caching."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from programme import stash
from programme.history import during_request
from programme.permissions import VIEWING, viewing_of

Next = Callable[[HttpRequest], HttpResponse]
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class HealthMiddleware:
    """Answers /health/ before host checks and the HTTPS redirect, because a redirect looks healthy to a probe."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """200 where the database answers, 503 where it does not."""
        if request.path != "/health/":
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            return HttpResponse("The database does not answer.\n", status=503, content_type="text/plain")
        return HttpResponse("ok\n", content_type="text/plain")


class HeadMiddleware:
    """HEAD is answered as GET is, so that a link can be checked without fetching what is behind it.

    Views see GET; `asks_for_headers_only` tells the few that remember being asked. The server leaves the body out.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Call it GET on the way in, and what it is on the way out."""
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        return response


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page needs sign-in unless its view says otherwise. HTMX gets a redirect it can follow as a whole page."""

    def handle_no_permission(  # type: ignore[override]  # the base names the one kind of redirect it makes
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        """Send the reader to sign-in and bring them back to the page they were on, not to a fragment of it."""
        htmx: Any = getattr(request, "htmx", None)
        if htmx and getattr(view_func, "keeps_page_when_signed_out", False):
            return render(request, "components/signed_out_status.html")
        if request.method == "POST":
            stash.keep(request)
        if not htmx:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        back = htmx.current_url_abs_path or resolve_url(settings.LOGIN_REDIRECT_URL)
        return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")


class ViewingAsMiddleware:
    """Keeps somebody who sees a programme as another role would from changing anything until they stop.

    What they see shrinks in programme/permissions.py. Reading works; of what they send only stopping and logging out
    is taken, wherever it is sent.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put what they view as on the user, and refuse what they send."""
        chosen = request.session.get(VIEWING)
        if not chosen or not request.user.is_authenticated:
            return self.get_response(request)
        viewing = viewing_of(request.user, chosen)
        if viewing is None:  # the right to it has ended, or the programme is no longer theirs
            del request.session[VIEWING]
            return self.get_response(request)
        request.user.viewing_as = viewing
        if request.method in WRITING and request.path not in self._always(viewing.slug):
            answer = render(request, "errors/viewing_as.html", {"viewing": viewing}, status=403)
            if getattr(request, "htmx", False):
                answer["HX-Retarget"], answer["HX-Reswap"] = "body", "innerHTML"
            return answer
        return self.get_response(request)

    @staticmethod
    def _always(slug: str) -> set[str]:
        return {reverse("view-as-stop", args=[slug]), reverse("account_logout")}


class HistoryContextMiddleware:
    """Gives writes made by Django's and allauth's own views a who; our actions open a fuller context inside."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Only writing methods open a context, so that reading pages costs nothing."""
        if request.method not in WRITING:
            return self.get_response(request)
        user = request.user if request.user.is_authenticated else None
        with during_request(by=user, action=f"{request.method} {request.path}"):
            return self.get_response(request)


class CacheControlMiddleware:
    """Pages are private and asked for again; a view that says otherwise (downloads, drafts) is left alone."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to HTML that has none."""
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html") and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        return response

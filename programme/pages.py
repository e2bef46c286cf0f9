"""What every page is given: navigation for this reader, the programme, and one way to answer with a page or a part."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from programme.models import Programme
from programme.permissions import enter
from programme.roles import Permission


@dataclass(frozen=True)
class NavigationItem:
    """One link of the main navigation."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True)
class _Place:
    """A link of the menu: the right it takes, and the right with which it would be one too many."""

    text: str
    name: str
    permission: Permission
    unless: Permission | None = None


# An item without the right is absent, never greyed. Who runs or watches the month has enough links without the log,
# which they find on the programme's page.
_NAVIGATION = (
    _Place("Dashboard", "dashboard", Permission.READ_DASHBOARD),
    _Place("Programme", "programme", Permission.READ_PROGRAMME),
    _Place("Workstreams", "workstreams", Permission.READ_WORKSTREAMS),
    _Place("Updates", "updates-due", Permission.READ_UPDATE_STATES),
    _Place("THRIVE map", "thrive", Permission.READ_MAP),
    _Place("Maturity", "maturity", Permission.RUN_MATURITY, unless=Permission.READ_UPDATE_STATES),
    _Place("Co-production log", "voices", Permission.READ_WORKSTREAMS, unless=Permission.READ_UPDATE_STATES),
    _Place("Reports", "reports", Permission.READ_PROGRAMME),
    _Place("Manage", "manage", Permission.MANAGE_PROGRAMME),
)


def _navigation(request: HttpRequest, programme: Programme | None) -> list[NavigationItem]:
    here, items = request.path, []
    if programme:
        held: frozenset[Permission] = getattr(request, "permissions", frozenset())
        shown = [each for each in _NAVIGATION if each.permission in held and each.unless not in held]
        hidden = {each.name for each in _NAVIGATION} - {each.name for each in shown}
        items = [_item(here, each, programme, hidden) for each in shown]
    help_page = reverse("help")
    return [*items, NavigationItem("Help", help_page, here.startswith(help_page))]


def _item(here: str, place: _Place, programme: Programme, hidden: set[str]) -> NavigationItem:
    """The link, marked where the reader is on its pages, or on those of a link that stands on its page instead."""
    href = reverse(place.name, args=[programme.slug])
    if place.name == "dashboard":
        return NavigationItem(place.text, href, here == href)
    covers = place.name == "programme" and "voices" in hidden
    also = reverse("voices", args=[programme.slug]) if covers else href
    return NavigationItem(place.text, href, here.startswith((href, also)))


def _only_programme(request: HttpRequest) -> None:
    """On pages outside a programme, keep the navigation of a reader who has just one."""
    seen = list(Programme.objects.visible_to(request.user).with_rights_of(request.user)[:2])
    if len(seen) == 1:
        enter(request, seen[0])


def page_context(request: Any) -> dict[str, Any]:
    """Context processor: names, navigation and the reader's programmes."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    if signed_in and not hasattr(request, "programme"):
        _only_programme(request)
    programme = getattr(request, "programme", None)
    return {
        "service_name": settings.SERVICE_NAME,
        "organisation_name": settings.ORGANISATION_NAME,
        "support_email": settings.SUPPORT_EMAIL,
        "demo": settings.DEMO,
        "programme": programme,
        "navigation": _navigation(request, programme) if signed_in else [],
        "only_programme": not (signed_in and programme and request.rights.has_other_programmes),
        "viewing": user.viewing_as if signed_in and user else None,
        "account_role": request.rights.words if signed_in and programme else "",
    }


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, part: str = "", status: int = 200
) -> HttpResponse:
    """Answer with the whole page, or with its named part where HTMX asked for one.

    The part is chosen here, never by the client. History restores and boosted visits get the whole page.
    """
    htmx = request.htmx  # type: ignore[attr-defined]  # added by django-htmx's middleware
    wants_part = part and htmx and not htmx.boosted and not htmx.history_restore_request
    response = render(request, f"{template}#{part}" if wants_part else template, context, status=status)
    response["Vary"] = "HX-Request, Cookie"
    return response


def keeps_page_when_signed_out(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose HTMX request must not take the reader off the page when the session has ended."""
    view.keeps_page_when_signed_out = True  # type: ignore[attr-defined]
    return view


def asks_for_headers_only(request: HttpRequest) -> bool:
    """Whether the reader asked with HEAD: nothing is handed over, so nothing is remembered."""
    return request.META.get("REQUEST_METHOD") == "HEAD"

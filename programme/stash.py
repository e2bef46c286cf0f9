"""Words typed into a page whose session had ended, kept until their writer has signed in again.

The middleware keeps them in the (still anonymous) session; signing in carries them over; the page offers them. They
are offered, never saved by themselves, because the request that carried them was not proven to be its writer's.
"""

from collections.abc import Mapping

from django.http import HttpRequest

KEY = "words_typed_before_sign_in"
LONGEST = 100_000  # characters in all; more is not something a person typed


def keep(request: HttpRequest) -> None:
    """Keep the fields of a form that could not be taken. Files and the protection token are left out."""
    fields = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    if sum(len(str(value)) for value in fields.values()) <= LONGEST:
        request.session[KEY] = {"path": request.path, "fields": fields}


def waiting_under(request: HttpRequest, path: str) -> str:
    """The page below `path` on which somebody typed before they signed in again, or nothing."""
    kept = request.session.get(KEY)
    return str(kept["path"]) if kept and kept["path"].startswith(path) and kept["path"] != path else ""


def keep_for(request: HttpRequest, path: str, fields: Mapping[str, str]) -> None:
    """Hand what was taken on to the page where it can be used."""
    request.session[KEY] = {"path": path, "fields": dict(fields)}


def take(request: HttpRequest) -> Mapping[str, str] | None:
    """What was typed on this very page before signing in again. Given once."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    fields: Mapping[str, str] = kept["fields"]
    return fields

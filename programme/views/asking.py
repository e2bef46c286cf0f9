"""One way to ask for something: a form with its reasons around it, and what to do with the answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from programme.pages import page
from programme.refusals import Refused, Stale

Facts = Sequence[tuple[str, Sequence[str]]]
Make = Callable[[QueryDict | None], Any]


@dataclass(frozen=True)
class Words:
    """What the page says. `back` is the address to leave by, `points` are sentences above the form."""

    caption: str
    title: str
    button: str
    back: str
    back_text: str = "Back"
    points: Sequence[str] = ()
    facts: Facts = ()
    free_text: bool = False
    progress: str = ""
    warning: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


PAGE, IN_PLACE = "programme/manage/ask.html", "programme/manage/ask_in_place.html"


def _opened_in_place(request: HttpRequest) -> bool:
    """Whether the form was opened on the page it is about, where scripts run; else it is a page of its own."""
    htmx = request.htmx  # type: ignore[attr-defined]  # added by django-htmx's middleware
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)


def _gone_on(done: HttpResponse) -> HttpResponse:
    """Where the answer leads on to, for HTMX: the whole page, with what changed on it."""
    response = HttpResponse(status=200)
    response["HX-Redirect"] = done["Location"]
    return response


def ask(
    request: HttpRequest,
    words: Words,
    make: Make,
    act: Callable[[Any], HttpResponse],
    *,
    theirs: Callable[[Any], Facts] | None = None,
    template: str = PAGE,
) -> HttpResponse:
    """Show the form, or take its answer. `act` does it and says where to go on.

    Opened in place, it answers in place. What a refusal or somebody else's change finds out comes back with everything
    that was typed; `theirs` puts what somebody else has saved into words.
    """
    form = make(request.POST if request.method == "POST" else None)
    in_place = template == PAGE and _opened_in_place(request)

    def shown(status: int = 200, saved: Facts = ()) -> HttpResponse:
        wrong = form.is_bound and bool(form.errors)
        context = {"words": words, "form": form, "form_errors": wrong, "theirs": saved, **words.extra}
        return page(request, IN_PLACE if in_place else template, context, status=status)

    if request.method != "POST":
        return shown()
    if not form.is_valid():
        return shown(422)
    try:
        return _gone_on(act(form)) if in_place else act(form)
    except Stale as stale:
        assert theirs is not None, "a form with a version says what others have saved"
        data = request.POST.copy()
        data["version"] = str(stale.current.version)
        form = make(data)
        return shown(409, theirs(stale.current))
    except Refused as refused:
        form.add_error(None, str(refused))
        return shown(422)

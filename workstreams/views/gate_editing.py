"""One way to answer every form of a stage gate: shown, refused, out of date with both texts, or saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from programme.pages import page
from programme.permissions import ProgrammeRequest
from programme.refusals import Refused, Stale
from workstreams.models import Gate

Facts = Sequence[tuple[str, str]]
STALE = "Somebody else has changed this since you opened it. Check it, then save again."


def nothing_stored() -> Facts:
    """Where there is nothing yet that somebody else could have changed."""
    return ()


@dataclass(frozen=True)
class Edit:
    """A form of a gate's: how it is called, made and saved, and where it leads. `make` is given the typed data."""

    title: str
    button: str
    make: Callable[..., Any]
    save: Callable[[Any], object]
    saved: str
    back: str
    back_words: str
    gate: Gate | None = None
    about: str = ""
    stored: Callable[[], Facts] = nothing_stored
    template: str = "workstreams/gate_edit.html"


def answer(request: ProgrammeRequest, edit: Edit) -> HttpResponse:
    """Show the form, or save it and go on."""
    if request.method == "GET":
        return _form_page(request, edit, edit.make())
    form = edit.make(request.POST)
    if not form.is_valid():
        return _form_page(request, edit, form, status=422)
    try:
        edit.save(form)
    except Stale as stale:
        return _stale(request, edit, stale.current.version)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, edit, form, status=422)
    messages.success(request, edit.saved)
    return redirect(edit.back)


def _stale(request: ProgrammeRequest, edit: Edit, version: int) -> HttpResponse:
    """What is stored now beside what was typed, ready to be saved over it, because the person has seen both."""
    data = request.POST.copy()
    data["version"] = str(version)
    form = edit.make(data)
    form.add_error(None, STALE)
    return _form_page(request, edit, form, theirs=edit.stored(), status=409)


def _form_page(
    request: ProgrammeRequest, edit: Edit, form: Any, *, theirs: Facts = (), status: int = 200
) -> HttpResponse:
    context = {
        "edit": edit,
        "gate": edit.gate,
        "form": form,
        "theirs": theirs,
        "form_errors": form.is_bound and bool(form.errors),
    }
    return page(request, edit.template, context, status=status)

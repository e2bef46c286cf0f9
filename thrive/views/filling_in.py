"""One page for every short form from gap to delivery: shown, refused, out of date, or done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from programme.pages import page
from programme.permissions import ProgrammeRequest
from programme.refusals import Refused, Stale


@dataclass(frozen=True)
class Sheet:
    """What a form's page says around the form, and what is said when it is done."""

    title: str
    about: str
    button: str
    done: str
    back: str
    back_words: str
    hint: str = ""


def fill_in(
    request: ProgrammeRequest, make: Callable[..., forms.Form], sheet: Sheet, act: Callable[[Any], str]
) -> HttpResponse:
    """Ask, then let `act` do it with the valid form; it returns the address to go on to."""
    if request.method == "GET":
        return _shown(request, make(), sheet)
    form = make(request.POST)
    if not form.is_valid():
        return _shown(request, form, sheet, status=422)
    try:
        onward = act(form)
    except Stale as stale:
        data = request.POST.copy()
        data["version"] = str(stale.current.version)
        again = make(data)
        return _shown(request, again, sheet, theirs=stale.current, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, form, sheet, status=422)
    messages.success(request, sheet.done)
    return redirect(onward)


def _shown(
    request: ProgrammeRequest, form: forms.Form, sheet: Sheet, *, theirs: Any = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "sheet": sheet, "theirs": theirs, "form_errors": form.is_bound and bool(form.errors)}
    return page(request, "thrive/fill_in.html", context, status=status)

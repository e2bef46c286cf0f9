"""Corrections in two steps: a form that asks why, then a page that shows what will happen, then the act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse

from programme.pages import page
from programme.permissions import ProgrammeRequest
from programme.refusals import Refused

F = TypeVar("F", bound=forms.Form)
Facts = Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class Words:
    """What the two pages say. `back` is the address to leave by."""

    caption: str
    title: str
    question: str
    button: str
    back: str
    points: Sequence[str] = field(default_factory=tuple)


def in_two_steps(
    request: ProgrammeRequest,
    words: Words,
    form: F,
    facts: Callable[[F], Facts],
    act: Callable[[F], HttpResponse],
) -> HttpResponse:
    """Ask, show, act. A refusal comes back to the form with everything that was typed."""
    if request.method == "GET":
        return _form_page(request, words, form)
    if not form.is_valid() or "change" in request.POST:
        return _form_page(request, words, form)
    if "confirm" not in request.POST:
        return page(request, "workstreams/correction_check.html", {"words": words, "form": form, "facts": facts(form)})
    try:
        return act(form)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, words, form)


def _form_page(request: ProgrammeRequest, words: Words, form: Any) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    context = {"words": words, "form": form, "form_errors": wrong}
    return page(request, "workstreams/correction.html", context, status=422 if wrong else 200)

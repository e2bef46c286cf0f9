"""The programme's rules for the derived rating, and its own words for each rating."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from workstreams.actions import thresholds
from workstreams.forms.thresholds import SUFFIXES, ThresholdsForm
from workstreams.models import RatingThresholds, thresholds_of


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_THRESHOLDS)
def edit_thresholds(request: ProgrammeRequest) -> HttpResponse:
    """Change the numbers and the words; a save that is out of date shows what somebody else saved."""
    if request.method == "GET":
        return _form_page(request, ThresholdsForm.of(thresholds_of(request.programme)))
    form = ThresholdsForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form)
    try:
        thresholds.change(programme=request.programme, by=request.user, **form.cleaned_data)
    except Stale as stale:
        return _form_page(request, form.rebased_on(stale.current), theirs=stale.current)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, form)
    messages.success(request, "The rules have been changed. They hold from now on; what was frozen stays as it was.")
    return redirect("thresholds", request.programme.slug)


def _form_page(request: ProgrammeRequest, form: Any, *, theirs: RatingThresholds | None = None) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    numbers = [(form[name], suffix) for name, suffix in SUFFIXES.items()]
    context = {
        "form": form,
        "form_errors": wrong,
        "red": [pair for pair in numbers if pair[0].name.startswith("red_")],
        "amber": [pair for pair in numbers if pair[0].name.startswith("amber_")],
        "words": [form[name] for name in RatingThresholds.WORDS],
        "theirs": _saved_by_others(form, theirs) if theirs else [],
    }
    return page(request, "workstreams/thresholds.html", context, status=409 if theirs else 422 if wrong else 200)


def _saved_by_others(form: Any, theirs: RatingThresholds) -> list[tuple[str, str]]:
    """Every rule that is stored now, in words."""
    names = (*RatingThresholds.NUMBERS, *RatingThresholds.WORDS)
    return [(str(form.fields[name].label), str(getattr(theirs, name)) or "Left empty") for name in names]

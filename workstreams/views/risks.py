"""One risk: its score with every earlier one and why, and scoring it again."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from workstreams import access
from workstreams.actions import risks as actions
from workstreams.forms.register import ScoreForm
from workstreams.models import Risk, RiskScore, Workstream
from workstreams.risks import matrix, moved, score_words
from workstreams.views.following import follows_merges
from workstreams.views.registers import Facts, facts_of, keeps_registers, posted_again
from workstreams.views.workstreams import find_workstream


@dataclass(frozen=True)
class ScoreRow:
    """A score with how it compares with the one before."""

    score: RiskScore
    movement: str


def score_rows(risk: Risk) -> list[ScoreRow]:
    """Every score, oldest first. One query."""
    found: list[ScoreRow] = []
    for score in risk.scores.select_related("by__person"):
        found.append(ScoreRow(score, moved(found[-1].score.score if found else None, score.score)))
    return found


def _find(workstream: Workstream, pk: int) -> Risk:
    return get_object_or_404(Risk.objects.of_workstream(workstream).select_related("owner__merged_into"), pk=pk)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def risk_page(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """A risk as it stands, with the history of its score and what is being done against it."""
    workstream = find_workstream(request, slug)
    risk = _find(workstream, pk)
    roles = access.assignment_roles(request.user, workstream)
    context = {
        "workstream": workstream,
        "risk": risk,
        "score_words": score_words(risk.likelihood, risk.impact),
        "rows": score_rows(risk),
        "matrix": matrix([(risk.likelihood, risk.impact)]),
        "actions": risk.actions.select_related("owner__merged_into"),
        "today": today(),
        "can_edit": access.can_edit_plan(roles, request.permissions),
    }
    return page(request, "workstreams/risk.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def score_risk(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """Score a risk again, with a reason. A save that is out of date shows both."""
    workstream = keeps_registers(request, slug)
    risk = _find(workstream, pk)
    if request.method == "GET":
        return _score_page(request, risk, ScoreForm.of(risk))
    form = ScoreForm(request.POST)
    if not form.is_valid():
        return _score_page(request, risk, form)
    try:
        actions.score(risk=risk, by=request.user, **form.cleaned_data)
    except Stale as stale:
        again = ScoreForm(posted_again(request, stale.current.version))
        return _score_page(request, risk, again, theirs=facts_of(stale.current))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _score_page(request, risk, form)
    messages.success(request, "The score has been kept.")
    return redirect("risk", request.programme.slug, workstream.slug, risk.pk)


def _score_page(request: ProgrammeRequest, risk: Risk, form: Any, *, theirs: Facts | None = None) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    context = {
        "workstream": risk.workstream.survivor,
        "form": form,
        "form_errors": wrong,
        "theirs": theirs,
        "title": "Score a risk again",
        "button": "Keep this score",
        "about": risk.text,
    }
    return page(request, "workstreams/register_form.html", context, status=409 if theirs else 422 if wrong else 200)

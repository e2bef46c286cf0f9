"""The three ratings of a workstream, the questions where they differ, and a second opinion on an update."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import now
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused
from programme.roles import Permission
from programme.status import Rag
from workstreams import access, sent_updates
from workstreams.actions import assuring
from workstreams.forms.rating import AnswerQuestionForm, AssureForm
from workstreams.models import MonthlyUpdate, RatingQuestion, Workstream, thresholds_of
from workstreams.ratings import of_workstream
from workstreams.views.following import follows_merges
from workstreams.views.updates.writing import find_period
from workstreams.views.workstreams import find_workstream


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def ratings_page(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """What each of the three says and why, what is not known, and every question with its answers."""
    workstream = find_workstream(request, slug)
    questions = list(RatingQuestion.objects.of_workstream(workstream).in_full().order_by("-at", "-pk"))
    latest = questions[0].revision.update_id if questions else None
    context = {
        "workstream": workstream,
        "three": of_workstream(workstream),
        "as_at": now(),
        "questions": [question for question in questions if question.revision.update_id == latest],
        "earlier": [question for question in questions if question.revision.update_id != latest],
        "rules": thresholds_of(request.programme),
        "answers_questions": access.can_write_update(access.assignment_roles(request.user, workstream)),
        "can_change_rules": Permission.EDIT_THRESHOLDS in request.permissions,
    }
    return page(request, "workstreams/ratings.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def answer_question(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """The lead answers a question that was raised."""
    workstream = _led(request, slug)
    question = get_object_or_404(RatingQuestion.objects.of_workstream(workstream).in_full(), pk=pk)
    return _answering(request, workstream, question.text, lambda: question)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def answer_rules(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """The lead answers what the rules ask today, which nobody has asked about this update yet."""
    workstream = _led(request, slug)
    three = of_workstream(workstream)
    asked, given = three.question_now, three.given
    if not asked or given is None or given.revision is None:
        raise Http404
    revision = given.revision
    return _answering(
        request, workstream, asked, lambda: assuring.question_rules(revision, three.declared, now()), fresh=True
    )


def _led(request: ProgrammeRequest, slug: str) -> Workstream:
    """The workstream, for those who write its update; 403 for others."""
    workstream = find_workstream(request, slug)
    if not access.can_write_update(access.assignment_roles(request.user, workstream)):
        raise PermissionDenied
    return workstream


def _answering(
    request: ProgrammeRequest, workstream: Workstream, asked: str, question: Any, *, fresh: bool = False
) -> HttpResponse:
    form = AnswerQuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        raised = question()
        if raised is not None:
            assuring.answer(question=raised, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, "Your answer stands beside the ratings.")
        return redirect("ratings", request.programme.slug, workstream.slug)
    context = {"workstream": workstream, "asked": asked, "form": form, "form_errors": bool(form.errors), "fresh": fresh}
    return page(request, "workstreams/rating_answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSURE_RATINGS)
@follows_merges
def assure_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """Give a second opinion on a sent update, beside what its lead declared."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    update = get_object_or_404(MonthlyUpdate.objects.filter(workstream=workstream, period=period).sent())
    rules = thresholds_of(request.programme)
    form = AssureForm(request.POST if request.method == "POST" else None, rules=rules)
    if request.method == "POST" and form.is_valid():
        rating, reason = Rag(form.cleaned_data["rating"]), form.cleaned_data["reason"]
        try:
            assuring.assure(update=update, rating=rating, reason=reason, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Your rating of the {period} update has been kept beside the lead’s.")
            return redirect("update", request.programme.slug, workstream.slug, period.key)
    context = {
        "workstream": workstream,
        "period": period,
        "latest": sent_updates.in_full([update])[0],
        "form": form,
        "form_errors": bool(form.errors),
    }
    return page(request, "workstreams/update_assure.html", context, status=422 if form.errors else 200)

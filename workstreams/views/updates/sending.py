"""Sending the update: check answers, the receipt, "no change", and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme import stash
from programme.clock import LONDON, today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.status import Confidence, Rag
from workstreams import changes, sent_updates
from workstreams.actions import updates
from workstreams.forms.declaring import WHY_NOT
from workstreams.forms.update import OnBehalfForm, UpdateForm, version_typed_on
from workstreams.models import MonthlyUpdate
from workstreams.sections import Section
from workstreams.views.following import follows_merges
from workstreams.views.updates.editing import conflict
from workstreams.views.updates.writing import Writing, writing_of
from workstreams.views.workstreams import open_periods


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def check_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """Check answers, then send."""
    writing = writing_of(request, slug, month)
    draft = writing.draft
    form = writing.checking(draft) if draft else None
    if request.method == "GET":
        if form is None or not form.is_valid():
            return redirect("update-edit", *writing.here)
        return _check_page(request, writing, form)
    if form is None or not form.is_valid():
        # Sent already (a double click), or emptied elsewhere: the receipt or the form says which.
        return redirect("update-sent", *writing.here)
    try:
        _send(request, writing, form)
    except Stale:
        messages.error(request, "The draft was changed after you opened this page. Check it again before you send it.")
        return redirect("update-check", *writing.here)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("update-edit", *writing.here)
    return redirect("update-sent", *writing.here)


def _send(request: ProgrammeRequest, writing: Writing, form: UpdateForm) -> None:
    lead = form.lead if isinstance(form, OnBehalfForm) else None
    updates.send(
        workstream=writing.workstream,
        period=writing.period,
        items=form.items,
        rating=Rag(form.cleaned_data["rating"]),
        reason=form.cleaned_data["reason"],
        by=request.user,
        on_behalf_of=lead,
        source_note=form.cleaned_data["source_note"] if lead else "",
        version=version_typed_on(request.POST),
        promises=form.promise_answers,
        help_wanted=form.help_wanted,
        path=form.path,
        why_not_worse=form.cleaned_data.get(WHY_NOT, ""),
        delivery_confidence=form.cleaned_data["confidence"],
    )


def _check_page(request: ProgrammeRequest, writing: Writing, form: UpdateForm) -> HttpResponse:
    cleaned = form.cleaned_data
    answered = {answer.item: answer for answer in form.promise_answers}
    context = {
        "workstream": writing.workstream,
        "period": writing.period,
        "form": form,
        "lead": form.lead if isinstance(form, OnBehalfForm) else None,
        "source_note": cleaned.get("source_note", ""),
        "promises": [(p.text, answered[p.key].words if p.key in answered else "") for p in form.asked.promises],
        "answers": [(s, form.items[s]) for s in Section],
        "rating": Rag(cleaned["rating"]),
        "reason": cleaned["reason"],
        "why_not": cleaned.get(WHY_NOT, ""),
        "confidence": Confidence(cleaned["confidence"]) if cleaned["confidence"] else None,
        "edit_url": reverse("update-edit", args=writing.here),
        "can_recall": _before_its_due_day(writing),
    }
    return page(request, "workstreams/update_check.html", context)


def _before_its_due_day(writing: Writing) -> bool:
    """Whether what is sent can still be recalled; afterwards it can be corrected."""
    return today() <= writing.period.due_on and not writing.period.closed_at


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def update_sent(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """The receipt: when it was sent, who sees it, when it is used."""
    writing = writing_of(request, slug, month)
    workstream, period = writing.workstream, writing.period
    update = MonthlyUpdate.objects.filter(workstream=workstream, period=period).sent().select_related("period").first()
    if update is None:
        return redirect("update-edit", *writing.here)
    told = sent_updates.in_full([update])[0]
    late = (told.first.at.astimezone(LONDON).date() - period.due_on).days
    context = {
        "workstream": workstream,
        "period": period,
        "told": told,
        "revision": told.revision,
        "late": max(0, late),
        "can_recall": _before_its_due_day(writing) and writing.may_recall(told.revision),
        "closes_later": today() <= period.closes_on,
        "others": [p for p in open_periods(workstream) if p.pk != period.pk],
    }
    return page(request, "workstreams/update_sent.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def no_change(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """Say that nothing has changed: one tap in the form, which brings along whatever was typed there."""
    writing = writing_of(request, slug, month)
    if writing.on_behalf:
        raise PermissionDenied
    if request.method == "GET":
        return _no_change_page(request, writing)
    typed = writing.words(request.POST)
    try:
        if not typed.is_empty:
            version = version_typed_on(request.POST)
            updates.save_draft(
                workstream=writing.workstream, period=writing.period, words=typed, version=version, by=request.user
            )
        updates.confirm_no_change(
            workstream=writing.workstream, period=writing.period, by=request.user, looks_worse=writing.looks_worse
        )
    except Stale as stale:
        return _written_already(request, writing, stale, typed_here=not typed.is_empty)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("update-edit", *writing.here)
    return redirect("update-sent", *writing.here)


def _written_already(request: ProgrammeRequest, writing: Writing, stale: Stale, *, typed_here: bool) -> HttpResponse:
    """There are words: what was typed here is saved or shown beside what somebody else saved, and nothing is sent."""
    draft = stale.current
    if typed_here and updates.words_of(draft) != writing.words(request.POST):
        return conflict(request, writing, draft)
    messages.error(request, "There is a draft with words in it. Send those, or empty the form to say “no change”.")
    return redirect("update-edit", *writing.here)


def _no_change_page(request: ProgrammeRequest, writing: Writing) -> HttpResponse:
    """The same question on a page of its own, for who comes back to it after signing in."""
    fields = stash.take(request)
    if fields and not writing.words(fields).is_empty:
        edit = reverse("update-edit", args=writing.here)
        stash.keep_for(request, edit, fields)
        return redirect(edit)
    if MonthlyUpdate.objects.filter(workstream=writing.workstream, period=writing.period).sent().exists():
        return redirect("update-sent", *writing.here)
    last = updates.last_months(writing.workstream, writing.period, looks_worse=writing.looks_worse)
    if writing.before is None or changes.why_not_no_change(last):
        return redirect("update-edit", *writing.here)
    context = {"workstream": writing.workstream, "period": writing.period, "before": writing.before}
    return page(request, "workstreams/update_no_change.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def recall_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """Take a sent update back, after a confirm page."""
    writing = writing_of(request, slug, month)
    workstream, period = writing.workstream, writing.period
    update = get_object_or_404(MonthlyUpdate.objects.filter(workstream=workstream, period=period).sent())
    standing = updates.standing_revision(update)
    if standing is None or not writing.may_recall(standing):
        raise PermissionDenied
    if request.method == "GET":
        return page(request, "workstreams/update_recall.html", {"workstream": workstream, "period": period})
    try:
        updates.recall(update=update, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("update", *writing.here)
    messages.success(request, "The update is back with you. Change it, then send it again.")
    return redirect("update-edit", *writing.here)

"""The monthly update: reading it, writing it, checking the answers, sending, recalling."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme import stash
from programme.clock import LONDON, today
from programme.models import Person, ReportingPeriod
from programme.pages import keeps_page_when_signed_out, page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.status import Rag
from workstreams import access, sent_updates
from workstreams.actions import updates
from workstreams.actions.updates import DraftWords
from workstreams.forms.update import OnBehalfForm, UpdateForm, version_typed_on, words_typed
from workstreams.models import MonthlyUpdate, UpdateDraft, UpdateRevision, Workstream
from workstreams.sections import Section
from workstreams.views.following import follows_merges
from workstreams.views.plan import plan_rows, unfinished
from workstreams.views.workstreams import find_workstream, open_periods

UPDATES_A_PAGE = 12


def find_period(request: ProgrammeRequest, month: str) -> ReportingPeriod:
    """The period at this address: a month written 2026-10."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(ReportingPeriod.objects.visible_to(request.user), programme=request.programme, month=first)


@dataclass(frozen=True)
class Writing:
    """One month of one workstream as its writer has it: their own, or in the name of one of `writers`."""

    workstream: Workstream
    period: ReportingPeriod
    on_behalf: bool = False
    writers: list[Person] = field(default_factory=list)

    @property
    def draft(self) -> UpdateDraft | None:
        """What has been typed so far, by anybody."""
        drafts = UpdateDraft.objects.select_related("on_behalf_of__merged_into", "saved_by__person")
        return drafts.filter(update__workstream=self.workstream, update__period=self.period).first()

    def words(self, data: Any) -> DraftWords:
        """What has been typed just now."""
        return words_typed(data, self.writers)

    def form(self) -> UpdateForm:
        """The form as the draft stands."""
        return OnBehalfForm.of(self.draft, writers=self.writers) if self.on_behalf else UpdateForm.of(self.draft)

    def checking(self, draft: UpdateDraft) -> UpdateForm:
        """The draft's words, checked."""
        return OnBehalfForm.checking(draft, writers=self.writers) if self.on_behalf else UpdateForm.checking(draft)

    def may_recall(self, revision: UpdateRevision) -> bool:
        """The office takes back only what the office typed."""
        return bool(revision.on_behalf_of_id) or not self.on_behalf


def _writing(request: ProgrammeRequest, slug: str, month: str) -> Writing:
    """The workstream and month, for those who write its update; 403 for others, 404 for months not open yet."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    roles = access.assignment_roles(request.user, workstream)
    if period.opens_on > today():
        if access.can_write_update(roles) or access.writes_on_behalf(roles, request.permissions):
            raise Http404
        raise PermissionDenied
    if access.can_write_update(roles):
        return Writing(workstream, period)
    if access.writes_on_behalf(roles, request.permissions):
        return Writing(workstream, period, on_behalf=True, writers=access.writers_of(workstream))
    raise PermissionDenied


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def update_list(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Every month's update as sent, newest first, a year to a page."""
    workstream = find_workstream(request, slug)
    sent = (
        MonthlyUpdate.objects.filter(workstream=workstream).sent().select_related("period").order_by("-period__month")
    )
    years = sorted({d.year for d in sent.values_list("period__month", flat=True)}, reverse=True)
    chosen = request.GET.get("year", "")
    year = int(chosen) if chosen.isdecimal() and int(chosen) in years else (years[0] if years else None)
    shown = sent_updates.in_full(sent.filter(period__month__year=year)) if year else []
    roles = access.assignment_roles(request.user, workstream)
    context = {
        "workstream": workstream, "tab": "updates", "updates": shown, "years": years,
        "year": year, "open_periods": open_periods(workstream) if access.can_write_update(roles) else [],
    }  # fmt: skip
    return page(request, "workstreams/updates.html", context, part="updates")


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def update_page(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """One month's update as sent, with its trail; a month without one says so."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    sent = MonthlyUpdate.objects.filter(workstream=workstream, period=period).sent()
    update = sent.select_related("period").first()
    roles = access.assignment_roles(request.user, workstream)
    told = sent_updates.in_full([update])[0] if update else None
    writes, on_behalf = access.can_write_update(roles), access.writes_on_behalf(roles, request.permissions)
    recalls = told and (writes or (on_behalf and told.revision.on_behalf_of_id))
    can_write = not update and period.opens_on <= today() and not period.closed_at
    context = {
        "workstream": workstream,
        "period": period,
        "latest": told,
        "events": update.events.select_related("by__person") if update else [],
        "can_write": can_write and writes,
        "writers": access.writers_of(workstream) if can_write and on_behalf else [],
        "can_recall": recalls and today() <= period.due_on and not period.closed_at,
        "can_move": told and not period.closed_at and Permission.CORRECT_FILING in request.permissions,
    }
    return page(request, "workstreams/update.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def edit_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """The form: one page of sections, last month beside each. Every POST keeps what was typed before anything else."""
    writing = _writing(request, slug, month)
    if request.method == "GET":
        return _edit_page(request, writing, writing.form())
    workstream, period = writing.workstream, writing.period
    try:
        draft = updates.save_draft(
            workstream=workstream, period=period, words=writing.words(request.POST),
            version=version_typed_on(request.POST), by=request.user,
        )  # fmt: skip
    except Stale as stale:
        return _conflict(request, writing, stale.current)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("update", request.programme.slug, workstream.slug, period.key)
    if "save" in request.POST:
        messages.success(request, "Your draft is saved. You can come back to it at any time before the month closes.")
        return redirect("workstream", request.programme.slug, workstream.slug)
    form = writing.checking(draft)
    if form.is_valid():
        return redirect("update-check", request.programme.slug, workstream.slug, period.key)
    return _edit_page(request, writing, form, status=422)


def _edit_page(request: ProgrammeRequest, writing: Writing, form: UpdateForm, *, status: int = 200) -> HttpResponse:
    workstream, period = writing.workstream, writing.period
    sent = MonthlyUpdate.objects.filter(workstream=workstream, period=period).sent().exists()
    if sent or period.closed_at:
        return redirect("update", request.programme.slug, workstream.slug, period.key)
    if writing.on_behalf and not writing.writers:
        messages.error(request, f"{workstream} has no lead, so there is nobody in whose name you could write.")
        return redirect("update", request.programme.slug, workstream.slug, period.key)
    before = sent_updates.latest(workstream, before=period)
    said = updates.text_of(before.revision) if before else {}
    context = {
        "workstream": workstream,
        "period": period,
        "form": form,
        "form_errors": bool(form.is_bound and form.errors),
        "before": before,
        "parts": [
            {"section": s, "field": form[s.value], "before": said.get(s.value, "").splitlines()} for s in Section
        ],
        "milestones": unfinished(plan_rows(workstream, today()))[:6],
        "draft": writing.draft,
        "writing": writing,
        "offered": _offered(request, writing),
        "days_left": (period.due_on - today()).days,
    }
    return page(request, "workstreams/update_edit.html", context, status=status)


def _offered(request: ProgrammeRequest, writing: Writing) -> DraftWords | None:
    """Words typed here before the session ended, where they are not what the draft already says."""
    fields = stash.take(request)
    return writing.words(fields) if fields else None


def _conflict(request: ProgrammeRequest, writing: Writing, theirs: UpdateDraft, *, part: str = "") -> HttpResponse:
    """Two people or two tabs: both texts side by side, and a form that saves mine over theirs now both are seen."""
    mine = writing.words(request.POST)
    context = {
        "workstream": writing.workstream,
        "period": writing.period,
        "writing": writing,
        "theirs": theirs,
        "mine": mine,
        "pairs": [(s, mine.sections[s.value], theirs.sections.get(s.value, "")) for s in Section],
        "ratings": [Rag(r).word if r else "" for r in (mine.rating, theirs.rating)],
    }
    return page(request, "workstreams/update_conflict.html", context, part=part, status=409)


@keeps_page_when_signed_out
@require_POST
@requires(Permission.READ_WORKSTREAMS)
def autosave_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """Keep the draft while it is typed. Answers with a status line and the new version, never with the form."""
    writing = _writing(request, slug, month)
    context: dict[str, object] = {"workstream": writing.workstream, "period": writing.period}
    try:
        context["draft"] = updates.save_draft(
            workstream=writing.workstream, period=writing.period, words=writing.words(request.POST),
            version=version_typed_on(request.POST), by=request.user,
        )  # fmt: skip
    except (Stale, Refused) as problem:
        context["problem"] = str(problem)
    return page(request, "workstreams/update_saved.html", context, part="status")


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def check_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """Check answers, then send."""
    writing = _writing(request, slug, month)
    draft = writing.draft
    form = writing.checking(draft) if draft else None
    here = (request.programme.slug, writing.workstream.slug, writing.period.key)
    if request.method == "GET":
        if form is None or not form.is_valid():
            return redirect("update-edit", *here)
        return _check_page(request, writing, form)
    if form is None or not form.is_valid():
        # Sent already (a double click), or emptied elsewhere: the receipt or the form says which.
        return redirect("update-sent", *here)
    try:
        _send(request, writing, form)
    except Stale:
        messages.error(request, "The draft was changed after you opened this page. Check it again before you send it.")
        return redirect("update-check", *here)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("update-edit", *here)
    return redirect("update-sent", *here)


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
    )


def _check_page(request: ProgrammeRequest, writing: Writing, form: UpdateForm) -> HttpResponse:
    workstream, period = writing.workstream, writing.period
    context = {
        "workstream": workstream,
        "period": period,
        "form": form,
        "lead": form.lead if isinstance(form, OnBehalfForm) else None,
        "source_note": form.cleaned_data.get("source_note", ""),
        "answers": [(s, form.items[s]) for s in Section],
        "rating": Rag(form.cleaned_data["rating"]),
        "reason": form.cleaned_data["reason"],
        "edit_url": reverse("update-edit", args=[request.programme.slug, workstream.slug, period.key]),
    }
    return page(request, "workstreams/update_check.html", context)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def update_sent(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """The receipt: when it was sent, who sees it, when it is used."""
    writing = _writing(request, slug, month)
    workstream, period = writing.workstream, writing.period
    update = MonthlyUpdate.objects.filter(workstream=workstream, period=period).sent().first()
    if update is None:
        return redirect("update-edit", request.programme.slug, workstream.slug, period.key)
    revision = sent_updates.in_full([update])[0].revision
    late = (revision.at.astimezone(LONDON).date() - period.due_on).days
    context = {
        "workstream": workstream,
        "period": period,
        "revision": revision,
        "late": max(0, late),
        "can_recall": today() <= period.due_on and not period.closed_at and writing.may_recall(revision),
        "others": [p for p in open_periods(workstream) if p.pk != period.pk],
    }
    return page(request, "workstreams/update_sent.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def recall_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """Take a sent update back, after a confirm page."""
    writing = _writing(request, slug, month)
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
        return redirect("update", request.programme.slug, workstream.slug, period.key)
    messages.success(request, "The update is back with you. Change it, then send it again.")
    return redirect("update-edit", request.programme.slug, workstream.slug, period.key)

"""The monthly update: reading it, writing it, checking the answers, sending, recalling."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme import stash
from programme.clock import LONDON, today
from programme.models import ReportingPeriod
from programme.pages import keeps_page_when_signed_out, page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.status import Rag
from workstreams import access, sent_updates
from workstreams.actions import updates
from workstreams.actions.updates import DraftWords
from workstreams.forms.update import UpdateForm, version_typed_on, words_typed
from workstreams.models import MonthlyUpdate, UpdateDraft, Workstream
from workstreams.sections import Section
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


def _writable(request: ProgrammeRequest, slug: str, month: str) -> tuple[Workstream, ReportingPeriod]:
    """The workstream and month, for those who write its update; 403 for others, 404 for months not open yet."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    if not access.can_write_update(access.assignment_roles(request.user, workstream)):
        raise PermissionDenied
    if period.opens_on > today():
        raise Http404
    return workstream, period


@require_GET
@requires(Permission.READ_WORKSTREAMS)
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
def update_page(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """One month's update as sent, with its trail; a month without one says so."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    update = MonthlyUpdate.objects.filter(workstream=workstream, period=period).sent().first()
    writes = access.can_write_update(access.assignment_roles(request.user, workstream))
    context = {
        "workstream": workstream,
        "period": period,
        "latest": sent_updates.in_full([update])[0] if update else None,
        "events": update.events.select_related("by__person") if update else [],
        "can_write": writes and not update and period.opens_on <= today() and not period.closed_at,
        "can_recall": writes and update is not None and today() <= period.due_on and not period.closed_at,
    }
    return page(request, "workstreams/update.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def edit_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """The form: one page of sections, last month beside each. Every POST keeps what was typed before anything else."""
    workstream, period = _writable(request, slug, month)
    if request.method == "GET":
        return _edit_page(request, workstream, period, UpdateForm.of(_draft(workstream, period)))
    try:
        draft = updates.save_draft(
            workstream=workstream, period=period, words=words_typed(request.POST),
            version=version_typed_on(request.POST), by=request.user,
        )  # fmt: skip
    except Stale as stale:
        return _conflict(request, workstream, period, stale.current)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("update", request.programme.slug, workstream.slug, period.key)
    if "save" in request.POST:
        messages.success(request, "Your draft is saved. You can come back to it at any time before the month closes.")
        return redirect("workstream", request.programme.slug, workstream.slug)
    form = UpdateForm.checking(draft)
    if form.is_valid():
        return redirect("update-check", request.programme.slug, workstream.slug, period.key)
    return _edit_page(request, workstream, period, form, status=422)


def _draft(workstream: Workstream, period: ReportingPeriod) -> UpdateDraft | None:
    return UpdateDraft.objects.filter(update__workstream=workstream, update__period=period).first()


def _edit_page(
    request: ProgrammeRequest, workstream: Workstream, period: ReportingPeriod, form: UpdateForm, *, status: int = 200
) -> HttpResponse:
    sent = MonthlyUpdate.objects.filter(workstream=workstream, period=period).sent().exists()
    if sent or period.closed_at:
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
        "draft": _draft(workstream, period),
        "offered": _offered(request),
        "days_left": (period.due_on - today()).days,
    }
    return page(request, "workstreams/update_edit.html", context, status=status)


def _offered(request: ProgrammeRequest) -> DraftWords | None:
    """Words typed here before the session ended, where they are not what the draft already says."""
    fields = stash.take(request)
    return words_typed(fields) if fields else None


def _conflict(
    request: ProgrammeRequest, workstream: Workstream, period: ReportingPeriod, theirs: UpdateDraft, *, part: str = ""
) -> HttpResponse:
    """Two people or two tabs: both texts side by side, and a form that saves mine over theirs now both are seen."""
    mine = words_typed(request.POST)
    context = {
        "workstream": workstream,
        "period": period,
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
    workstream, period = _writable(request, slug, month)
    context: dict[str, object] = {"workstream": workstream, "period": period}
    try:
        context["draft"] = updates.save_draft(
            workstream=workstream, period=period, words=words_typed(request.POST),
            version=version_typed_on(request.POST), by=request.user,
        )  # fmt: skip
    except (Stale, Refused) as problem:
        context["problem"] = str(problem)
    return page(request, "workstreams/update_saved.html", context, part="status")


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def check_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """Check answers, then send."""
    workstream, period = _writable(request, slug, month)
    draft = _draft(workstream, period)
    form = UpdateForm.checking(draft) if draft else None
    if request.method == "GET":
        if form is None or not form.is_valid():
            return redirect("update-edit", request.programme.slug, workstream.slug, period.key)
        return _check_page(request, workstream, period, form)
    if form is None or not form.is_valid():
        # Sent already (a double click), or emptied elsewhere: the receipt or the form says which.
        return redirect("update-sent", request.programme.slug, workstream.slug, period.key)
    try:
        updates.send(
            workstream=workstream, period=period, items=form.items, rating=Rag(form.cleaned_data["rating"]),
            reason=form.cleaned_data["reason"], by=request.user, version=version_typed_on(request.POST),
        )  # fmt: skip
    except Stale:
        messages.error(request, "The draft was changed after you opened this page. Check it again before you send it.")
        return redirect("update-check", request.programme.slug, workstream.slug, period.key)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("update-edit", request.programme.slug, workstream.slug, period.key)
    return redirect("update-sent", request.programme.slug, workstream.slug, period.key)


def _check_page(
    request: ProgrammeRequest, workstream: Workstream, period: ReportingPeriod, form: UpdateForm
) -> HttpResponse:
    context = {
        "workstream": workstream,
        "period": period,
        "form": form,
        "answers": [(s, form.items[s]) for s in Section],
        "rating": Rag(form.cleaned_data["rating"]),
        "reason": form.cleaned_data["reason"],
        "edit_url": reverse("update-edit", args=[request.programme.slug, workstream.slug, period.key]),
    }
    return page(request, "workstreams/update_check.html", context)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def update_sent(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """The receipt: when it was sent, who sees it, when it is used."""
    workstream, period = _writable(request, slug, month)
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
        "can_recall": today() <= period.due_on and not period.closed_at,
        "others": [p for p in open_periods(workstream) if p.pk != period.pk],
    }
    return page(request, "workstreams/update_sent.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def recall_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """Take a sent update back, after a confirm page."""
    workstream, period = _writable(request, slug, month)
    update = get_object_or_404(MonthlyUpdate.objects.filter(workstream=workstream, period=period).sent())
    if request.method == "GET":
        return page(request, "workstreams/update_recall.html", {"workstream": workstream, "period": period})
    try:
        updates.recall(update=update, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("update", request.programme.slug, workstream.slug, period.key)
    messages.success(request, "The update is back with you. Change it, then send it again.")
    return redirect("update-edit", request.programme.slug, workstream.slug, period.key)

"""Putting right what was filed wrongly: the month of an update, and workstreams that turned out to be one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme.actions import periods
from programme.clock import today
from programme.dates import month_words
from programme.models import ReportingPeriod
from programme.pages import page
from programme.periods import add_months
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.wording import counted, listed
from workstreams import sent_updates
from workstreams.actions import updates
from workstreams.actions import workstreams as work
from workstreams.forms.correction import MergeForm, MoveForm, ReasonForm
from workstreams.models import Milestone, MonthlyUpdate, Workstream, WorkstreamStatus
from workstreams.views.correcting import Facts, Words, in_two_steps
from workstreams.views.plan import plan_rows
from workstreams.views.updates.writing import find_period
from workstreams.views.workstreams import find_workstream, team_of

MONTHS_AROUND = 18  # how far from its month an imported update may be moved to a month nobody has made yet


@require_http_methods(["GET", "POST"])
@requires(Permission.CORRECT_FILING)
def move_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """Put a sent update under the month it is about, after a page that shows both months."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    sent = MonthlyUpdate.objects.filter(workstream=workstream, period=period).select_related("period").sent()
    update = get_object_or_404(sent)
    back = reverse("update", args=[request.programme.slug, workstream.slug, period.key])
    if period.closed_at:
        messages.error(request, f"{period} is closed, so what was filed under it stays as it is.")
        return redirect(back)
    months = _months_offered(update)
    form = MoveForm(request.POST if request.method == "POST" else None, months=list(months.items()))
    words = Words(
        caption=workstream.name,
        title=f"Move the {period} update to another month",
        question=f"Do you want to move the {period} update?",
        button="Move the update",
        back=back,
        points=["What was sent stays as it was sent. The move and its reason are shown with the update."],
    )

    def act(form: MoveForm) -> HttpResponse:
        to = _period_of(request, form.cleaned_data["to"])
        updates.move_month(update=update, to=to, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"The update is now filed under {to}.")
        return redirect("update", request.programme.slug, workstream.slug, to.key)

    return in_two_steps(request, words, form, lambda form: _move_facts(update, months, form), act)


def _move_facts(update: MonthlyUpdate, months: dict[str, str], form: MoveForm) -> Facts:
    shown = sent_updates.in_full([update])[0]
    first = [text for _, texts in shown.parts for text in texts][:2]
    sent = f"Sent by {shown.revision.by_name}" if shown.revision.by_name else "Sender not recorded"
    return [
        ("Update", [sent, *first]),
        ("Filed under now", [f"{update.period}, which will have no update"]),
        ("Will be filed under", [months[form.cleaned_data["to"]]]),
        ("Reason", [form.cleaned_data["reason"]]),
    ]


def _months_offered(update: MonthlyUpdate) -> dict[str, str]:
    """Months it can be moved to, newest first, by the key of their address.

    An imported update may also go to a month before the programme came here that has no period yet.
    """
    every = {period.month: period for period in update.workstream.programme.periods.all()}
    written = MonthlyUpdate.objects.filter(workstream=update.workstream).sent().values_list("period__month", flat=True)
    taken = {update.period.month, *written}
    free = {m for m, period in every.items() if period.opens_on <= today() and not period.closed_at}
    if update.period.kind == ReportingPeriod.Kind.HISTORY:
        around = {add_months(update.period.month, n) for n in range(-MONTHS_AROUND, MONTHS_AROUND + 1)}
        ordinary = [m for m, period in every.items() if period.kind == ReportingPeriod.Kind.ORDINARY]
        free |= {m for m in around if m not in every and m < min([*ordinary, today().replace(day=1)])}
    return {f"{month:%Y-%m}": month_words(month) for month in sorted(free - taken, reverse=True)}


def _period_of(request: ProgrammeRequest, key: str) -> ReportingPeriod:
    """The period of an offered month; a past month that was never reported on gets one as history."""
    found = request.programme.periods.filter(month=f"{key}-01").first()
    if found:
        return found
    year, month = map(int, key.split("-"))
    first = today().replace(year=year, month=month, day=1)
    return periods.history_period(programme=request.programme, month=first, batch=None, by=request.user)[0]


@require_http_methods(["GET", "POST"])
@requires(Permission.CORRECT_FILING)
def merge_workstream(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Say that this workstream is the same as another, after a page that shows both."""
    workstream = find_workstream(request, slug)
    among = request.programme.workstreams.filter(merged_into=None).exclude(pk=workstream.pk)
    data = request.POST if request.method == "POST" else None
    form = MergeForm(data, among=among, label="Which workstream stays?")
    words = Words(
        caption=request.programme.name,
        title=f"Merge {workstream} into another workstream",
        question=f"Do you want to merge {workstream}?",
        button="Merge",
        back=reverse("workstream", args=[request.programme.slug, workstream.slug]),
        points=[
            "Use this where one piece of work was entered twice. Nothing is rewritten, and you can undo it.",
            f"{workstream} leaves the lists and the dashboard and takes no new updates.",
            "What it has can be read from the other’s pages. Its team becomes part of the other’s team.",
        ],
    )

    def act(form: MergeForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        stands = work.merge(duplicate=workstream, into=form.survivor, by=request.user, reason=reason)
        messages.success(request, f"{workstream} has been merged into {stands}.")
        return redirect("workstream", request.programme.slug, stands.slug)

    return in_two_steps(request, words, form, lambda form: _merge_facts(workstream, form), act)


def _merge_facts(workstream: Workstream, form: MergeForm) -> Facts:
    stays = form.survivor
    return [
        ("Will be merged", [workstream.name, *_has(workstream)]),
        ("Stays", [stays.name, *_has(stays)]),
        ("Reason", [form.cleaned_data["reason"]]),
    ]


def _has(workstream: Workstream) -> list[str]:
    """A workstream's team and what it has, in words."""
    names = list(dict.fromkeys(each.who.name for each in team_of(workstream)))
    sent = MonthlyUpdate.objects.filter(workstream=workstream).sent().count()
    planned = Milestone.objects.filter(workstream=workstream).count()
    return [
        f"Team: {listed(names)}" if names else "Nobody is named",
        f"{counted(sent, 'update')} sent, {counted(planned, 'milestone')}",
    ]


def find_merged(request: ProgrammeRequest, slug: str) -> Workstream:
    """A workstream that was merged into another, or 404."""
    seen = Workstream.objects.visible_to(request.user).filter(programme=request.programme)
    return get_object_or_404(seen.exclude(merged_into=None).select_related("merged_into"), slug=slug)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def merged_workstream(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """What a workstream had that was merged into another: its updates, its milestones, its people, its past."""
    workstream = find_merged(request, slug)
    sent = MonthlyUpdate.objects.filter(workstream=workstream).sent()
    statuses = list(workstream.statuses.select_related("by__person"))
    merged = [status for status in statuses if status.status == WorkstreamStatus.Status.MERGED]
    context = {
        "workstream": workstream,
        "updates": sent_updates.in_full(sent.select_related("period").order_by("-period__month")),
        "rows": plan_rows(workstream, today()),
        "team": workstream.assignments.with_people(),
        "statuses": statuses,
        "merged": merged[-1] if merged else None,
        "can_undo": Permission.CORRECT_FILING in request.permissions,
    }
    return page(request, "workstreams/merged.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.CORRECT_FILING)
def unmerge_workstream(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Undo a merge."""
    workstream = find_merged(request, slug)
    stands = workstream.survivor
    words = Words(
        caption=request.programme.name,
        title=f"Undo the merging of {workstream} into {stands}",
        question=f"Do you want {workstream} to stand by itself again?",
        button="Undo the merge",
        back=reverse("workstream-merged", args=[request.programme.slug, workstream.slug]),
        points=[f"It comes back with everything it had. What was added to {stands} since stays there."],
    )

    def act(form: ReasonForm) -> HttpResponse:
        work.unmerge(workstream=workstream, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"{workstream} stands by itself again.")
        return redirect("workstream", request.programme.slug, workstream.slug)

    form = ReasonForm(request.POST if request.method == "POST" else None)
    return in_two_steps(
        request,
        words,
        form,
        lambda form: [("Will stand again", [workstream.name]), ("Reason", [form.cleaned_data["reason"]])],
        act,
    )

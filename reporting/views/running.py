"""Running the month: chase, return, acknowledge, close, open again, freeze, after pages that say what they do."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from programme.actions import periods
from programme.clock import today
from programme.models import ReportingPeriod
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused
from programme.roles import Permission
from programme.wording import counted, listed
from reporting import actions, office
from reporting.forms.month import CloseForm, ReopenForm, ReturnForm
from workstreams import sent_updates
from workstreams.actions import office as saying
from workstreams.actions import reminding
from workstreams.models import MonthlyUpdate
from workstreams.views.correcting import Facts, Words, in_two_steps
from workstreams.views.updates.writing import find_period
from workstreams.views.workstreams import find_workstream

CHASE_SAYS = (
    "Each person gets one email with the programme, the month and a link to the form. "
    "It says that you asked for it, and nothing of what was written."
)
RETURN_SAYS = (
    "Its words go back into the lead's form, and the lead is told by email. The update as first sent stays on record."
)


def _back(request: ProgrammeRequest, period: ReportingPeriod) -> str:
    return f"{reverse('updates-due', args=[request.programme.slug])}?month={period.key}"


def _confirm(
    request: ProgrammeRequest, words: Words, facts: Facts, act: Callable[[], str], *, possible: bool = True
) -> HttpResponse:
    """A page that says what will happen, then the act and what it says afterwards."""
    if request.method == "GET":
        return page(request, "reporting/confirm.html", {"words": words, "facts": facts, "possible": possible})
    try:
        messages.success(request, act())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(words.back)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MONTH)
def chase_updates(request: ProgrammeRequest, month: str) -> HttpResponse:
    """Ask for the updates that are not in, or for one of them, after a page that lists who gets an e-mail."""
    period = find_period(request, month)
    only = request.GET.get("only", "")
    found = reminding.chases(period=period, day=today(), only=only)
    possible = any(each.readers for each in found) and not period.closed_at
    words = Words(
        caption=request.programme.name,
        title=f"Chase the {period} updates",
        question=_chase_question(period, found, possible=possible),
        button="Send",
        back=_back(request, period),
        points=[CHASE_SAYS],
    )

    def act() -> str:
        chased = reminding.chase(period=period, by=request.user, only=only)
        said = [f"{listed(chased.people)} will get an email."] if chased.people else ["Nobody new was written to."]
        if chased.unreached:
            said.append(f"Nobody could be written to for {listed(chased.unreached)}.")
        return " ".join(said)

    return _confirm(request, words, _chase_facts(found), act, possible=possible)


def _chase_question(period: ReportingPeriod, found: Sequence[reminding.Chase], *, possible: bool) -> str:
    if period.closed_at:
        return f"{period} is closed, so there is nothing to chase"
    if not found:
        return f"There is nothing to chase for {period}"
    if not possible:
        return f"Nobody can be chased for {period} today"
    people = {user.pk for each in found for user, _ in each.readers}
    return f"Do you want to chase {counted(len(people), 'person', 'people')} for {period}?"


def _chase_facts(found: Sequence[reminding.Chase]) -> Facts:
    facts = []
    for each in found:
        lines = [", ".join(each.names)] if each.names else []
        if each.is_chased_today:
            lines.append("Chased today already")
        if each.without_account:
            lines.append(f"{listed(each.without_account)}: no account, so no email")
        if each.without_account and not each.readers and not each.is_chased_today:
            lines.append("Nobody else of its team can be written to. You can enter the update for them")
        facts.append((each.workstream.name, lines or ["Nobody leads it, so nobody is written to"]))
    return facts


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MONTH)
def return_update(request: ProgrammeRequest, month: str, slug: str) -> HttpResponse:
    """Give an update back to its lead, with a reason."""
    update = _sent(request, month, slug)
    words = Words(
        caption=update.workstream.name,
        title=f"Return the {update.period} update",
        question=f"Do you want to return the {update.period} update?",
        button="Return the update",
        back=_back(request, update.period),
        points=[f"{RETURN_SAYS} Until it is sent again, {update.period} counts as not reported."],
    )

    def act(form: ReturnForm) -> HttpResponse:
        saying.return_update(update=update, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"The {update.period} update of {update.workstream} is back with its lead.")
        return redirect(words.back)

    shown = sent_updates.in_full([update])[0]
    form = ReturnForm(request.POST if request.method == "POST" else None)
    return in_two_steps(
        request,
        words,
        form,
        lambda form: [
            ("Update", [f"Sent by {shown.revision.by_name}" if shown.revision.by_name else "Sender not recorded"]),
            ("What has to be changed", [form.cleaned_data["reason"]]),
        ],
        act,
    )


def _sent(request: ProgrammeRequest, month: str, slug: str) -> MonthlyUpdate:
    """The update at this address, where it stands as sent."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    sent = MonthlyUpdate.objects.filter(workstream=workstream, period=period).select_related("period", "workstream")
    return get_object_or_404(sent.sent())


@require_POST
@requires(Permission.RUN_MONTH)
def acknowledge_update(request: ProgrammeRequest, month: str, slug: str) -> HttpResponse:
    """Say that the office has read an update."""
    update = _sent(request, month, slug)
    try:
        saying.acknowledge(update=update, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The {update.period} update of {update.workstream} is acknowledged.")
    return redirect(_back(request, update.period))


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MONTH)
def close_month(request: ProgrammeRequest, month: str) -> HttpResponse:
    """End posting for a month, after a page that lists who is late and asks what was decided about them."""
    period = find_period(request, month)
    if period.closed_at:
        messages.error(request, f"{period} is already closed.")
        return redirect(_back(request, period))
    missing = office.month_of(period, today(), request.user).missing
    words = Words(
        caption=request.programme.name,
        title=f"Close {period}",
        question=f"Do you want to close {period}?",
        button=f"Close {period}",
        back=_back(request, period),
        points=[_who_is_missing(period, missing), "You can open the month again until you freeze it."],
    )

    def act(form: CloseForm) -> HttpResponse:
        periods.close(period=period, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, f"{period} is closed. Leads can only correct what they have sent.")
        return redirect(words.back)

    form = CloseForm(request.POST if request.method == "POST" else None, some_missing=bool(missing))
    return in_two_steps(
        request,
        words,
        form,
        lambda form: [
            ("Not in", [f"{row.line.name}: {row.words}" for row in missing] or ["Every update is in"]),
            ("Decided", [form.cleaned_data["note"] or "Nothing to note"]),
        ],
        act,
    )


def _who_is_missing(period: ReportingPeriod, missing: Sequence[office.Row]) -> str:
    if not missing:
        return f"Every update for {period} is in."
    names = listed([f"{row.line.name} ({row.words})" for row in missing])
    return f"{counted(len(missing), 'update is', 'updates are')} not in: {names}. They will count as not reported."


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MONTH)
def reopen_month(request: ProgrammeRequest, month: str) -> HttpResponse:
    """Let people post for a closed month again. Not once it is frozen."""
    period = find_period(request, month)
    if not period.closed_at or period.frozen_at:
        stands = "frozen, so it stays as it is" if period.frozen_at else "not closed"
        messages.error(request, f"{period} is {stands}.")
        return redirect(_back(request, period))
    words = Words(
        caption=request.programme.name,
        title=f"Open {period} again",
        question=f"Do you want to open {period} again?",
        button=f"Open {period} again",
        back=_back(request, period),
        points=["Leads can send and recall updates again until you close it. What was decided stays on record."],
    )

    def act(form: ReopenForm) -> HttpResponse:
        periods.reopen(period=period, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"{period} is open again.")
        return redirect(words.back)

    form = ReopenForm(request.POST if request.method == "POST" else None)
    return in_two_steps(request, words, form, lambda form: [("Why", [form.cleaned_data["reason"]])], act)


def _freeze_question(period: ReportingPeriod) -> str:
    if period.frozen_at:
        return f"{period} is frozen already"
    return f"Do you want to freeze {period}?" if period.closed_at else f"Close {period} before you freeze it"


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MONTH)
def freeze_month(request: ProgrammeRequest, month: str) -> HttpResponse:
    """Make a closed month unchangeable, after a page that says so."""
    period = find_period(request, month)
    words = Words(
        caption=request.programme.name,
        title=f"Freeze {period}",
        question=_freeze_question(period),
        button=f"Freeze {period}",
        back=_back(request, period),
        points=[
            "A frozen month cannot be changed by anyone, and this cannot be undone. How it stands is kept for good.",
            "A lead can still add a correction with a reason. It shows in the next report.",
        ],
    )
    seen = office.month_of(period, today(), request.user)
    facts = [
        ("Updates", [seen.sentence]),
        ("Decided when it was closed", [period.close_note or "Nothing was noted"]),
    ]

    def act() -> str:
        actions.freeze_month(period=period, by=request.user)
        return f"{period} is frozen."

    return _confirm(request, words, facts, act, possible=bool(period.closed_at and not period.frozen_at))

"""Who takes part: added, changed, given a new link, taken off; and written for, when they are in the room."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme import tables
from programme.models import Mail
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.wording import counted
from thrive.maturity import read, sheets
from thrive.maturity.actions import reviews as actions
from thrive.maturity.actions import scoring
from thrive.maturity.forms.review import ParticipantForm, SheetForm, VersionForm
from thrive.maturity.forms.scoring import ScoreForm
from thrive.maturity.models import Domain, Participant, Review, Score
from thrive.maturity.scoring import State
from thrive.maturity.views.seeing import find_domain, find_participant, frame, own_review

SHOWN_ONCE = "maturity_link"  # the session's key: a link just made, for the one page that shows it


def _domains(review: Review) -> list[Domain]:
    return list(Domain.objects.filter(framework=review.framework_id))


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def add_participant(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Add somebody. Their link is shown once, on the page that follows."""
    review = own_review(request, pk)
    domains = _domains(review)
    start = {"version": 0, "way": "email"}
    form = ParticipantForm(request.POST if request.method == "POST" else None, initial=start, domains=domains)
    if form.is_bound and form.is_valid():
        try:
            made, token = actions.add_participant(review=review, part=form.part, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            _remember(request, made, token)
            messages.success(request, f"{made} takes part.{_about_letter(made)}")
            return redirect("maturity-participant", request.programme.slug, review.pk, made.pk)
    wrong = form.is_bound and bool(form.errors)
    context = frame(request, review, form=form, form_errors=wrong)
    return page(request, "maturity/participant_add.html", context, status=422 if wrong else 200)


def _about_letter(who: Participant) -> str:
    if not who.email:
        return ""
    return f" Their link is on its way to {who.email}." if who.mail else " Their link is emailed when scoring opens."


def _remember(request: ProgrammeRequest, who: Participant, token: str) -> None:
    if token:
        request.session[SHOWN_ONCE] = [who.pk, token]


def _link_once(request: ProgrammeRequest, who: Participant) -> str:
    """The link that was just made, which leaves the session as it is shown."""
    held = request.session.get(SHOWN_ONCE)
    if not held or held[0] != who.pk:
        return ""
    del request.session[SHOWN_ONCE]
    return settings.PUBLIC_URL + reverse("maturity-link", args=[held[1]])


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def show_participant(request: ProgrammeRequest, pk: int, who: int) -> HttpResponse:
    """Somebody who takes part: how far they are, their link once, and what is said of them."""
    found = find_participant(request, pk, who)
    domains = _domains(found.review)
    if request.method == "GET":
        return _participant_page(request, found, ParticipantForm.of(found, domains))
    form = ParticipantForm(request.POST, domains=domains, changing=True)
    if not form.is_valid():
        return _participant_page(request, found, form, status=422)
    version = form.cleaned_data["version"]
    try:
        actions.change_participant(participant=found, part=form.part, version=version, by=request.user)
    except Stale as stale:
        data = request.POST.copy()
        data["version"] = str(stale.current.version)
        form = ParticipantForm(data, domains=domains, changing=True)
        return _participant_page(request, found, form, theirs=stale.current, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _participant_page(request, found, form, status=422)
    messages.success(request, f"{form.cleaned_data['name']} has been changed.")
    return redirect("maturity-review", request.programme.slug, pk)


def _participant_page(
    request: ProgrammeRequest,
    who: Participant,
    form: ParticipantForm,
    *,
    theirs: Participant | None = None,
    status: int = 200,
) -> HttpResponse:
    picture = read.picture(who.review)
    line = next((part for part in picture.parts if part.participant.pk == who.pk), None)
    context = frame(
        request,
        who.review,
        who=who,
        line=line,
        form=form,
        theirs=theirs,
        link=_link_once(request, who),
        letter=_letter(who),
        can_email=who.is_emailed and who.review.stands in {State.SCORING, State.WORKSHOP, State.AGREED},
        domains=[d for d in picture.tool.domains if d.code in who.domains],
        can_enter=who.in_room and who.withdrawn_at is None and who.review.stands is State.SCORING,
        can_leave=who.review.stands in {State.DRAFT, State.SCORING} and who.withdrawn_at is None,
        form_errors=form.is_bound and bool(form.errors),
    )
    return page(request, "maturity/participant.html", context, status=status)


def _letter(who: Participant) -> dict[str, Any] | None:
    """The last e-mail with their link, and what the mail server said to it."""
    if who.mail is None:
        return None
    last = who.mail.attempts.last()
    ended_badly = who.mail.state in {Mail.State.REFUSED, Mail.State.UNSURE, Mail.State.GIVEN_UP}
    return {"mail": who.mail, "answer": last.words if last else "", "failed": ended_badly}


@require_POST
@requires(Permission.RUN_MATURITY)
def renew_link(request: ProgrammeRequest, pk: int, who: int) -> HttpResponse:
    """Make a new link; the old one stops working."""
    found = find_participant(request, pk, who)
    return _pressed(request, found, actions.renew_link, "There is a new link. The old one no longer works.")


@require_POST
@requires(Permission.RUN_MATURITY)
def email_link(request: ProgrammeRequest, pk: int, who: int) -> HttpResponse:
    """Send a new link by e-mail; the old one stops working."""
    found = find_participant(request, pk, who)
    return _pressed(request, found, actions.email_link, f"A new link is on its way to {found.email}.")


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def withdraw(request: ProgrammeRequest, pk: int, who: int) -> HttpResponse:
    """Take somebody off, after a question."""
    found = find_participant(request, pk, who)
    if request.method == "POST":
        return _pressed(request, found, actions.withdraw, f"{found} takes part no longer.")
    form = VersionForm(initial={"version": found.version})
    return page(request, "maturity/participant_off.html", frame(request, found.review, who=found, form=form))


def _pressed(request: ProgrammeRequest, who: Participant, action: Any, said: str) -> HttpResponse:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        done = action(participant=who, version=form.cleaned_data["version"], by=request.user)
    except (Stale, Refused) as reason:
        messages.error(request, str(reason))
    else:
        if isinstance(done, tuple):
            _remember(request, *done)
        messages.success(request, said)
    return redirect("maturity-participant", request.programme.slug, who.review_id, who.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def enter_scores(request: ProgrammeRequest, pk: int, who: int, code: str) -> HttpResponse:
    """Write for somebody in the room. What people typed alone is never opened here."""
    found = find_participant(request, pk, who)
    if not found.in_room or code not in found.domains:
        raise Http404
    domain = find_domain(found.review, code)
    tool = read.tool_of(found.review.framework)
    about: dict[str, Any] = {"elements": tool.of(domain), "levels": tool.levels}
    if request.method == "GET":
        scores = Score.objects.filter(participant=found, element__domain=domain).last_words()
        initial = ScoreForm.initial_of(scores.select_related("element", "level"))
        form = ScoreForm(initial=initial, **about)
    else:
        form = ScoreForm(request.POST, **about)
        if form.is_valid():
            try:
                scoring.score(participant=found, answers=form.answers, by=request.user)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, f"{domain} is saved for {found}.")
                return redirect("maturity-participant", request.programme.slug, pk, who)
    wrong = form.is_bound and bool(form.errors)
    context = frame(request, found.review, who=found, domain=domain, tool=tool, form=form, form_errors=wrong)
    return page(request, "maturity/enter.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def enter_sheet(request: ProgrammeRequest, pk: int, who: int) -> HttpResponse:
    """Everything somebody in the room is asked, as one sheet to fill in and bring back."""
    found = find_participant(request, pk, who)
    if not found.in_room:
        raise Http404
    bound = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if bound else SheetForm()
    if bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            answers = sheets.scores_in(file.read(), file.name, found)
            made = scoring.score(participant=found, answers=answers, by=request.user)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"{counted(made, 'answer')} of {found} came in new or changed.")
            return redirect("maturity-participant", request.programme.slug, pk, who)
    context = frame(request, found.review, who=found, form=form, form_errors=bound and bool(form.errors))
    return page(request, "maturity/enter_sheet.html", context, status=422 if bound else 200)


@require_GET
@requires(Permission.RUN_MATURITY)
def download_sheet(request: ProgrammeRequest, pk: int, who: int) -> HttpResponse:
    """The sheet to fill in."""
    found = find_participant(request, pk, who)
    if not found.in_room:
        raise Http404
    answer = HttpResponse(sheets.scores_out(found), content_type=tables.XLSX)
    answer["Content-Disposition"] = f'attachment; filename="scores-{found.pk}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer

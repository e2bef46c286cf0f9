"""Meetings of a group: writing one down, and its page with what was decided and what is to be done."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.dates import day_words
from programme.models import Person
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.wording import listed
from workstreams import access
from workstreams.actions import meetings as actions
from workstreams.forms.group import MinutesForm
from workstreams.models import Attendance, Group, Meeting
from workstreams.views.groups import find_group, kept_group
from workstreams.views.registers import Facts, posted_again

State = Attendance.State


def _invited(group: Group, meeting: Meeting | None = None) -> list[Person]:
    """Whose attendance is asked for: members on the day, and whoever has been written down already."""
    day = meeting.on if meeting else today()
    members = group.members.in_force(day).exclude(person=None).with_people()
    found = {member.who.pk: member.who for member in members if member.who}
    if meeting:
        found |= {each.person_id: each.person for each in meeting.attendance.all()}
    return sorted(found.values(), key=lambda person: person.name)


def _find(request: ProgrammeRequest, group: Group, pk: int) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).filter(group=group).select_related("group__programme")
    return get_object_or_404(rows.prefetch_related("attendance__person__merged_into"), pk=pk)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def meeting_page(request: ProgrammeRequest, pk: int, meeting: int) -> HttpResponse:
    """Who came, what was noted, decided and agreed to be done."""
    group = find_group(request, pk)
    found = _find(request, group, meeting)
    context = {
        "group": group,
        "meeting": found,
        "attended": attendance_words(found),
        "decisions": found.decisions.select_related("superseded_by"),
        "actions": found.actions.select_related("owner__merged_into"),
        "today": today(),
        "keeps": access.keeps_group(request.user, group, request.permissions),
    }
    return page(request, "workstreams/meeting.html", context)


def attendance_words(meeting: Meeting) -> list[tuple[str, str]]:
    """Who came and who sent apologies, each in words; empty texts where nobody did."""
    rows = list(meeting.attendance.all())
    came = [each.who.name for each in rows if each.state == State.CAME]
    away = [each.who.name for each in rows if each.state == State.APOLOGIES]
    came += [meeting.others] if meeting.others else []
    return [("Came", listed(came)), ("Sent apologies", listed(away))]


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def add_meeting(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Write a meeting down, with its decisions and actions, in one form."""
    group = kept_group(request, pk)
    people = _invited(group)
    if request.method == "GET":
        start = MinutesForm(group=group, people=people, initial={"version": 0, "on": today()})
        return _form_page(request, group, start)
    form = MinutesForm(request.POST, group=group, people=people)
    if not form.is_valid():
        return _form_page(request, group, form)
    try:
        made = actions.hold(group=group, minutes=form.minutes, by=request.user)
    except Refused as refused:
        form.add_error("on", str(refused))
        return _form_page(request, group, form)
    messages.success(request, "The meeting has been written down.")
    return redirect("meeting", request.programme.slug, group.pk, made.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def change_meeting(request: ProgrammeRequest, pk: int, meeting: int) -> HttpResponse:
    """Change the minutes, or minute more. A save that is out of date shows both texts."""
    group = kept_group(request, pk)
    found = _find(request, group, meeting)
    people = _invited(group, found)
    if request.method == "GET":
        return _form_page(request, group, MinutesForm.of(found, people), meeting=found)
    form = MinutesForm(request.POST, group=group, people=people)
    if not form.is_valid():
        return _form_page(request, group, form, meeting=found)
    try:
        actions.change(meeting=found, minutes=form.minutes, version=form.cleaned_data["version"], by=request.user)
    except Stale as stale:
        again = MinutesForm(posted_again(request, stale.current.version), group=group, people=people)
        return _form_page(request, group, again, meeting=found, theirs=facts_of(stale.current))
    except Refused as refused:
        form.add_error("on", str(refused))
        return _form_page(request, group, form, meeting=found)
    messages.success(request, "The minutes have been saved.")
    return redirect("meeting", request.programme.slug, group.pk, found.pk)


def facts_of(meeting: Meeting) -> Facts:
    """A meeting as it is stored, in words: what somebody else saved in the meantime."""
    attended = [(label, words or "Nobody written down") for label, words in attendance_words(meeting)]
    decided = [("Decision", str(each)) for each in meeting.decisions.all()]
    to_do = [("Action", str(each)) for each in meeting.actions.all()]
    return [("Day", day_words(meeting.on)), *attended, ("Notes", meeting.notes or "None"), *decided, *to_do]


def _form_page(
    request: ProgrammeRequest,
    group: Group,
    form: MinutesForm,
    *,
    meeting: Meeting | None = None,
    theirs: Facts | None = None,
) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    context: dict[str, Any] = {
        "group": group,
        "meeting": meeting,
        "form": form,
        "form_errors": wrong,
        "theirs": theirs,
    }
    return page(request, "workstreams/minutes_form.html", context, status=409 if theirs else 422 if wrong else 200)

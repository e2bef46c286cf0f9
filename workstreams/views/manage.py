"""The keepers' home, and the last questions of setting a programme up."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme.actions import setting_up
from programme.clock import today
from programme.models import Invitation, Membership, Programme
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission, Role
from programme.views.asking import ask
from programme.views.setup import END, STEP_PAGE, STEPS, go_on, step_words
from programme.wording import counted
from workstreams.actions import teams
from workstreams.forms.manage import FirstPeopleForm, NamesForm
from workstreams.models import Assignment, Workstream
from workstreams.views.manage_people import add_and_invite, post_letter, standings
from workstreams.views.manage_workstreams import add_running
from workstreams.views.people import people_of


@dataclass(frozen=True)
class Counts:
    """What a programme has, in a fixed number of queries."""

    places: int
    partners: int
    people: int
    waiting: int
    workstreams: int
    running: int
    without_lead: list[Workstream]
    roles: frozenset[str]


def counts_of(programme: Programme) -> Counts:
    """How far the programme is."""
    day = today()
    own = programme.workstreams.filter(merged_into=None)
    running = Workstream.objects.filter(programme=programme).reporting_on(day)
    led = Assignment.objects.in_force(day).leads().filter(workstream__programme=programme)
    held = Membership.objects.in_force(day).filter(programme=programme, user__is_active=True)
    standing = {pk for pair in led.values_list("workstream", "workstream__merged_into") for pk in pair}
    rows = list(running)
    return Counts(
        places=programme.places.count(),
        partners=programme.partners.count(),
        people=people_of(programme).count(),
        waiting=Invitation.objects.filter(programme=programme).waiting().count(),
        workstreams=own.count(),
        running=len(rows),
        without_lead=[each for each in rows if each.pk not in standing],
        roles=frozenset(held.values_list("role", flat=True)),
    )


def _said(programme: Programme, counts: Counts) -> dict[str, str]:
    """What each question has been answered with, in words; empty where it has not been."""
    answers = {
        "name": programme.name,
        "places": counted(counts.places, "place") if counts.places else "",
        "partners": counted(counts.partners, "organisation") if counts.partners else "",
        "months": f"Due on working day {programme.due_working_day}",
        "workstreams": counted(counts.workstreams, "workstream") if counts.workstreams else "",
        "people": counted(counts.people, "person", "people") if counts.people > 1 else "",
    }
    if programme.setting_up and "months" not in programme.setup_answered:
        answers["months"] = ""
    return {key: words or ("None for now" if key in programme.setup_answered else "") for key, words in answers.items()}


def thresholds_address(programme: Programme) -> str:
    """Where the thresholds of the ratings are changed, once that page is there."""
    try:
        return reverse("thresholds", args=[programme.slug])
    except NoReverseMatch:
        return ""


@require_GET
@requires(Permission.MANAGE_PROGRAMME)
def manage(request: ProgrammeRequest) -> HttpResponse:
    """Everything a keeper can set up, with what is missing first."""
    programme = request.programme
    counts = counts_of(programme)
    said = _said(programme, counts)
    steps = [(step, said[step.key]) for step in STEPS]
    waiting = next((step for step, words in steps if not words), None)
    context = {
        "counts": counts,
        "steps": steps,
        "next_url": waiting.url if waiting else END,
        "todo": to_do(counts),
        "thresholds": thresholds_address(programme),
        "can_create": Permission.CREATE_PROGRAMMES in request.permissions,
        "can_import": Permission.IMPORT in request.permissions,
    }
    return page(request, "workstreams/manage/home.html", context)


def to_do(counts: Counts) -> list[str]:
    """What is missing before a month can be reported, in sentences."""
    missing = []
    if not counts.workstreams:
        missing.append("Add the first workstream.")
    elif not counts.running:
        missing.append("Say that a workstream is running: only current and closing ones owe updates.")
    missing += [f"Name a lead for {each.name}." for each in counts.without_lead]
    if Role.OFFICE not in counts.roles:
        missing.append("Give somebody the role Programme office: they run the month and build the board report.")
    if Role.APPROVER not in counts.roles:
        missing.append("Give somebody else the role Report approver: nobody approves a report they created.")
    return missing


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_WORKSTREAMS)
def workstreams_step(request: ProgrammeRequest) -> HttpResponse:
    """The first workstreams, by name. Each is running from today."""
    programme = request.programme
    known = list(programme.workstreams.filter(merged_into=None).values_list("name", flat=True))

    def act(form: Any) -> HttpResponse:
        had = {name.lower() for name in known}
        new = [name for name in form.cleaned_data["names"] if name.lower() not in had]
        with transaction.atomic():
            for name in new:
                add_running(programme=programme, name=name, by=request.user, running=True)
        return go_on(request, "workstreams")

    words = step_words(
        programme,
        "workstreams",
        "What are the first workstreams?",
        points=["Each runs from today on and owes a monthly update."],
        facts=[("There already", known)] if known else (),
    )
    return ask(request, words, NamesForm, act, template=STEP_PAGE)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def people_step(request: ProgrammeRequest) -> HttpResponse:
    """The first people, one at a time; 'That is everybody' goes on."""
    programme = request.programme
    if request.method == "POST" and "enough" in request.POST:
        return go_on(request, "people")

    def make(data: QueryDict | None) -> FirstPeopleForm:
        own = programme.workstreams.filter(merged_into=None)
        return FirstPeopleForm(
            data,
            workstreams=own,
            administrator=Permission.MANAGE_ACCOUNTS in request.permissions,
            among=people_of(programme).select_related("organisation") if data else [],
        )

    def act(form: Any) -> HttpResponse:
        answers = form.cleaned_data
        with transaction.atomic():
            person, letter = add_and_invite(
                programme=programme,
                name=answers["name"],
                organisation=None,
                email=answers["email"],
                role=form.chosen_role,
                by=request.user,
            )
            if answers["leads"]:
                lead = Assignment.Role.LEAD
                teams.appoint(workstream=answers["leads"], person=person, role=lead, since=today(), by=request.user)
        messages.success(request, f"{person} has been added.")
        if letter:
            post_letter(request, *letter)
        return redirect("setup-people", programme.slug)

    words = step_words(
        programme, "people", "Who are the first people?", button="Add this person", extra={"rows": standings(programme)}
    )
    return ask(request, words, make, act, template="workstreams/manage/first_people.html")


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def ready(request: ProgrammeRequest) -> HttpResponse:
    """What is ready and what to do next. Finishing only closes the journey; everything stays changeable."""
    programme = request.programme
    if request.method == "POST":
        setting_up.finish(programme=programme, by=request.user)
        messages.success(request, f"{programme} is set up.")
        return redirect("manage", programme.slug)
    counts = counts_of(programme)
    said = _said(programme, counts)
    due = programme.periods.ordinary().filter(closed_at=None, due_on__gte=today()).order_by("month").first()
    context = {
        "steps": [(step, said[step.key]) for step in STEPS],
        "todo": to_do(counts),
        "counts": counts,
        "first_due": due,
        "thresholds": thresholds_address(programme),
    }
    return page(request, "workstreams/manage/ready.html", context)

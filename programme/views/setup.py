"""The guided journey from nothing to a programme with its first months. Every answer is saved by itself.

The same pages change the answers later; then they lead back to Manage instead of on to the next question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from programme.actions import organisations, setting_up
from programme.actions.periods import rule_of
from programme.clock import today
from programme.manage_forms import NewProgrammeForm, PartnersForm, PlacesForm, ProgrammeNameForm, RuleForm
from programme.models import Organisation, Place, Programme
from programme.pages import page
from programme.periods import PeriodDays, PeriodRule, add_months, month_to_report, period_days
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.views.asking import Facts, Words, ask

MONTHS_SHOWN = 3


@dataclass(frozen=True)
class Step:
    """One question of the journey."""

    key: str
    words: str
    url: str


STEPS = (
    Step("name", "Name and purpose", "setup-name"),
    Step("places", "Places", "setup-places"),
    Step("partners", "Partners", "setup-partners"),
    Step("months", "When updates are due", "setup-months"),
    Step("workstreams", "First workstreams", "setup-workstreams"),
    Step("people", "First people", "setup-people"),
)
END = "setup-ready"


def step_words(programme: Programme, key: str, title: str, *, button: str = "", **words: Any) -> Words:
    """The words around a question: where it stands in the journey, and the way back."""
    number = next(n for n, step in enumerate(STEPS) if step.key == key)
    before = STEPS[number - 1].url if programme.setting_up and number else "manage"
    back_text = STEPS[number - 1].words if programme.setting_up and number else "Manage"
    return Words(
        caption=programme.name,
        title=title,
        button=button or ("Save and continue" if programme.setting_up else "Save"),
        back=reverse(before, args=[programme.slug]),
        back_text=back_text,
        progress=f"Setting up: question {number + 1} of {len(STEPS)}" if programme.setting_up else "",
        **words,
    )


def go_on(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Remember the answer and go to the next question, or back to Manage."""
    programme = request.programme
    if not programme.setting_up:
        messages.success(request, "Saved.")
        return redirect("manage", programme.slug)
    setting_up.answered(programme=programme, step=key, by=request.user)
    urls = [step.url for step in STEPS] + [END]
    number = next(n for n, step in enumerate(STEPS) if step.key == key)
    return redirect(urls[number + 1], programme.slug)


STEP_PAGE = "programme/manage/step.html"


@require_http_methods(["GET", "POST"])
@requires(Permission.CREATE_PROGRAMMES)
def new_programme(request: ProgrammeRequest) -> HttpResponse:
    """Create a programme. Everything else is asked afterwards and can wait."""
    words = Words(
        caption="New programme",
        title="Create a programme",
        button="Create and continue",
        back=reverse("manage", args=[request.programme.slug]),
        back_text="Manage",
        points=[
            (
                f"There are {len(STEPS)} short questions. Each answer is saved when you continue, so you can stop"
                " at any time and go on later. You become the programme’s administrator."
            )
        ],
        free_text=True,
    )

    def act(form: Any) -> HttpResponse:
        made = setting_up.begin(by=request.user, today=today(), **form.cleaned_data)
        setting_up.answered(programme=made, step="name", by=request.user)
        return redirect(STEPS[1].url, made.slug)

    return ask(request, words, NewProgrammeForm, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def name_step(request: ProgrammeRequest) -> HttpResponse:
    """Change the programme's name and mandate."""
    programme = request.programme
    initial = {"version": programme.version, "name": programme.name, "mandate": programme.mandate}

    def make(data: QueryDict | None) -> Any:
        return ProgrammeNameForm(data, initial=initial)

    def act(form: Any) -> HttpResponse:
        setting_up.rename(programme=programme, by=request.user, **form.cleaned_data)
        return go_on(request, "name")

    words = step_words(programme, "name", "Name and purpose", free_text=True)
    return ask(request, words, make, act, theirs=_name_in_words, template=STEP_PAGE)


def _name_in_words(current: Programme) -> Facts:
    return [("Name", [current.name]), ("What it is to achieve", [current.mandate] if current.mandate else [])]


def _known_or_added(
    names: list[str], known: dict[str, Any], add: Callable[[str], Organisation | Place]
) -> list[Organisation | Place]:
    """The records of these names (whatever their capitals, aliases too), added where there are none."""
    return [known.get(name.lower()) or add(name) for name in names]


def _by_name(records: Any) -> dict[str, Any]:
    return {name.lower(): record for record in records for name in (*record.aliases, record.name)}


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def places_step(request: ProgrammeRequest) -> HttpResponse:
    """Where the programme works."""
    programme = request.programme

    def make(data: QueryDict | None) -> Any:
        return PlacesForm(data, initial={"chosen": programme.places.all()})

    def act(form: Any) -> HttpResponse:
        def add(name: str) -> Place:
            return organisations.add_place(name=name, kind=Place.Kind.PLACE, by=request.user)

        new = _known_or_added(form.cleaned_data["new"], _by_name(Place.objects.all()), add)
        places: Any = [*form.cleaned_data["chosen"], *new]
        setting_up.set_members(programme=programme, places=places, by=request.user)
        return go_on(request, "places")

    words = step_words(programme, "places", "In which places does it work?")
    return ask(request, words, make, act, template=STEP_PAGE)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def partners_step(request: ProgrammeRequest) -> HttpResponse:
    """Who takes part."""
    programme = request.programme

    def make(data: QueryDict | None) -> Any:
        return PartnersForm(data, initial={"chosen": programme.partners.all()})

    def act(form: Any) -> HttpResponse:
        def add(name: str) -> Organisation:
            return organisations.add_organisation(name=name, kind=Organisation.Kind.OTHER, by=request.user)

        new = _known_or_added(form.cleaned_data["new"], _by_name(Organisation.objects.all()), add)
        partners: Any = [*form.cleaned_data["chosen"], *new]
        setting_up.set_members(programme=programme, partners=partners, by=request.user)
        return go_on(request, "partners")

    words = step_words(programme, "partners", "Which organisations take part?")
    return ask(request, words, make, act, template=STEP_PAGE)


def next_months(rule: PeriodRule, day: date) -> list[PeriodDays]:
    """The month that is open on `day` by this rule, and those after it."""
    first = month_to_report(day, rule)
    return [period_days(add_months(first, n), rule) for n in range(MONTHS_SHOWN)]


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def months_step(request: ProgrammeRequest) -> HttpResponse:
    """The rule that makes months, with the next three by it. 'Show these months' saves nothing."""
    programme = request.programme
    rule = rule_of(programme)
    initial = {
        "version": programme.version,
        "opens_before_month_end": rule.opens_before_month_end,
        "due_working_day": rule.due_working_day,
        "closes_after_due": rule.closes_after_due,
    }
    shown: dict[str, Any] = {"months": next_months(rule, today())}

    def make(data: QueryDict | None) -> Any:
        form = RuleForm(data, initial=initial)
        if form.is_bound and form.is_valid():
            shown["months"] = next_months(form.rule, today())
        return form

    def act(form: Any) -> HttpResponse:
        version = form.cleaned_data["version"]
        setting_up.set_rule(programme=programme, version=version, rule=form.rule, by=request.user, today=today())
        return go_on(request, "months")

    words = step_words(
        programme,
        "months",
        "When are updates due?",
        extra=shown,
        points=[
            (
                "Each month opens, is due and closes on working days in England. Months that have opened keep their"
                " days, and so do months whose days somebody has changed by hand."
            )
        ],
    )
    if request.method == "POST" and "preview" in request.POST:
        form = make(request.POST)
        context = {"words": words, "form": form, "form_errors": bool(form.errors), "previewed": True, **shown}
        return page(request, "programme/manage/months.html", context, status=422 if form.errors else 200)
    return ask(request, words, make, act, theirs=_rule_in_words, template="programme/manage/months.html")


def _rule_in_words(current: Programme) -> Facts:
    return [
        ("Opens, working days before the end of the month", [str(current.opens_before_month_end)]),
        ("Due, working day of the next month", [str(current.due_working_day)]),
        ("Closes, working days later", [str(current.closes_after_due)]),
    ]

"""Assessments against the principles: how places stand, what each rater said, and how one is begun and finished."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme import trail
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from thrive import assessed, kept, principles, the_map
from thrive.actions import principles as actions
from thrive.assessed import Assessed
from thrive.forms.mapping import LensForm
from thrive.forms.principles import BeginForm, RaterForm, ReopenForm, VersionForm
from thrive.models import (
    PrincipleAnswer,
    PrincipleAssessment,
    PrincipleAssessmentQuerySet,
    PrincipleItem,
    PrincipleRater,
)
from thrive.principles import Level, Principle, Standing, Verdict
from thrive.views.directory import offered_places
from thrive.views.filling_in import Sheet, fill_in
from thrive.views.seeing import keeps
from workstreams.views.history import page_number


def assessments(request: ProgrammeRequest) -> PrincipleAssessmentQuerySet:
    """Those of the programme's places that the reader may see."""
    return PrincipleAssessment.objects.all().visible_to(request.user).of_programme(request.programme)


def find_assessment(request: ProgrammeRequest, pk: int) -> PrincipleAssessment:
    """One of them, or 404."""
    return get_object_or_404(assessments(request).select_related("place", "items"), pk=pk)


def find_rater(request: ProgrammeRequest, pk: int, who: int) -> PrincipleRater:
    """Somebody who answers in one of them, or 404."""
    found = PrincipleRater.objects.filter(assessment__in=assessments(request), assessment=pk)
    return get_object_or_404(found.select_related("assessment__place", "assessment__items"), pk=who)


def address(request: ProgrammeRequest, assessment: PrincipleAssessment) -> str:
    """The page of an assessment."""
    return reverse("thrive-assessment", args=[request.programme.slug, assessment.pk])


@require_GET
@requires(Permission.READ_MAP)
def show_principles(request: ProgrammeRequest) -> HttpResponse:
    """How one place stands on the eight principles: each baseline beside its latest follow-up."""
    places = offered_places(the_map.lands_of(request.programme))
    found = assessed.assessed(assessments(request))
    held = {each.assessment.place_id for each in found}
    # The places that have been assessed come first, so that whoever opens the page sees something.
    ordered = sorted(places, key=lambda place: place.pk not in held)
    form = LensForm(request.GET, places=ordered)
    place = form.chosen_place
    context = {
        "form": form,
        "place": place,
        "series": assessed.series([each for each in found if place and each.assessment.place_id == place.pk]),
        "has_choice": len(places) > 1,
        "can_keep": keeps(request),
    }
    return page(request, "thrive/principles.html", context, part="principles")


@dataclass(frozen=True)
class Line:
    """One statement with every rater's answer to it, in the order of the raters."""

    level: Level
    item: PrincipleItem
    answers: list[tuple[PrincipleRater, PrincipleAnswer | None]]
    verdict: Verdict
    is_apart: bool
    scores: str


@require_GET
@requires(Permission.READ_MAP)
def show_assessment(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What each rater said of each statement, side by side; where they differ is marked, never averaged."""
    find_assessment(request, pk)
    [told] = assessed.assessed(assessments(request).filter(pk=pk))
    only_apart = request.GET.get("only") == "apart"
    groups = [
        (each.principle, each, _lines(told, each.principle, each, only_apart=only_apart)) for each in told.standings
    ]
    has_followers = PrincipleAssessment.objects.filter(follows=pk).exists()
    context = {
        "told": told,
        "assessment": told.assessment,
        "raters": [(rater, told.answered(rater), told.next_principle(rater)) for rater in told.raters],
        "asked": len(told.items),
        "groups": [group for group in groups if group[2]],
        "only_apart": only_apart,
        "answering": len({who for who, _ in told.answers}),
        "sentence": principles.sentence(told.assessment.place.name, told.standings, when=told.assessment.when),
        "difference": principles.difference_sentence(told.standings, len({who for who, _ in told.answers})),
        "can_keep": keeps(request),
        "can_reopen": not told.is_open and not has_followers,
        "first": principles.principles()[0].code,
        "history": trail.read(
            kept.of_assessment(told.assessment), programme=request.programme.slug, number=page_number(request)
        ),
    }
    return page(request, "thrive/assessment.html", context, part="history")


def _lines(told: Assessed, about: Principle, standing: Standing, *, only_apart: bool) -> list[Line]:
    items = {item.key: item for item in told.items}
    lines = []
    for level in principles.levels():
        scores = standing.by_level[level.code]
        apart = len(set(scores)) > 1
        if only_apart and not apart:
            continue
        key = (about.code, level.code)
        answers = [(rater, told.answers.get((rater.pk, key))) for rater in told.raters]
        lines.append(
            Line(level, items[key], answers, principles.verdict_of(scores), apart, principles.scores_words(scores))
        )
    return lines


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def begin(request: ProgrammeRequest) -> HttpResponse:
    """Begin a baseline, or a follow-up of one."""
    places = offered_places(the_map.lands_of(request.programme))
    baselines = assessments(request).filter(follows=None, finished_on__isnull=False)
    asked, place = request.GET.get("follows", ""), request.GET.get("place", "")
    start = BeginForm.start(
        baselines.filter(pk=asked).first() if asked.isdecimal() else None, int(place) if place.isdecimal() else None
    )

    def make(data: Any = None) -> BeginForm:
        return BeginForm(data, initial=start, places=places, baselines=baselines)

    def act(form: BeginForm) -> str:
        names = ("place", "follows", "begun_on")
        return address(request, actions.begin(**{n: form.cleaned_data[n] for n in names}, by=request.user))

    back = reverse("thrive-principles", args=[request.programme.slug])
    sheet = Sheet(
        "Begin an assessment", request.programme.name, "Begin", "It has begun. Say now who answers.", back,
        "Principles",
    )  # fmt: skip
    return fill_in(request, make, sheet, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def add_rater(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Add somebody who answers."""
    assessment = find_assessment(request, pk)

    def make(data: Any = None) -> RaterForm:
        return RaterForm(data, initial={"version": 0})

    def act(form: RaterForm) -> str:
        said = form.cleaned_data
        made = actions.add_rater(assessment=assessment, name=said["name"], sees_from=said["sees_from"], by=request.user)
        first = principles.principles()[0].code
        return reverse("thrive-rater", args=[request.programme.slug, pk, made.pk, first])

    sheet = Sheet(
        "Add a rater", str(assessment), "Save and answer", "The rater is added.", address(request, assessment),
        assessment.title, "Each rater answers for themselves. Their answers stand side by side and are never averaged.",
    )  # fmt: skip
    return fill_in(request, make, sheet, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def change_rater(request: ProgrammeRequest, pk: int, who: int) -> HttpResponse:
    """Put a rater's name right."""
    rater = find_rater(request, pk, who)

    def make(data: Any = None) -> RaterForm:
        start = {name: getattr(rater, name) for name in ("version", "name", "sees_from")}
        return RaterForm(data, initial=start)

    def act(form: RaterForm) -> str:
        actions.change_rater(rater=rater, by=request.user, **form.cleaned_data)
        return address(request, rater.assessment)

    sheet = Sheet(
        "Change a rater", str(rater.assessment), "Save", "The rater is changed.", address(request, rater.assessment),
        rater.assessment.title,
    )  # fmt: skip
    return fill_in(request, make, sheet, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def finish(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Finish an assessment, so that its answers no longer move."""
    assessment = find_assessment(request, pk)
    if assessment.finished_on:
        raise Http404

    def make(data: Any = None) -> VersionForm:
        return VersionForm(data, initial={"version": assessment.version})

    def act(form: VersionForm) -> str:
        actions.finish(assessment=assessment, version=form.cleaned_data["version"], by=request.user)
        return address(request, assessment)

    sheet = Sheet(
        "Finish the assessment", str(assessment), "Finish it", "The assessment is finished.",
        address(request, assessment), assessment.title,
        "Answers can no longer be given or changed, so that a follow-up can be held against them. What nobody answered "
        "stays unanswered.",
    )  # fmt: skip
    return fill_in(request, make, sheet, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def reopen(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Open an assessment again, with the reason."""
    assessment = find_assessment(request, pk)
    if not assessment.finished_on:
        raise Http404

    def make(data: Any = None) -> ReopenForm:
        return ReopenForm(data, initial={"version": assessment.version})

    def act(form: ReopenForm) -> str:
        actions.reopen(assessment=assessment, by=request.user, **form.cleaned_data)
        return address(request, assessment)

    sheet = Sheet(
        "Reopen the assessment", str(assessment), "Reopen it", "Answers can be given again.",
        address(request, assessment), assessment.title,
    )  # fmt: skip
    return fill_in(request, make, sheet, act)

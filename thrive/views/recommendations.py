"""Recommendations: what was decided, which work will bring them about, and when."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme import trail
from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.timeline import Timeline, TimelineItem, timeline
from programme.wording import counted
from thrive import kept, the_map, thread, threads
from thrive.actions import delivery as actions
from thrive.forms.delivery import (
    LIVES,
    AnswerGapForm,
    DecisionForm,
    EvidenceForm,
    RecommendationForm,
    ThreadFilterForm,
    WhyForm,
    WorkForm,
)
from thrive.models import Recommendation, RecommendationQuerySet, RecommendationWork, Service
from thrive.threads import Thread
from thrive.views.directory import offered_places
from thrive.views.filling_in import Sheet, fill_in
from thrive.views.gaps import gaps
from thrive.views.seeing import keeps
from workstreams.models import Workstream
from workstreams.views.history import page_number
from workstreams.views.workstreams import find_workstream

LACKING = "lacking"


def recommendations(request: ProgrammeRequest) -> RecommendationQuerySet:
    """Those of the programme's places that the reader may see."""
    return Recommendation.objects.all().visible_to(request.user).of_programme(request.programme)


def find_recommendation(request: ProgrammeRequest, pk: int) -> Recommendation:
    """One of them, or 404."""
    return get_object_or_404(recommendations(request).select_related("place"), pk=pk)


def _address(request: ProgrammeRequest, recommendation: Recommendation) -> str:
    return reverse("thrive-recommendation", args=[request.programme.slug, recommendation.pk])


@require_GET
@requires(Permission.READ_MAP)
def recommendation_list(request: ProgrammeRequest) -> HttpResponse:
    """Every recommendation and how it stands. Filters are plain addresses."""
    lands = the_map.lands_of(request.programme)
    form = ThreadFilterForm(request.GET, places=offered_places(lands), states=LIVES)
    found = threads.threads(recommendations(request), today())
    context = {
        "form": form,
        "filters_chosen": bool(form.place_key or form.chosen_state),
        "rows": [each for each in found if _fits(each, form)],
        "sentence": thread.check_sentence(each.life for each in found),
        "can_keep": keeps(request),
    }
    return page(request, "thrive/recommendations.html", context, part="recommendations")


def _fits(each: Thread, form: ThreadFilterForm) -> bool:
    if form.place_key and each.recommendation.place_id != form.place_key:
        return False
    state = form.chosen_state
    return not state or (each.life.lacks_work if state == LACKING else each.life == state)


@require_GET
@requires(Permission.READ_MAP)
def show(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """One recommendation: the gaps it would fill, the decision, the work, the evidence."""
    recommendation = find_recommendation(request, pk)
    [each] = threads.threads(recommendations(request).filter(pk=pk), today())
    told = trail.read(
        kept.of_recommendation(recommendation), programme=request.programme.slug, number=page_number(request)
    )
    is_open = recommendation.closed_on is None
    context = {
        "thread": each,
        "recommendation": each.recommendation,
        "told": told,
        "can_decide": Permission.DECIDE_GAPS in request.permissions and is_open,
        "can_answer": keeps(request) and is_open and recommendation.decision != thread.DECLINED,
        "can_work": keeps(request) and is_open and recommendation.decision in {thread.ACCEPTED, thread.ADAPTED},
    }
    return page(request, "thrive/recommendation.html", context, part="history")


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def add(request: ProgrammeRequest) -> HttpResponse:
    """Write down what is recommended."""
    places, offered = offered_places(the_map.lands_of(request.programme)), gaps(request).select_related("place")
    asked = offered.filter(pk=request.GET["gap"]).first() if request.GET.get("gap", "").isdecimal() else None
    start = {"gaps": [asked.pk], "place": asked.place_id} if asked else {}

    def make(data: Any = None) -> RecommendationForm:
        return RecommendationForm(data, initial=start, places=places, gaps=offered.exclude(state=thread.FILLED))

    def act(form: RecommendationForm) -> str:
        names = ("place", "text", "source_kind", "source", "made_on", "gaps")
        return _address(request, actions.recommend(**{n: form.cleaned_data[n] for n in names}, by=request.user))

    back = reverse("thrive-recommendations", args=[request.programme.slug])
    sheet = Sheet(
        "Write down a recommendation", request.programme.name, "Save", "The recommendation is written down.", back,
        "Recommendations",
    )  # fmt: skip
    return fill_in(request, make, sheet, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def answer_gap(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Say that it would fill another gap, too."""
    recommendation = find_recommendation(request, pk)
    offered = gaps(request).exclude(state=thread.FILLED).exclude(answers__recommendation=recommendation)

    def make(data: Any = None) -> AnswerGapForm:
        return AnswerGapForm(data, gaps=offered.select_related("place"))

    def act(form: AnswerGapForm) -> str:
        actions.answer_gap(recommendation=recommendation, gap=form.cleaned_data["gap"], by=request.user)
        return _address(request, recommendation)

    sheet = Sheet(
        "Add a gap it would fill", recommendation.place.name, "Add it", "The gap is added.",
        _address(request, recommendation), "The recommendation", str(recommendation),
    )  # fmt: skip
    return fill_in(request, make, sheet, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_GAPS)
def decide(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Accept, adapt or decline, with the reason; who sees to it, by when."""
    recommendation = find_recommendation(request, pk)
    names = ("version", "decision", "adapted", "reason", "owner", "wanted_by")

    def make(data: Any = None) -> DecisionForm:
        start = {name: getattr(recommendation, name) for name in names}
        return DecisionForm(data, initial=start, programme=request.programme)

    def act(form: DecisionForm) -> str:
        version = form.cleaned_data["version"]
        actions.decide(recommendation=recommendation, said=form.said, version=version, by=request.user)
        return _address(request, recommendation)

    sheet = Sheet(
        "Decide on a recommendation", recommendation.place.name, "Save the decision", "The decision is recorded.",
        _address(request, recommendation), "The recommendation", recommendation.text,
    )  # fmt: skip
    return fill_in(request, make, sheet, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def put_to_work(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Name the workstream and the milestone that will bring it about."""
    recommendation = find_recommendation(request, pk)
    own = Workstream.objects.visible_to(request.user).filter(programme=request.programme, merged_into=None)

    def make(data: Any = None) -> WorkForm:
        return WorkForm(data, workstreams=own)

    def act(form: WorkForm) -> str:
        actions.put_to_work(recommendation=recommendation, by=request.user, **form.cleaned_data)
        return _address(request, recommendation)

    sheet = Sheet(
        "Name the work", recommendation.place.name, "Save", "The work is named.", _address(request, recommendation),
        "The recommendation", str(recommendation),
    )  # fmt: skip
    return fill_in(request, make, sheet, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def take_off_work(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Say that this work will not bring it about after all."""
    works = RecommendationWork.objects.filter(recommendation__in=recommendations(request))
    own = works.filter(workstream__programme=request.programme).select_related("recommendation__place", "workstream")
    work = get_object_or_404(own, pk=pk)

    def act(form: WhyForm) -> str:
        actions.take_off_work(work=work, reason=form.cleaned_data["reason"], by=request.user)
        return _address(request, work.recommendation)

    sheet = Sheet(
        "Take work off a recommendation", work.workstream.name, "Take it off",
        "That work no longer counts for the recommendation.", _address(request, work.recommendation),
        "The recommendation", str(work.recommendation),
    )  # fmt: skip
    return fill_in(request, WhyForm, sheet, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def close(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Close it, with what shows that it was done."""
    recommendation = find_recommendation(request, pk)

    def make(data: Any = None) -> EvidenceForm:
        return EvidenceForm(data, initial={"version": recommendation.version})

    def act(form: EvidenceForm) -> str:
        said = form.cleaned_data
        about = {"evidence": said["evidence"], "version": said["version"]}
        actions.close(recommendation=recommendation, by=request.user, **about)
        return _address(request, recommendation)

    sheet = Sheet(
        "Close a recommendation", recommendation.place.name, "Close it", "The recommendation is closed.",
        _address(request, recommendation), "The recommendation", str(recommendation),
    )  # fmt: skip
    return fill_in(request, make, sheet, act)


@require_GET
@requires(Permission.READ_MAP)
def delivery_plan(request: ProgrammeRequest) -> HttpResponse:
    """What will fill the gaps in the next two years, quarter by quarter: a table, then a drawing."""
    day = today()
    found = threads.threads(recommendations(request), day)
    plan = threads.delivery_plan(found, day)
    lacking = [each for each in found if each.life.lacks_work]
    count = sum(len(rows) for _, rows in plan)
    context = {
        "plan": plan,
        "count": count,
        "sentence": f"{counted(count, 'milestone')} {'brings' if count == 1 else 'bring'} about what was accepted."
        if count
        else "No milestone has been named for any recommendation yet.",
        "lacking": lacking,
        "drawing": _drawing(request, found) if count else None,
    }
    return page(request, "thrive/plan.html", context)


def _drawing(request: ProgrammeRequest, found: list[Thread]) -> Timeline:
    items = [
        TimelineItem(
            title=work.named.milestone.title,
            when=work.when,
            state=work.standing.state,
            start=work.standing.when.start if work.standing.when else None,
            end=work.end,
            phase=work.workstream.name,
        )
        for each in found
        for work in each.works
        if work.standing and work.named.milestone and work.workstream.programme_id == request.programme.pk
    ]
    once = {(item.phase, item.title): item for item in items}
    return timeline(sorted(once.values(), key=lambda item: item.phase), today=today())


@require_GET
@requires(Permission.READ_MAP)
def answers(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """What a workstream answers, or one of its milestones; their own pages fetch this as a part."""
    workstream = find_workstream(request, slug)
    asked = request.GET.get("milestone", "")
    milestone = workstream.milestones.filter(pk=int(asked) if asked.isdecimal() else 0).first()
    found = threads.of_workstream(workstream, today())
    opening = Service.objects.of_programme(request.programme).filter(milestone__workstream=workstream)
    if milestone:
        found = [each for each in found if any(work.named.milestone_id == milestone.pk for work in each.works)]
        opening = opening.filter(milestone=milestone)
    context = {
        "workstream": workstream,
        "milestone": milestone,
        "rows": found,
        "opening": opening.select_related("provider", "milestone"),
        "tab": "",
    }
    return page(request, "thrive/answers.html", context, part="answers")

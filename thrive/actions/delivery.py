"""From gap to delivery: targets set, gaps found and decided, recommendations made, decided, worked on and closed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction

from programme.clock import day_of, now
from programme.history import recorded
from programme.models import Person, Place, User
from programme.refusals import Refused, Stale
from thrive import the_map, thread
from thrive.ages import EVERYBODY, Ages
from thrive.coverage import Area, State
from thrive.models import GapAnswer, GapFinding, Recommendation, RecommendationWork, TargetOffer
from workstreams.models import Milestone, Workstream

Kept = TypeVar("Kept", TargetOffer, GapFinding, Recommendation)


@dataclass(frozen=True)
class Target:
    """What good looks like, as somebody writes it down."""

    title: str
    good: str
    source: str = ""
    grouping: str = ""
    ages: Ages = EVERYBODY


@transaction.atomic
def set_target(*, place: Place, target: Target, by: User | None, at: datetime | None = None) -> TargetOffer:
    """Write down what good looks like in a place and all that lies in it."""
    with recorded(by=by, action="Set a target", at=at or now()):
        return TargetOffer.objects.create(place=place, **_columns(target))


@transaction.atomic
def change_target(
    *, offer: TargetOffer, to: Target, version: int, by: User | None, at: datetime | None = None
) -> TargetOffer:
    """Change what good looks like. Raises Stale."""
    current = _locked(offer, version)
    for name, value in _columns(to).items():
        setattr(current, name, value)
    return _saved(current, by, "Changed a target", "", at)


def _columns(target: Target) -> dict[str, object]:
    return {
        "title": target.title, "good": target.good, "source": target.source, "grouping": target.grouping,
        "age_from": target.ages.start, "age_to": target.ages.end,
    }  # fmt: skip


@dataclass(frozen=True)
class Shortfall:
    """What a place lacks, as somebody writes it down."""

    title: str
    now: str
    grouping: str = ""
    ages: Ages = EVERYBODY
    group: str = ""


@transaction.atomic
def find_gap(
    *,
    place: Place,
    lacks: Shortfall,
    by: User | None,
    target: TargetOffer | None = None,
    at: datetime | None = None,
) -> GapFinding:
    """Record where a place falls short. Raises Refused where the map says otherwise, or nobody has looked."""
    if lacks.grouping:
        _refuse_what_the_map_denies(place, lacks)
    elif target is None:
        raise Refused("Say which need or which target it is about.")
    about = {
        "place": place, "target": target, "grouping": lacks.grouping, "group": lacks.group,
        "age_from": lacks.ages.start, "age_to": lacks.ages.end,
    }  # fmt: skip
    if GapFinding.objects.filter(**about).exclude(state=thread.FILLED).exists():
        raise Refused("That gap is recorded already.")
    moment = at or now()
    with recorded(by=by, action="Recorded a gap", at=moment):
        return GapFinding.objects.create(
            **about, title=lacks.title, now=lacks.now, found_on=day_of(moment), found_by=by
        )


def _refuse_what_the_map_denies(place: Place, lacks: Shortfall) -> None:
    area = Area(dict(Place.objects.values_list("pk", "parent_id")))
    around = {*area.upward(place.pk), *area.below(place.pk)}
    facts = the_map.facts(area, around, grouping=lacks.grouping)
    state = facts.cell(place.pk, lacks.grouping, lacks.ages, lacks.group).state
    if state is State.NOT_MAPPED:
        raise Refused("Nobody has looked at all of these ages yet. Not known is no gap: confirm it on the map first.")
    if state.is_covered:
        raise Refused("The map shows a core service for all of these ages.")


@transaction.atomic
def decide_gap(
    *, gap: GapFinding, accepted: bool, reason: str, version: int, by: User | None, at: datetime | None = None
) -> GapFinding:
    """Accept a gap as one to be filled, or say why not. Raises Refused or Stale."""
    current = _locked(gap, version)
    if current.state == thread.FILLED:
        raise Refused("This gap has been filled.")
    current.state = thread.KEPT if accepted else thread.REFUSED
    current.reason, current.decided_on, current.decided_by = _said(reason, "why"), day_of(at or now()), by
    return _saved(current, by, "Accepted the gap" if accepted else "Did not accept the gap", reason, at)


@transaction.atomic
def fill_gap(
    *, gap: GapFinding, evidence: str, version: int, by: User | None, at: datetime | None = None
) -> GapFinding:
    """Say what shows that an accepted gap is filled. Raises Refused or Stale."""
    current = _locked(gap, version)
    if current.state != thread.KEPT:
        raise Refused("Only a gap that was accepted can be filled.")
    current.state, current.filled_on = thread.FILLED, day_of(at or now())
    current.evidence = _said(evidence, "what shows that it is filled")
    return _saved(current, by, "Filled the gap", evidence, at)


@transaction.atomic
def recommend(
    *,
    place: Place,
    text: str,
    source_kind: str,
    by: User | None,
    source: str = "",
    made_on: date | None = None,
    gaps: Collection[GapFinding] = (),
    at: datetime | None = None,
) -> Recommendation:
    """Write down what a report, a review, a gate, a workshop or a maturity review recommends. Raises Refused."""
    said = {"text": _said(text, "what is recommended"), "source_kind": source_kind, "source": source}
    with recorded(by=by, action="Wrote down a recommendation", at=at or now()):
        made = Recommendation.objects.create(place=place, made_on=made_on, **said)
        GapAnswer.objects.bulk_create(GapAnswer(recommendation=made, gap=gap) for gap in gaps)
    return made


@transaction.atomic
def answer_gap(
    *, recommendation: Recommendation, gap: GapFinding, by: User | None, at: datetime | None = None
) -> GapAnswer:
    """Say that a recommendation that stands already would fill another gap. Raises Refused."""
    current = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if current.closed_on or current.decision == thread.DECLINED:
        raise Refused("A recommendation that was declined or closed fills no gap.")
    if GapFinding.objects.select_for_update(of=("self",)).get(pk=gap.pk).state == thread.FILLED:
        raise Refused("This gap has been filled.")
    if GapAnswer.objects.filter(recommendation=current, gap=gap).exists():
        raise Refused("It is said already that it would fill this gap.")
    with recorded(by=by, action="Said that a recommendation would fill a gap", at=at or now()):
        return GapAnswer.objects.create(recommendation=current, gap=gap)


@dataclass(frozen=True)
class Decision:
    """What was decided about a recommendation, why, and who sees to it by when."""

    decision: str
    reason: str
    adapted: str = ""
    owner: Person | None = None
    wanted_by: date | None = None


@transaction.atomic
def decide(
    *, recommendation: Recommendation, said: Decision, version: int, by: User | None, at: datetime | None = None
) -> Recommendation:
    """Accept, adapt or decline a recommendation. Raises Refused or Stale."""
    current = _locked(recommendation, version)
    if current.closed_on:
        raise Refused("This recommendation has been closed.")
    takes = said.decision != thread.DECLINED
    if takes and (said.owner is None or said.wanted_by is None):
        raise Refused("Say who sees to it, and by when.")
    current.decision, current.reason = said.decision, _said(said.reason, "why")
    current.adapted = _said(said.adapted, "what will be done in its place") if said.decision == thread.ADAPTED else ""
    current.owner, current.wanted_by = (said.owner, said.wanted_by) if takes else (None, None)
    current.decided_on, current.decided_by = day_of(at or now()), by
    return _saved(current, by, f"{current.get_decision_display()} a recommendation", said.reason, at)


@transaction.atomic
def put_to_work(
    *,
    recommendation: Recommendation,
    workstream: Workstream,
    by: User | None,
    milestone: Milestone | None = None,
    at: datetime | None = None,
) -> RecommendationWork:
    """Name the workstream, and the milestone, that will bring a recommendation about. Raises Refused."""
    current = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if current.decision not in {thread.ACCEPTED, thread.ADAPTED} or current.closed_on:
        raise Refused("Only a recommendation that was accepted and is not closed can be worked on.")
    if milestone and milestone.workstream_id != workstream.pk:
        raise Refused("That milestone belongs to another workstream.")
    about = {"recommendation": current, "workstream": workstream, "milestone": milestone}
    if RecommendationWork.objects.filter(**about).exists():
        raise Refused("That work is named already.")
    with recorded(by=by, action="Named the work for a recommendation", at=at or now()):
        return RecommendationWork.objects.create(**about)


@transaction.atomic
def take_off_work(*, work: RecommendationWork, reason: str, by: User | None, at: datetime | None = None) -> None:
    """Say that this work will not bring it about after all. History keeps it. Raises Refused."""
    said = _said(reason, "why")
    with recorded(by=by, action="Took work off a recommendation", reason=said, at=at or now()):
        RecommendationWork.objects.filter(pk=work.pk).delete()


@transaction.atomic
def close(
    *, recommendation: Recommendation, evidence: str, version: int, by: User | None, at: datetime | None = None
) -> Recommendation:
    """Close what was done, with what shows it. Raises Refused or Stale."""
    current = _locked(recommendation, version)
    if current.decision not in {thread.ACCEPTED, thread.ADAPTED} or current.closed_on:
        raise Refused("Only a recommendation that was accepted and is not closed yet can be closed.")
    current.evidence = _said(evidence, "what shows that it was done")
    current.closed_on, current.closed_by = day_of(at or now()), by
    return _saved(current, by, "Closed a recommendation", evidence, at)


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise Refused(f"Say {what}.")
    return text


def _locked(row: Kept, version: int) -> Kept:
    current: Kept = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)  # noqa: SLF001 - public
    if current.version != version:
        raise Stale(current)
    return current


def _saved(current: Kept, by: User | None, action: str, reason: str, at: datetime | None) -> Kept:
    current.version += 1
    with recorded(by=by, action=action, reason=reason, at=at or now()):
        current.save()
    return current

"""Maturity reviews at every stage, made by the real actions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from programme.dates import FuzzyDate
from programme.models import Place, Programme, User
from tests.factories import mapped
from thrive.maturity import sheets
from thrive.maturity.actions import following, framework, noting, reviews, scoring
from thrive.maturity.actions.reviews import About, Part
from thrive.maturity.actions.scoring import Agreement
from thrive.maturity.models import (
    Domain,
    Element,
    Evidence,
    Finding,
    Framework,
    Participant,
    Practice,
    Review,
    TakenForward,
)
from thrive.maturity.scoring import Answer, Kind, State

WHEN = datetime(2026, 10, 1, 9, tzinfo=UTC)
DAY = date(2026, 10, 1)
OCTOBER = FuzzyDate.month(2026, 10, "October 2026")
EARLIER = FuzzyDate.month(2025, 10, "October 2025")
SECTORS = ("nhs", "council", "schools", "voluntary", "young_people")


def shipped() -> Framework:
    return Framework.objects.get(number=1)


def element(code: str = "ACC05") -> Element:
    return Element.objects.get(domain__framework=shipped(), code=code)


def domain(code: str = "ACC") -> Domain:
    return Domain.objects.get(framework=shipped(), code=code)


def begun(
    place: Place, *, kind: Kind = Kind.SELF, title: str = "Harbour self-review", by: User | None = None,
    follows: Review | None = None, at: datetime = WHEN, when: FuzzyDate = OCTOBER,
) -> Review:  # fmt: skip
    about = About(place, kind, title, when, follows=follows)
    return reviews.begin(about=about, framework=shipped(), by=by, at=at)


def part(
    review: Review, name: str, sector: str = "nhs", domains: Sequence[str] = ("ACC",), *, in_room: bool = False,
    email: str = "", by: User | None = None, at: datetime = WHEN,
) -> tuple[Participant, str]:  # fmt: skip
    told = Part(name, sector, domains, in_room=in_room, email=email)
    return reviews.add_participant(review=review, part=told, by=by, at=at)


def move(review: Review, to: State, *, by: User | None = None, at: datetime = WHEN) -> Review:
    current = Review.objects.get(pk=review.pk)
    return reviews.move(review=current, to=to, version=current.version, by=by, at=at)


def score(who: Participant, levels: Mapping[str, int | None], *, reason: str = "", at: datetime = WHEN) -> int:
    answers = {code: Answer(level, reason) for code, level in levels.items()}
    return scoring.score(participant=who, answers=answers, at=at)


def agreement(level: int | None = 2, **about: Any) -> Agreement:
    told: dict[str, Any] = {"rationale": "Most saw it so", "decided_by": "The workshop", "decided_on": DAY}
    return Agreement(level, **(told | about))


def agreed(review: Review, code: str, level: int | None, *, by: User | None = None, at: datetime = WHEN, **about: Any):
    return scoring.agree(
        review=review, element=element(code), agreement=agreement(level, **about), number=0, by=by, at=at
    )


def scored(place: Place, levels: Sequence[int], *, code: str = "ACC05", by: User | None = None) -> Review:
    """A review whose round is open, with one score of one element for each of `levels`."""
    review = begun(place, by=by)
    people = [part(review, f"Person {n}", SECTORS[n % len(SECTORS)], by=by)[0] for n in range(len(levels))]
    move(review, State.SCORING, by=by)
    for who, level in zip(people, levels, strict=True):
        score(who, {code: level})
    return Review.objects.get(pk=review.pk)


def released(
    place: Place, levels: Mapping[str, int | None], *, title: str = "Harbour self-review", by: User | None = None,
    follows: Review | None = None, when: FuzzyDate = OCTOBER, found: Sequence[tuple[str, str]] = (),
) -> Review:  # fmt: skip
    """A review that went all the way, with levels agreed by element, and with what was found about access."""
    kind = Kind.AGAIN if follows else Kind.SELF
    review = begun(place, kind=kind, title=title, by=by, follows=follows, when=when)
    noting.find(review=review, findings=[noting.Found(sort, domain(), text) for sort, text in found], by=by, at=WHEN)
    codes = sorted({code[:3] for code in levels})
    who, _ = part(review, "Person 1", "nhs", codes, by=by)
    move(review, State.SCORING, by=by)
    score(who, dict(levels))
    move(review, State.WORKSHOP, by=by)
    for code, level in levels.items():
        agreed(review, code, level, by=by)
    move(review, State.AGREED, by=by)
    return move(review, State.RELEASED, by=by)


def next_version(*, by: User | None = None, was: Mapping[str, str] | None = None) -> Framework:
    """A second version of the framework: the same, every element joined to itself unless `was` says otherwise."""
    text = sheets.text_of(shipped())
    joined = was if was is not None else {e.code: e.code for e in text.elements}
    domains = tuple(
        replace(d, elements=tuple(replace(e, was=(joined[e.code],) if e.code in joined else ()) for e in d.elements))
        for d in text.domains
    )
    return framework.load(text=replace(text, domains=domains), by=by, at=WHEN)


def noted(review: Review, *, by: User) -> tuple[Finding, Evidence, Practice]:
    """A finding, a piece of evidence, and an entry of the library."""
    shown = noting.Shown("document", "Waiting list policy")
    return (
        noting.find(review=review, findings=[noting.Found("finding", domain(), "Waits are not counted")], by=by)[0],
        noting.add_evidence(review=review, element=element(), shown=shown, by=by),
        noting.add_practices(practices=[noting.Worth("tool", "ACC", "A calculator")], by=by)[0],
    )


def forward(review: Review, *, text: str = "Agree one list of waits", **about: Any) -> TakenForward:
    """A recommendation made of a released review, for its own place."""
    told: dict[str, Any] = {"by": None, "at": WHEN, "place": review.place} | about
    return following.take_forward(review=review, text=text, **told)


def typed(at: Place, **changes: Any) -> dict[str, Any]:
    """A new review as its form is filled in."""
    return {
        "version": 0, "place": at.pk, "kind": "self", "title": "Spring", "when": "March 2027",
        "framework": shipped().pk,
    } | changes  # fmt: skip


def everything(programme: Programme, place: Place, *, by: User) -> Review:
    """A row in every table of maturity."""
    next_version(by=by)
    review = released(place, {"ACC05": 2}, by=by)
    forward(review, element=element(), by=by)
    follow = begun(place, kind=Kind.AGAIN, follows=review, title="Harbour again", by=by)
    noted(follow, by=by)
    return follow


def place_of(programme: Programme, name: str = "Harbour") -> Place:
    return mapped.place(programme, name)

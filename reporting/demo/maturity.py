"""The demo's maturity reviews: what London published, a self-review of a year ago and its re-review, all invented."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from programme.dates import FuzzyDate, month_words
from programme.models import Organisation, Place, Programme, User
from programme.periods import add_months
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, read, working_day
from thrive.actions import delivery
from thrive.actions.delivery import Decision
from thrive.maturity.actions import following, noting, published, reviews, scoring
from thrive.maturity.actions.reviews import About, Part
from thrive.maturity.actions.scoring import Agreement
from thrive.maturity.models import Domain, Element, Framework, Participant, Review
from thrive.maturity.scoring import Answer, Kind, State
from thrive.models import Recommendation
from workstreams.models import Milestone, Workstream

LONDON_KNOWN_MONTHS = 14
LOWEST, HIGHEST = 1, 4
AMBITION_MONTHS = 12
BLANK = "-"


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """Told once, when a programme is made."""
    told = read("maturity").get(programme.slug)
    if told is None:
        return []
    by = cast.accounts["facilitator"]
    known = working_day(story.months_ago(LONDON_KNOWN_MONTHS), 3, 9)
    found: list[Event] = [(known, partial(published.load_london, by=by, at=known))]
    for each in told["reviews"]:
        at = story.not_later(working_day(story.months_ago(each["months_ago"]), 5, 10))
        found.append((at, partial(_review, told, each, by, at, story.today)))
        for advice in each.get("followed", []):
            found += _Followed(programme, story, cast, each["title"], advice).events()
    return found


def _review(told: Told, each: Told, by: User, at: datetime, today: date) -> None:
    """A whole review: begun, scored alone, talked about, agreed, and released where the story says so."""
    told = told | {name: each[name] for name in ("place", "participants") if name in each}
    place = Place.objects.get(name=told["place"])
    before = Review.objects.filter(place=place, is_example=True).first()
    begun, closed = at, at + timedelta(hours=3)
    when = FuzzyDate.month(at.year, at.month, month_words(at.date()))
    kind = Kind.AGAIN if before else Kind.SELF
    closes_on = today + timedelta(days=each["closes_in_days"]) if "closes_in_days" in each else None
    about = About(
        place, kind, each["title"], when, each["purpose"], closes_on=closes_on, follows=before, is_example=True
    )
    review = reviews.begin(about=about, framework=Framework.objects.get(number=1), by=by, at=begun)
    people = _people(review, told, by, begun)
    review = _move(review, State.SCORING, by, begun)
    elements = _elements(review)
    for place_in_list, (who, leans) in enumerate(people):
        if not leans:  # somebody who has not begun
            continue
        answers = _answers(who, leans, told, each, elements)
        for code, levels in each.get("splits", {}).items():
            answers[code] = Answer(levels[place_in_list])
        scoring.score(participant=who, answers=answers, at=begun)
    _evidence(review, each, by, begun, today)
    if each["ends"] == "scoring":
        return
    review = _move(review, State.WORKSHOP, by, closed)
    agreements = _agreements(told, each, elements, closed)
    scoring.agree_many(review=review, agreements=agreements, by=by, at=closed)
    domains = {domain.code: domain for domain in Domain.objects.filter(framework=review.framework)}
    findings = [noting.Found(kind, domains[code], text) for code, kind, text in each["findings"]]
    noting.find(review=review, findings=findings, by=by, at=closed)
    review = _move(review, State.AGREED, by, closed)
    if each["ends"] == "released":
        _move(review, State.RELEASED, by, closed)


def _evidence(review: Review, each: Told, by: User, at: datetime, today: date) -> None:
    """What bears the levels out: of the product's own, and with a day after which it counts no longer."""
    for told in each.get("evidence", []):
        slug, title = told.get("milestone", ("", ""))
        shown = noting.Shown(
            told["kind"],
            told["title"],
            told.get("url", ""),
            milestone=Milestone.objects.filter(workstream__slug=slug, title=title).first() if slug else None,
            expires_on=today + timedelta(days=told["expires_in_days"]) if "expires_in_days" in told else None,
        )
        element = Element.objects.get(domain__framework=review.framework_id, code=told["element"])
        noting.add_evidence(review=review, element=element, shown=shown, by=by, at=at)


def _move(review: Review, to: State, by: User, at: datetime) -> Review:
    return reviews.move(review=review, to=to, version=review.version, by=by, at=at)


def _people(review: Review, told: Told, by: User, at: datetime) -> list[tuple[Participant, list[int]]]:
    organisations = {each.name: each for each in Organisation.objects.all()}
    found = []
    for each in told["participants"]:
        organisation = organisations[each["organisation"]] if each["organisation"] else None
        part = Part(each["name"], each["sector"], each["domains"], organisation, email=each.get("email", ""))
        found.append((reviews.add_participant(review=review, part=part, by=by, at=at)[0], each["leans"]))
    return found


def _elements(review: Review) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for element in Element.objects.filter(domain__framework=review.framework_id).select_related("domain"):
        found.setdefault(element.domain.code, []).append(element)
    return found


def _answers(
    who: Participant, leans: list[int], told: Told, each: Told, elements: dict[str, list[Element]]
) -> dict[str, Answer]:
    """What somebody scored: the story's level, leaning as they lean."""
    found = {}
    for code in who.domains:
        for index, (element, level) in enumerate(zip(elements[code], each["base"][code], strict=False)):
            leaning = max(LOWEST, min(HIGHEST, int(level) + leans[index % len(leans)]))
            reason = told["reasons"].get(element.code, "") if who.sector == told["reasons_of"] else ""
            found[element.code] = Answer(leaning, reason)
    return found


def _agreements(
    told: Told, each: Told, elements: dict[str, list[Element]], at: datetime
) -> list[tuple[Element, Agreement, int]]:
    """What the workshop agreed; where it could not, that is written down instead."""
    found = []
    later = add_months(at.date().replace(day=1), AMBITION_MONTHS)
    for code, levels in each["agreed"].items():
        for element, level in zip(elements[code], levels, strict=False):
            dissent = told["dissent"].get(element.code, "")
            agreed = Agreement(
                level=None if level == BLANK else int(level),
                rationale="Example: what most partners see where they work.",
                decided_by="The workshop of the partners",
                decided_on=at.date(),
                dissent=dissent or ("Nobody would move." if level == BLANK else ""),
                ambition=min(HIGHEST, int(level) + 1) if level != BLANK and int(level) < HIGHEST else None,
                ambition_by=later if level != BLANK else None,
            )
            found.append((element, agreed, 0))
    return found


class _Followed:
    """What was made of a finding or an element: taken forward, decided, worked on, closed."""

    def __init__(self, programme: Programme, story: StoryTime, cast: Cast, review: str, told: Told) -> None:
        self.programme, self.story, self.cast, self.review, self.told = programme, story, cast, review, told
        self.key = 0

    def events(self) -> list[Event]:
        """Each at its time."""
        steps = (
            ("months_ago", self._forward),
            ("decided_months_ago", self._decide),
            ("closed_months_ago", self._close),
        )
        return [
            (at, partial(step, at))
            for number, (name, step) in enumerate(steps)
            if name in self.told
            for at in [self.story.not_later(working_day(self.story.months_ago(self.told[name]), 10 + number, 11))]
        ]

    @property
    def _made(self) -> Recommendation:
        return Recommendation.objects.get(pk=self.key)

    def _forward(self, at: datetime) -> None:
        review = Review.objects.select_related("place", "framework").get(title=self.review)
        taken = following.take_forward(
            review=review,
            text=self.told["text"],
            place=review.place,
            finding=review.findings.filter(text=self.told["finding"]).first() if self.told["finding"] else None,
            element=Element.objects.get(domain__framework=review.framework_id, code=self.told["element"]),
            by=self.cast.accounts["facilitator"],
            at=at,
        )
        self.key = taken.recommendation_id

    def _decide(self, at: datetime) -> None:
        told, made = self.told, self._made
        takes: dict[str, Any] = {}
        if "owner" in told:
            day = self.story.today + timedelta(weeks=told["in_weeks"])
            takes = {"owner": self.cast.people[told["owner"]], "wanted_by": day}
        said = Decision(told["decision"], told["reason"], told.get("adapted", ""), **takes)
        made = delivery.decide(
            recommendation=made, said=said, version=made.version, by=self.cast.accounts["slt"], at=at
        )
        if "work" in told:
            slug, title = told["work"]
            workstream = Workstream.objects.get(programme=self.programme, slug=slug)
            milestone = Milestone.objects.get(workstream=workstream, title=title)
            by = self.cast.accounts["office"]
            delivery.put_to_work(recommendation=made, workstream=workstream, milestone=milestone, by=by, at=at)

    def _close(self, at: datetime) -> None:
        made = self._made
        by = self.cast.accounts["office"]
        delivery.close(recommendation=made, evidence=self.told["closed"], version=made.version, by=by, at=at)

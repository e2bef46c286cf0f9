"""What became of a review: its recommendations with their work, and what the next review says of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thrive import threads
from thrive.maturity import read, scoring, words
from thrive.maturity.models import Finding, Review, ReviewQuerySet, TakenForward
from thrive.maturity.scoring import Kind, State
from thrive.models import Recommendation
from thrive.thread import Life
from thrive.threads import Thread

DONE = frozenset({Life.DONE, Life.CLOSED})


@dataclass(frozen=True)
class Followed:
    """A recommendation that was made of a review, how it stands, and what a later review says of its element."""

    taken: TakenForward
    thread: Thread
    rescored: str

    @property
    def is_done(self) -> bool:
        """Whether its work is done, whatever the evidence."""
        return self.thread.life in DONE


@dataclass(frozen=True)
class FindingLine:
    """A finding, and what was made of it."""

    finding: Finding
    rows: tuple[Followed, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Whether the review recommended it and nobody has taken it forward."""
        return self.finding.kind == words.ADVICE and not self.rows


@dataclass(frozen=True)
class Aftermath:
    """Everything that was made of one review."""

    rows: tuple[Followed, ...]
    lines: tuple[FindingLine, ...]

    @property
    def waiting(self) -> list[FindingLine]:
        """What the review recommended, and nobody has taken forward."""
        return [line for line in self.lines if line.is_waiting]

    @property
    def quiet(self) -> list[FindingLine]:
        """Findings that ask for nothing, and of which nothing was made."""
        return [line for line in self.lines if not line.rows and not line.is_waiting]

    @property
    def sentence(self) -> str:
        """What a reader needs to know now."""
        lives = [row.thread.life for row in self.rows]
        return words.aftermath_sentence(
            waiting=len(self.waiting),
            undecided=lives.count(Life.UNDECIDED),
            without_work=sum(life.lacks_work for life in lives),
            living=lives.count(Life.LIVING),
            done=sum(life in DONE for life in lives),
            declined=lives.count(Life.DECLINED),
        )


def aftermath(review: Review, findings: Sequence[Finding], later: Review | None, day: date) -> Aftermath:
    """What became of a review. `later` is a newer review of the place that the reader may see, or None."""
    taken = list(TakenForward.objects.filter(review=review).select_related("finding__domain", "element__domain"))
    again = rescored(review, later, taken)
    found = _threads(taken, day)
    rows = tuple(Followed(each, found[each.recommendation_id], again.get(each.element_id or 0, "")) for each in taken)
    lines = (FindingLine(each, tuple(row for row in rows if row.taken.finding_id == each.pk)) for each in findings)
    return Aftermath(rows, tuple(lines))


def _threads(taken: Sequence[TakenForward], day: date) -> dict[int, Thread]:
    if not taken:
        return {}
    wanted = Recommendation.objects.filter(pk__in=[each.recommendation_id for each in taken])
    return {each.recommendation.pk: each for each in threads.threads(wanted, day)}


def rescored(review: Review, later: Review | None, taken: Sequence[TakenForward]) -> dict[int, str]:
    """For each element that something was to lift, what the later review says of it; empty where it cannot be told."""
    if later is None or review.sort is Kind.VISIT or not any(each.element_id for each in taken):
        return {}
    tool = read.tool_of(review.framework)
    try:
        rows = {row.code: row for row in read.side_by_side([review, later], tool)}
    except scoring.NotComparable:
        return {}
    elements = {each.element_id: each.element for each in taken if each.element}
    return {
        key: words.change_words(row.change, tool.names, row.levels[-1])
        for key, element in elements.items()
        if key and (row := rows.get(element.code)) and row.change is not None
    }


def later_of(review: Review, readable: ReviewQuerySet) -> Review | None:
    """The newest later review of the same place that was released, among those that may be read.

    What is not released is not told on a page that says that everybody may read it.
    """
    newer = readable.filter(place=review.place_id, period_until__gt=review.period_until)
    return newer.exclude(kind=Kind.VISIT).filter(state=State.RELEASED).first()


def done_since(review: Review, day: date) -> Mapping[str, list[Thread]]:
    """By the code of its element, what was recommended in earlier reviews for this place and has been done since.

    These are the elements to look at with fresh eyes.
    """
    if review.sort is Kind.VISIT:
        return {}
    earlier = TakenForward.objects.filter(
        recommendation__place=review.place_id, element__isnull=False, review__period_until__lt=review.period_until
    )
    if review.follows:
        earlier = earlier.exclude(recommendation__closed_on__lt=review.follows.period_from)
    taken = list(earlier.select_related("element__domain"))
    codes = _codes(taken, review)
    found: dict[str, list[Thread]] = defaultdict(list)
    told = _threads(taken, day)
    for each in taken:
        thread = told[each.recommendation_id]
        if thread.life in DONE and (code := codes.get(each.element_id or 0)):
            found[code].append(thread)
    return dict(found)


def _codes(taken: Sequence[TakenForward], review: Review) -> dict[int, str]:
    """What the elements are called in the review's version; nothing where nobody joined the versions."""
    versions = {each.element.domain.framework_id for each in taken if each.element} - {review.framework_id}
    pairs = {
        (source, old): new
        for (source, _), found in (read.crosswalks(versions, review.framework_id) if versions else {}).items()
        for old, new in found
    }
    return {
        each.element.pk: code
        for each in taken
        if each.element
        and (
            code := each.element.code
            if each.element.domain.framework_id == review.framework_id
            else pairs.get((each.element.domain.framework_id, each.element.code), "")
        )
    }

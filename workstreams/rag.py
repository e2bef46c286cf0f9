"""The derived rating: what the rules make of a workstream's facts, with every reason in words. Pure.

The rules are those printed on the programme's page of thresholds. Each reason names the fact and the threshold it
crossed. What nobody has recorded is *not known*: it never makes a rating better and is named beside it. Promises
(last month's next steps) are no input, because people would stop making them.

Silence is shown instead of a colour; what the facts alone would say stays readable in the reasons.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from programme.status import Rag
from programme.wording import counted, listed


@dataclass(frozen=True)
class Thresholds:
    """Every number of the rules. The defaults are those a new programme starts with."""

    red_overdue_days: int = 30
    red_critical_overdue_days: int = 0
    red_critical_slip_days: int = 90
    red_ask_working_days: int = 10
    amber_overdue_days: int = 0
    amber_slip_days: int = 30
    amber_moves: int = 2
    amber_risk_score: int = 15

    def problems(self) -> dict[str, str]:
        """What contradicts itself, by field: an Amber rule must not start later than the Red rule above it."""
        found = {}
        if self.amber_overdue_days > self.red_overdue_days:
            found["amber_overdue_days"] = "Amber must not start after Red: enter no more days than for Red"
        if self.amber_slip_days > self.red_critical_slip_days:
            found["amber_slip_days"] = "Amber must not start after Red: enter no more days than for Red"
        return found


@dataclass(frozen=True)
class MilestoneFact:
    """A milestone nobody has called done. `slip_days` is how far its forecast lies behind its baseline, if known."""

    title: str
    is_critical: bool = False
    days_overdue: int = 0
    slip_days: int | None = None
    moves: int = 0


@dataclass(frozen=True)
class AskFact:
    """An ask marked blocking that nobody has answered, with the working days since its wanted-by day."""

    text: str
    working_days_past: int


@dataclass(frozen=True)
class IssueFact:
    """An open issue."""

    text: str
    is_high: bool


@dataclass(frozen=True)
class RiskFact:
    """An open risk, and whether an action against it is open and not past its day."""

    text: str
    score: int
    has_current_action: bool


@dataclass(frozen=True)
class MeasureFact:
    """A measure's latest point and what its process can do."""

    name: str
    is_concern: bool = False
    cannot_meet_target: bool = False


class UpdateIn(StrEnum):
    """Whether the update of the last due month is in."""

    IN = "in"
    MISSING = "missing"
    NOT_EXPECTED = "not_expected"


@dataclass(frozen=True)
class LastKnown:
    """The newest rating a lead has given, and how old it is."""

    rating: Rag
    month_words: str
    days_old: int

    @property
    def words(self) -> str:
        """As 'Amber for August 2026, 48 days old'."""
        return f"{self.rating.word} for {self.month_words}, {counted(self.days_old, 'day')} old"


@dataclass(frozen=True)
class Facts:
    """What is known of a workstream on a day. None means that nobody has recorded any of it."""

    milestones: Sequence[MilestoneFact] | None = None
    asks: Sequence[AskFact] | None = None
    issues: Sequence[IssueFact] | None = None
    risks: Sequence[RiskFact] | None = None
    measures: Sequence[MeasureFact] | None = None
    update: UpdateIn = UpdateIn.NOT_EXPECTED
    month_words: str = ""
    due_words: str = ""
    undated_milestones: int = 0
    last_known: LastKnown | None = None
    is_closed: bool = False


@dataclass(frozen=True)
class Reason:
    """One rule that applies: the fact in words, and the threshold it crossed."""

    rating: Rag
    fact: str
    threshold: str

    @property
    def words(self) -> str:
        """As 'A milestone, X, is 45 days past its latest possible day (Red: more than 30 days)'."""
        return f"{self.fact} ({self.rating.word}: {self.threshold})"


@dataclass(frozen=True)
class Derived:
    """What the rules say. `reasons` are worst first, silence before all; `not_known` names what nobody has recorded."""

    rating: Rag
    sentence: str
    reasons: tuple[Reason, ...] = ()
    not_known: tuple[str, ...] = ()
    last_known: LastKnown | None = field(default=None)

    @property
    def facts_say(self) -> Rag | None:
        """The worst colour among the reasons, also where silence is shown instead; None where no rule applies."""
        colours = [reason.rating for reason in self.reasons if reason.rating in {Rag.RED, Rag.AMBER}]
        return min(colours, key=lambda rag: rag.severity, default=None)

    @property
    def not_known_sentence(self) -> str:
        """'Not known: measures and risks.', or nothing where everything is known."""
        return f"Not known, and so not counted as good: {listed(self.not_known)}." if self.not_known else ""


def derive(facts: Facts, thresholds: Thresholds) -> Derived:
    """The rating the rules give, with its reasons."""
    if facts.is_closed:
        return Derived(Rag.COMPLETE, "The workstream is closed to business as usual.", last_known=facts.last_known)
    found = sorted(_crossed(facts, thresholds), key=lambda reason: reason.rating.severity)
    unknown = tuple(_not_known(facts))
    worst = min((reason.rating for reason in found), key=lambda rag: rag.severity, default=None)
    if facts.update is UpdateIn.MISSING:
        silent = Reason(Rag.NOT_REPORTED, f"No update for {facts.month_words} is in", f"due on {facts.due_words}")
        words = _silent_sentence(facts, worst)
        return Derived(Rag.NOT_REPORTED, words, (silent, *found), unknown, facts.last_known)
    if worst:
        words = f"The rules say {worst.word}: {counted(len(found), 'reason')}."
        return Derived(worst, words, tuple(found), unknown, facts.last_known)
    if facts.update is UpdateIn.NOT_EXPECTED:
        words = "No rule for Red or Amber applies, and no update has been due yet."
        return Derived(Rag.NOT_RATED, words, (), unknown, facts.last_known)
    words = f"No rule for Red or Amber applies and the update for {facts.month_words} is in."
    return Derived(Rag.GREEN, words, (), unknown, facts.last_known)


COLOURS = frozenset({Rag.RED, Rag.AMBER, Rag.GREEN})
REASONS_IN_A_QUESTION = 3


def is_better(one: Rag, other: Rag) -> bool:
    """Whether one rating claims more than the other. Silence and what is not rated claim nothing."""
    return {one, other} <= COLOURS and one.severity > other.severity


def question(declared: Rag, derived: Derived) -> str:
    """What the lead is asked where they declare better than the rules say; empty where they do not."""
    if not is_better(declared, derived.rating):
        return ""
    because = [reason.words for reason in derived.reasons if reason.rating is derived.rating]
    shown, more = because[:REASONS_IN_A_QUESTION], len(because) - REASONS_IN_A_QUESTION
    said = "; ".join(words[:1].lower() + words[1:] for words in shown)
    further = f"; and {counted(more, 'more reason')}" if more > 0 else ""
    return f"The rules say {derived.rating.word} because {said}{further}. Why is it {declared.word}?"


def _silent_sentence(facts: Facts, worst: Rag | None) -> str:
    known = facts.last_known
    said = f"The last rating known is {known.words}." if known else "No rating is known."
    alone = f" The facts alone would say {worst.word}." if worst else ""
    return f"No update for {facts.month_words} is in. {said}{alone}"


def _crossed(facts: Facts, limits: Thresholds) -> Iterator[Reason]:
    for milestone in facts.milestones or ():
        yield from _milestone_reasons(milestone, limits)
    for ask in facts.asks or ():
        if ask.working_days_past >= limits.red_ask_working_days:
            past = counted(ask.working_days_past, "working day")
            limit = f"{counted(limits.red_ask_working_days, 'working day')} or more"
            yield Reason(Rag.RED, f"A blocking ask, {_quoted(ask.text)}, is unanswered {past} after its day", limit)
    for issue in facts.issues or ():
        if issue.is_high:
            yield Reason(Rag.AMBER, f"An issue, {_quoted(issue.text)}, is open", "an open issue rated high")
    for risk in facts.risks or ():
        if risk.score >= limits.amber_risk_score and not risk.has_current_action:
            fact = f"A risk, {_quoted(risk.text)}, scores {risk.score} and has no current action"
            yield Reason(Rag.AMBER, fact, f"a score of {limits.amber_risk_score} or more without a current action")
    for measure in facts.measures or ():
        yield from _measure_reasons(measure)


def _milestone_reasons(milestone: MilestoneFact, limits: Thresholds) -> Iterator[Reason]:
    """The worst reason for being late and the worst for having moved, so that one fact is not said twice."""
    late, named = milestone.days_overdue, _quoted(milestone.title)
    past = f"is {counted(late, 'day')} past its latest possible day"
    if late > limits.red_overdue_days:
        fact = f"A milestone, {named}, {past} with no new forecast"
        yield Reason(Rag.RED, fact, _more_than(limits.red_overdue_days))
    elif milestone.is_critical and late > limits.red_critical_overdue_days:
        limit = _more_than(limits.red_critical_overdue_days)
        yield Reason(Rag.RED, f"A critical milestone, {named}, {past}", f"critical, {limit}")
    elif late > limits.amber_overdue_days:
        yield Reason(Rag.AMBER, f"A milestone, {named}, {past}", _more_than(limits.amber_overdue_days))
    slip = milestone.slip_days or 0
    moved = f"is forecast {counted(slip, 'day')} after its baseline"
    if milestone.is_critical and slip > limits.red_critical_slip_days:
        limit = _more_than(limits.red_critical_slip_days)
        yield Reason(Rag.RED, f"A critical milestone, {named}, {moved}", f"critical, {limit}")
    elif slip > limits.amber_slip_days:
        yield Reason(Rag.AMBER, f"A milestone, {named}, {moved}", _more_than(limits.amber_slip_days))
    if milestone.moves >= limits.amber_moves:
        times = counted(milestone.moves, "time")
        limit = f"{counted(limits.amber_moves, 'time')} or more"
        yield Reason(Rag.AMBER, f"A milestone, {named}, has been moved {times}", limit)


def _measure_reasons(measure: MeasureFact) -> Iterator[Reason]:
    named = _quoted(measure.name)
    if measure.is_concern:
        limit = "a latest point of special-cause concern"
        yield Reason(Rag.AMBER, f"A measure, {named}, gives cause for concern", limit)
    if measure.cannot_meet_target:
        limit = "a target the process cannot meet"
        yield Reason(Rag.AMBER, f"A measure, {named}, will not meet its target as things are", limit)


def _not_known(facts: Facts) -> Iterator[str]:
    inputs: Iterable[tuple[str, object]] = (
        ("milestones", facts.milestones),
        ("asks", facts.asks),
        ("issues", facts.issues),
        ("risks", facts.risks),
        ("measures", facts.measures),
    )
    yield from (name for name, given in inputs if given is None)
    if facts.undated_milestones:
        yield f"the {'date' if facts.undated_milestones == 1 else 'dates'} of " + counted(
            facts.undated_milestones, "milestone"
        )


def _more_than(days: int) -> str:
    return f"more than {counted(days, 'day')}"


LONGEST = 120


def _quoted(text: str) -> str:
    """The fact's own words, shortened where they are long, in quotation marks."""
    words = " ".join(text.split())
    return f"‘{words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + '…'}’"

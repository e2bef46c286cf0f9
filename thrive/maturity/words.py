"""The words of maturity reviews: kinds, states, sectors and the sentences made from them. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from programme.wording import counted, listed
from thrive.maturity.scoring import Completeness, Kind, Median, Spread, Standing, State

KINDS: Final = (
    (Kind.SELF.value, "Self-review"),
    (Kind.AGAIN.value, "Re-review"),
    (Kind.VISIT.value, "Visit from outside"),
)
KIND_HINTS: Final = {
    Kind.SELF.value: "The partners score themselves, then agree.",
    Kind.AGAIN.value: "The same, some time after an earlier review.",
    Kind.VISIT.value: "Reviewers from outside wrote down what they found. There are no scores.",
}
STATES: Final = (
    (State.DRAFT.value, "Being prepared"),
    (State.SCORING.value, "Everybody scores alone"),
    (State.WORKSHOP.value, "Workshop"),
    (State.AGREED.value, "Agreed"),
    (State.RELEASED.value, "Released"),
)
SECTORS: Final = (
    ("nhs", "NHS"),
    ("council", "Council"),
    ("schools", "Schools and colleges"),
    ("voluntary", "Voluntary sector"),
    ("primary_care", "Primary care"),
    ("young_people", "Young people"),
    ("parents", "Parents and carers"),
)
SECTOR_WORDS: Final = dict(SECTORS)
STRENGTH, FOUND, ADVICE = "strength", "finding", "advice"
FINDINGS: Final = (
    (STRENGTH, "What works well"),
    (FOUND, "What was found"),
    (ADVICE, "What was recommended"),
)
EVIDENCE_KINDS: Final = (
    ("link", "A web page"),
    ("document", "A document"),
    ("milestone", "A milestone of a workstream"),
    ("update", "A monthly update"),
)
PRACTICES: Final = (("practice", "Best practice"), ("tool", "Tool"))
LINK_STATES: Final = (
    ("unknown", "Not checked"),
    ("works", "The link works"),
    ("moved", "The link leads somewhere else"),
    ("dead", "The link no longer works"),
    ("none", "There is no link"),
)
# What each step says on its button, and what it means before it is taken.
STEPS: Final = {
    State.SCORING: ("Open the scoring", "Participants with a link can score by themselves until the round closes."),
    State.WORKSHOP: (
        "Close the round",
        "Nobody can change a score after that, and everybody who takes part sees all scores with their reasons.",
    ),
    State.AGREED: ("Finish the workshop", "What was agreed stands as it is. What was not agreed stays not agreed."),
    State.RELEASED: (
        "Release the review",
        "Everybody in the programme can read it, commissioners among them. Nothing of it can be changed after that.",
    ),
}
# The same in history, where it has been done.
TAKEN: Final = {
    State.SCORING: "Opened the scoring",
    State.WORKSHOP: "Closed the round",
    State.AGREED: "Finished the workshop",
    State.RELEASED: "Released the review",
}
TAKEN_BACK: Final = "Went back to the workshop"
BACK: Final = ("Go back to the workshop", "What was agreed stays, and can be agreed anew.")


def under_way_sentence(running: Sequence[tuple[str, str]]) -> str:
    """Reviews that are not released yet, each by its title and how it stands."""
    each = [f"{title} ({stands[:1].lower()}{stands[1:]})" for title, stands in running]
    return f"{counted(len(running), 'review is', 'reviews are')} under way: {listed(each)}."


def audience(state: State, *, public: bool) -> str:
    """Who may read a review: stamped on every page and every export."""
    if public:
        return "Published by those who made it. Everybody may read it."
    if state is State.RELEASED:
        return "Released to the programme: its staff and its commissioners."
    return "For the partnership only, until it is released. Do not pass it on."


def level_words(median: Median | None, names: Mapping[int, str]) -> str:
    """A median in words: one level, or between two."""
    if median is None:
        return "Not assessed"
    if median.is_between:
        return f"Between {names[median.low]} and {names[median.high]}"
    return names[median.low]


def spread_words(spread: Spread, names: Mapping[int, str]) -> str:
    """One element's scores as a sentence."""
    if not spread.rated:
        return "Nobody gave a level."
    said = f"{counts_words(spread.counts, names)}."
    if spread.cannot_say:
        said += f" {counted(spread.cannot_say, 'person', 'people')} could not say."
    if spread.silent:
        said += f" {counted(spread.silent, 'person', 'people')} said nothing."
    return said


def counts_words(counts: Mapping[int, int], names: Mapping[int, str]) -> str:
    """How many stand where, the highest level first: a distribution, never a mean."""
    return listed([f"{count} {names[level]}" for level, count in sorted(counts.items(), reverse=True)])


def standing_words(standing: Standing, names: Mapping[int, str]) -> str:
    """Where a domain stands, as a sentence."""
    if not standing.agreed:
        return f"None of its {standing.elements} elements is agreed."
    rest = f" {standing.not_agreed} not agreed." if standing.not_agreed else ""
    return f"{counts_words(standing.counts, names)}.{rest}"


def completeness_words(done: Completeness) -> str:
    """How far somebody has come."""
    if done.asked == 0:
        return "Not asked about any domain"
    if done.is_silent:
        return f"Nothing yet of {done.asked}"
    return "All answered" if done.is_done else f"{done.answered} of {done.asked} answered"


LETTER_LATER: Final = "Their link is emailed when the scoring is opened"


def letter_words(state: str) -> str:
    """What became of the e-mail with a personal link."""
    return f"Link emailed: {state[:1].lower()}{state[1:]}"


def absent_words(sectors: Sequence[str]) -> str:
    """The sectors that are not at the table."""
    if not sectors:
        return "Every sector takes part."
    return f"Not at the table: {listed([SECTOR_WORDS[sector] for sector in sectors])}."


def review_sentence(
    *,
    kind: Kind,
    state: State,
    progress: Collection[Completeness],
    agreed: int,
    elements: int,
    split: int,
    findings: int,
    stands: str = "",
) -> str:
    """What a reader of a review needs to know now."""
    if kind is Kind.VISIT:
        return f"Reviewers from outside wrote down {counted(findings, 'point', 'points')}. Nobody was scored."
    if state is State.DRAFT:
        who = counted(len(progress), "participant is", "participants are")
        return f"{who} named. Scoring has not begun."
    if state is State.SCORING:
        done, silent = sum(p.is_done for p in progress), sum(p.is_silent for p in progress)
        begun = f"{silent} {'has' if silent == 1 else 'have'} not begun"
        return f"{done} of {len(progress)} participants have answered everything; {begun}."
    agreed_words = f"{agreed} of {elements} elements are agreed"
    if state is State.WORKSHOP:
        return (
            f"{agreed_words}. On {counted(split, 'element', 'elements')} the scores are split: talk about these first."
        )
    stand = f": {stands}" if stands else ""
    if agreed == elements:
        return f"All {elements} elements are agreed{stand}."
    return f"{agreed_words}{stand}. {elements - agreed} were not assessed."


def aftermath_sentence(
    *, waiting: int, undecided: int, without_work: int, living: int, done: int, declined: int
) -> str:
    """What became of what a review recommended."""
    made = [
        (undecided, f"{undecided} {'waits' if undecided == 1 else 'wait'} for a decision"),
        (without_work, f"{without_work} {'was' if without_work == 1 else 'were'} accepted without work for it"),
        (living, f"{living} {'is' if living == 1 else 'are'} being worked on"),
        (done, f"{done} {'is' if done == 1 else 'are'} done"),
        (declined, f"{declined} {'was' if declined == 1 else 'were'} declined"),
    ]
    total = undecided + without_work + living + done + declined
    said = [text for count, text in made if count]
    taken = (
        f"{counted(total, 'recommendation')} taken forward: {listed(said)}." if total else "Nothing taken forward yet."
    )
    if waiting:
        them = "recommendation of the review is" if waiting == 1 else "recommendations of the review are"
        taken += f" {waiting} {them} not taken forward."
    return taken


def moved_words(changes: Sequence[int]) -> str:
    """How many elements of a domain moved since the review before."""
    if not changes:
        return "Cannot be compared"
    counts = (
        (sum(change > 0 for change in changes), "higher"),
        (sum(change < 0 for change in changes), "lower"),
        (sum(change == 0 for change in changes), "the same"),
    )
    return f"{listed([f'{count} {word}' for count, word in counts if count])}"


def change_words(change: int | None, names: Mapping[int, str], now: int | None) -> str:
    """What became of an element since the review before."""
    if change is None or now is None:
        return "Cannot be compared"
    if change == 0:
        return f"Still {names[now]}"
    return f"From {names[now - change]} to {names[now]}"

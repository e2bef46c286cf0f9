"""The answer first: decisions asked of the board, the sentence, what needs attention, and what has changed. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from programme.dates import day_words
from programme.status import PlanState, Rag
from programme.wording import counted, listed
from reporting.board_blocks import Asked, Block, Bullets, Counts, Heading, Section, Text
from reporting.board_facts import BoardFacts
from reporting.board_parts.wording import ended, more_words
from reporting.editions import Edition
from reporting.sentences import on_track_sentence, overdue_sentence, updates_sentence
from workstreams.reported import AskTold

MOST_ASKS, MOST_POINTS, MOST_CHANGES = 12, 15, 40


def waiting(facts: BoardFacts) -> list[AskTold]:
    """What waits for an answer from above, the most pressing first."""
    return [ask for ask in facts.asks if not ask.answer]


def asked(facts: BoardFacts, most: int = MOST_ASKS) -> Asked:
    """The decisions asked of the board, in a box; it says so where there is none."""
    asks = waiting(facts)
    if not asks:
        return Asked("No decision is asked of the board", ())
    items = tuple((ask.text, _about(facts, ask)) for ask in asks[:most])
    title = f"{counted(len(asks), 'decision')} {'is' if len(asks) == 1 else 'are'} asked of the board"
    return Asked(title, items, more_words(len(asks) - most, "ask", where="the pages of their workstreams"))


def _about(facts: BoardFacts, ask: AskTold) -> str:
    parts = [facts.name_of(ask.workstream), ask.age_words]
    if ask.is_blocking:
        parts.append("Work stands still until it is answered")
    return ". ".join(part for part in parts if part) + "."


def summary(facts: BoardFacts, edition: Edition) -> Iterator[Section]:
    """One page: decisions, the answer, ratings, what needs attention, whose update is missing."""
    told = facts.summary
    blocks: list[Block] = []
    if edition is Edition.FULL:
        blocks.append(asked(facts))
    blocks.append(Text(sentence_of(facts, edition), "lead"))
    if told.counts:
        blocks.append(Counts(told.counts))
    blocks += attention(facts, edition)
    blocks += [Heading("Updates"), Text(updates_words(facts))]
    if edition is Edition.FULL and facts.readiness.decision:
        blocks.append(Text(ended(facts.readiness.decision)))
    yield Section("summary", "Summary", tuple(blocks))


def sentence_of(facts: BoardFacts, edition: Edition) -> str:
    """The answer in words. Outside the trust it does not say where lead, rules and reviewer differ."""
    told = facts.summary
    if not edition.is_for_outside:
        return told.sentence
    late = sum(milestone.state is PlanState.OVERDUE for milestone in facts.milestones)
    parts = (
        on_track_sentence(told.counts),
        updates_sentence(told.updates_in, told.updates_expected, facts.period.label),
        overdue_sentence(late),
    )
    return " ".join(part for part in parts if part)


def attention(facts: BoardFacts, edition: Edition, most: int = MOST_POINTS) -> list[Block]:
    """What needs attention, most urgent first."""
    points = points_for(facts, edition)
    if not points:
        return [Heading("What needs attention"), Text("Nothing was found that needs attention.")]
    blocks: list[Block] = [Heading("What needs attention"), Bullets(tuple(points[:most]))]
    if len(points) > most:
        blocks.append(Text(more_words(len(points) - most, "point", where="the sections that follow"), "quiet"))
    return blocks


def points_for(facts: BoardFacts, edition: Edition) -> list[str]:
    """The points of the summary, and workstreams whose lead rates them better than others do."""
    points = [ended(point) for point in facts.summary.points]
    if edition.is_for_outside:
        return points
    for each in facts.workstreams:
        if each.differ and each.is_expected:
            lead = "no update is in" if each.rating is Rag.NOT_REPORTED else f"the lead says {each.rating.word}"
            points.append(f"{each.name}: {lead}, {_others(each.derived, each.assured, each.rating)}.")  # fmt: skip
    return points


def _others(derived: Rag | None, assured: Rag | None, lead: Rag) -> str:
    said = []
    if derived and derived is not lead:
        said.append(f"the rules say {derived.word}")
    if assured and assured is not lead:
        said.append(f"the assurance reviewer says {assured.word}")
    return listed(said) or "others say something else"


def updates_words(facts: BoardFacts) -> str:
    """How many updates were in, and whose were not."""
    told, month = facts.summary, facts.period.label
    if not told.updates_expected:
        return f"No updates were expected for {month}."
    expected = counted(told.updates_expected, "update")
    words = f"{told.updates_in} of {expected} for {month} were in when this report was made."
    if told.not_reported:
        words += f" Not reported: {listed(told.not_reported)}."
    return words


def changed(facts: BoardFacts, edition: Edition) -> Iterator[Section]:
    """What changed since the last published report, worst first."""
    yield Section("changes", "What changed", tuple(changes(facts, edition, MOST_CHANGES)))


def since_words(facts: BoardFacts) -> str:
    """With what the report compares itself."""
    if facts.since.report:
        return f"Compared with {facts.since.report}, which showed the programme as at {day_words(facts.since.day)}."
    return f"No report was published before this one, so it is compared with {day_words(facts.since.day)}."


def changes(facts: BoardFacts, _edition: Edition, most: int) -> list[Block]:
    """Changes under their headings."""
    found: dict[str, list[str]] = defaultdict(list)
    for change in facts.changes:
        found[change.heading].append(change.text)
    blocks: list[Block] = [Text(since_words(facts))]
    if not found:
        return [*blocks, Text("Nothing has changed.")]
    left = most
    for heading, texts in found.items():
        shown = texts[: max(left, 1)]
        blocks += [Heading(heading), Bullets(tuple(_ended(shown)))]
        if len(texts) > len(shown):
            blocks.append(Text(more_words(len(texts) - len(shown), "change"), "quiet"))
        left -= len(shown)
    return blocks


def _ended(texts: Sequence[str]) -> list[str]:
    return [ended(text) for text in texts]

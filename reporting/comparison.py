"""What is different between two reports, in sentences and in tables. Pure: two frozen contents in, words out.

Reads only what every version of the snapshot has had, and takes what is missing for not said, so that reports of years
ago can be laid beside today's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from programme.status import Rag
from programme.wording import counted, listed

Content = Mapping[str, Any]


@dataclass(frozen=True)
class RatingRow:
    """A workstream in both reports; None where a report does not know it."""

    name: str
    before: Rag | None
    after: Rag | None
    reason: str

    @property
    def changed(self) -> bool:
        """Whether the two reports say different things."""
        return self.before is not self.after


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone whose date or state the two reports tell differently. An empty text means it was not there."""

    workstream: str
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """Sentences first, then the rows behind them."""

    sentences: tuple[str, ...]
    ratings: tuple[RatingRow, ...]
    milestones: tuple[MilestoneRow, ...]


def compare(before: Content, after: Content) -> Comparison:
    """Hold a later report against an earlier one."""
    ratings = _ratings(before, after)
    milestones = _milestones(before, after)
    told = [*_rating_sentences(ratings), *_milestone_sentences(milestones, after), *_silence(after)]
    nothing = "Nothing that both reports tell of has changed between them."
    return Comparison(tuple(told) or (nothing,), tuple(ratings), tuple(milestones))


def _by_slug(content: Content) -> dict[str, Mapping[str, Any]]:
    return {each["slug"]: each for each in content.get("workstreams", ())}


def _ratings(before: Content, after: Content) -> list[RatingRow]:
    old, new = _by_slug(before), _by_slug(after)
    rows = [
        RatingRow(
            name=(new.get(slug) or old[slug])["name"],
            before=_rag(old.get(slug)),
            after=_rag(new.get(slug)),
            reason=new[slug].get("rating_reason", "") if slug in new else "",
        )
        for slug in dict.fromkeys([*new, *old])
    ]
    return sorted(rows, key=lambda row: (not row.changed, row.name))


def _rag(record: Mapping[str, Any] | None) -> Rag | None:
    return Rag(record["rating"]) if record else None


def _milestones(before: Content, after: Content) -> list[MilestoneRow]:
    old, new = _stated(before), _stated(after)
    return [
        MilestoneRow(*key, old.get(key, ""), new.get(key, ""))
        for key in dict.fromkeys([*new, *old])
        if old.get(key, "") != new.get(key, "")
    ]


def _told_milestones(content: Content) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    """Every milestone under its workstream's name. Until schema 2 they stood inside their workstream."""
    names = {}
    for stream in content.get("workstreams", ()):
        names[stream["slug"]] = stream["name"]
        for each in stream.get("milestones", ()):
            yield (stream["name"], each["title"]), each
    for each in content.get("milestones", ()):
        yield (names.get(each["workstream"], each["workstream"]), each["title"]), each


def _stated(content: Content) -> dict[tuple[str, str], str]:
    """What a report says of each milestone: its date and its state, in the report's own words."""
    return {
        key: f"{each['when']}: {each.get('state_words') or each.get('state_label', '')}"
        for key, each in _told_milestones(content)
    }


def _rating_sentences(rows: Sequence[RatingRow]) -> list[str]:
    told = [
        f"{row.name} went from {row.before.word} to {row.after.word}."
        for row in rows
        if row.changed and row.before and row.after
    ]
    if new := [row.name for row in rows if row.before is None]:
        told.append(f"New in the later report: {listed(new)}.")
    if gone := [row.name for row in rows if row.after is None]:
        told.append(f"No longer in the later report: {listed(gone)}.")
    return told


def _milestone_sentences(rows: Sequence[MilestoneRow], after: Content) -> list[str]:
    done = {key for key, each in _told_milestones(after) if each["state"] == "done"}
    finished = [row for row in rows if row.before and (row.workstream, row.title) in done]
    moved = [row for row in rows if row.before and row.after and _day(row.before) != _day(row.after)]
    moved = [row for row in moved if row not in finished]
    told = []
    if finished:
        told.append(f"{counted(len(finished), 'milestone')} completed: {listed([row.title for row in finished])}.")
    if moved:
        told.append(f"{counted(len(moved), 'milestone')} moved: {listed([row.title for row in moved])}.")
    if new := [row.title for row in rows if not row.before]:
        told.append(f"{counted(len(new), 'milestone')} added: {listed(new)}.")
    return told


def _day(stated: str) -> str:
    return stated.partition(": ")[0]


def _silence(after: Content) -> list[str]:
    silent = after.get("summary", {}).get("not_reported", [])
    return [f"The later report has no update from {listed(silent)}."] if silent else []

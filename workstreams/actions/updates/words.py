"""What stands in an update: the words of a draft and of a revision, and which revision stands as sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programme.models import Person
from workstreams.models import MonthlyUpdate, UpdateDraft, UpdateEvent, UpdateRevision
from workstreams.sections import Section

Items = Mapping[Section, Sequence[str]]


@dataclass(frozen=True)
class DraftWords:
    """What stands in the form: each section's text as typed, the rating chosen and its reason.

    The last two are for somebody of the office who types what a lead has told them.
    """

    sections: dict[str, str]
    rating: str = ""
    reason: str = ""
    on_behalf_of: Person | None = None
    source_note: str = ""


def standing_revision(update: MonthlyUpdate) -> UpdateRevision | None:
    """The revision that stands as sent now, or None: never sent, recalled or returned."""
    last = update.events.order_by("-at", "-pk").values_list("kind", flat=True).first()
    if last is None or last in UpdateEvent.WITHDRAWING:
        return None
    return update.revisions.order_by("-number").first()


def words_of(draft: UpdateDraft) -> DraftWords:
    """What a draft holds."""
    return DraftWords(draft.sections, draft.rating, draft.reason, draft.on_behalf_of, draft.source_note)


def text_of(revision: UpdateRevision) -> dict[str, str]:
    """A revision's bullets as they stand in the form: one on each line, by section."""
    lines: dict[str, list[str]] = {section.value: [] for section in Section}
    for item in revision.items.all():
        lines[item.section].append(item.text)
    return {section: "\n".join(texts) for section, texts in lines.items()}


def put(words: DraftWords, draft: UpdateDraft) -> None:
    """Set the words of a draft; saving is the caller's."""
    draft.sections, draft.rating, draft.reason = words.sections, words.rating, words.reason
    draft.on_behalf_of, draft.source_note = words.on_behalf_of, words.source_note


def wipe(draft: UpdateDraft) -> None:
    """Half-typed words are not kept; the version goes on counting so that an old tab is recognised."""
    put(DraftWords({}), draft)
    draft.version += 1
    draft.save()

"""What stands in an update: the words of a draft and of a revision, and which revision stands as sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from programme.dates import day_words
from programme.models import Person
from workstreams.models import MonthlyUpdate, Rating, UpdateDraft, UpdateEvent, UpdateRevision
from workstreams.sections import Section

Items = Mapping[Section, Sequence[str]]


@dataclass(frozen=True)
class DraftWords:
    """What stands in the form: each section's text as typed, the rating chosen and its reason.

    `on_behalf_of` and `source_note` are for somebody of the office who types what a lead has told them. `answers`
    holds every other field of the form by its name, as typed.
    """

    sections: dict[str, str]
    rating: str = ""
    reason: str = ""
    on_behalf_of: Person | None = None
    source_note: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything yet."""
        return not (any(t.strip() for t in self.sections.values()) or self.rating or self.reason or self.answers)


def standing_revision(update: MonthlyUpdate) -> UpdateRevision | None:
    """The revision that stands as sent now, or None: never sent, recalled or returned."""
    last = update.events.order_by("-at", "-pk").values_list("kind", flat=True).first()
    if last is None or last in UpdateEvent.WITHDRAWING:
        return None
    return update.revisions.order_by("-number").first()


def words_of(draft: UpdateDraft) -> DraftWords:
    """What a draft holds."""
    return DraftWords(draft.sections, draft.rating, draft.reason, draft.on_behalf_of, draft.source_note, draft.answers)


def text_of(revision: UpdateRevision, without: Collection[int] = ()) -> dict[str, str]:
    """A revision's bullets as they stand in the form: one on each line, by section; `without` leaves bullets out.

    The words of an update without a change are those it carries.
    """
    lines: dict[str, list[str]] = {section.value: [] for section in Section}
    for item in (revision.carries or revision).items.all():
        if item.pk not in without:
            lines[item.section].append(item.text)
    return {section: "\n".join(texts) for section, texts in lines.items()}


def carried_over(revision: UpdateRevision) -> set[int]:
    """The bullets that stand there because a promise was moved, not because somebody typed them."""
    return set(revision.outcomes.exclude(carried_to=None).values_list("carried_to", flat=True))


def promise_field(item: int, part: str) -> str:
    """The name of a field about a promise: its outcome, when or reason."""
    return f"promise-{item}-{part}"


def answers_of(revision: UpdateRevision) -> dict[str, str]:
    """What a revision says about earlier promises, as it was typed."""
    typed: dict[str, str] = {}
    for row in revision.outcomes.all():
        parts = {"outcome": row.outcome, "when": row.when_words, "reason": row.reason}
        typed |= {promise_field(row.item_id, part): text for part, text in parts.items() if text}
    return typed


def rating_answers(rating: Rating) -> dict[str, str]:
    """What was said with a rating beside its reason, as it was typed."""
    typed = {
        "confidence": rating.delivery_confidence,
        "path-action": rating.path_action,
        "path-owner": rating.path_owner_name,
        "path-by": day_words(rating.path_by) if rating.path_by else "",
    }
    return {name: text for name, text in typed.items() if text}


def typed_of(revision: UpdateRevision, without: Collection[int] = ()) -> dict[str, str]:
    """What a revision says, field by field, as it stands in the form; `without` leaves bullets out."""
    rating = revision.ratings.filter(kind=Rating.Kind.DECLARED).first()
    given = {"rating": rating.rating, "reason": rating.reason, **rating_answers(rating)} if rating else {}
    return {**text_of(revision, without), **answers_of(revision), **given}


def put(words: DraftWords, draft: UpdateDraft) -> None:
    """Set the words of a draft; saving is the caller's."""
    draft.sections, draft.rating, draft.reason = words.sections, words.rating, words.reason
    draft.on_behalf_of, draft.source_note = words.on_behalf_of, words.source_note
    draft.answers = dict(words.answers)


def wipe(draft: UpdateDraft) -> None:
    """Half-typed words are not kept; the version goes on counting so that an old tab is recognised."""
    put(DraftWords({}), draft)
    draft.version += 1
    draft.save()

"""The monthly update's form: three boxes of bullets, a rating and its reason."""

from typing import Any, Self

from django import forms

from programme.fields import BulletsField
from programme.status import DECLARABLE, Rag
from workstreams.actions.updates import DraftWords
from workstreams.models import UpdateDraft
from workstreams.sections import Section

LONGEST_SECTION = 10_000
LONGEST_REASON = 1_000


def _section_field(section: Section) -> BulletsField:
    return BulletsField(
        label=section.question, help_text=section.hint, required=False, max_length=LONGEST_SECTION, rows=7
    )


class UpdateForm(forms.Form):
    """One month's answers. `version` is the draft they were typed on; a later one means somebody else saved."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    progress = _section_field(Section.PROGRESS)
    risks = _section_field(Section.RISKS)
    next_steps = _section_field(Section.NEXT_STEPS)
    rating = forms.ChoiceField(
        label="How is the workstream going?",
        choices=[(rag.value, rag.word) for rag in DECLARABLE],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how the workstream is going"},
    )
    reason = forms.CharField(
        label="Why did you choose this rating?",
        help_text="Needed for Amber and Red. Say what happened, what you are doing about it and by when.",
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].choice_hints = {rag.value: rag.definition for rag in DECLARABLE}  # type: ignore[attr-defined]

    @classmethod
    def of(cls, draft: UpdateDraft | None) -> Self:
        """The form as the draft stands; empty where nothing has been typed yet."""
        if draft is None:
            return cls(initial={"version": 0})
        return cls(initial={"version": draft.version, "rating": draft.rating, "reason": draft.reason, **draft.sections})

    @classmethod
    def checking(cls, draft: UpdateDraft) -> Self:
        """The draft's words, checked as if they had just been typed."""
        return cls({"version": draft.version, "rating": draft.rating, "reason": draft.reason, **draft.sections})

    def clean(self) -> dict[str, Any]:
        """At least one point, and a reason unless Green."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(section.value) for section in Section) and not any(
            s.value in self.errors for s in Section
        ):
            self.add_error("progress", "Write at least one point")
        rating = cleaned.get("rating")
        if rating and rating != Rag.GREEN and not cleaned.get("reason"):
            self.add_error("reason", f"Say why the workstream is {Rag(rating).word}")
        return cleaned

    @property
    def items(self) -> dict[Section, list[str]]:
        """The bullets, by section, of a valid form."""
        return {section: self.cleaned_data[section.value] for section in Section}


def words_typed(data: Any) -> DraftWords:
    """What stands in the form, valid or not, so that a draft loses nothing. Cut at twice the longest allowed."""
    return DraftWords(
        sections={s.value: str(data.get(s.value, ""))[: 2 * LONGEST_SECTION] for s in Section},
        rating=data.get("rating", "") if data.get("rating") in {r.value for r in DECLARABLE} else "",
        reason=str(data.get("reason", ""))[: 2 * LONGEST_REASON],
    )


def version_typed_on(data: Any) -> int:
    """The version a form was opened on; anything unreadable counts as never."""
    text = str(data.get("version", ""))
    return int(text) if text.isdecimal() and len(text) < 9 else -1  # noqa: PLR2004 - fits an integer column

"""Forms of scoring: one domain for one person, and what was agreed of one element."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from programme.clock import today
from programme.fields import DatePartsField
from thrive.maturity.actions.scoring import Agreement
from thrive.maturity.models import Consensus, Element, Level, Score
from thrive.maturity.scoring import Answer
from workstreams.forms.private import PrivateForm

CANNOT = "cannot"
NO_NAMES = "Do not name young people or their families, and nothing that others would know them by."


@dataclass(frozen=True)
class ScoreRow:
    """The three fields of one element."""

    element: Element
    level: BoundField
    reason: BoundField
    evidence: BoundField


class ScoreForm(PrivateForm):
    """One person's answers to the elements of one domain. Whatever is left out stays unanswered."""

    def __init__(self, *args: Any, elements: Sequence[Element], levels: Sequence[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.elements = list(elements)
        choices = [(str(level.value), level.name) for level in levels] + [(CANNOT, "Cannot say")]
        for each in self.elements:
            self.fields[f"level-{each.code}"] = forms.ChoiceField(
                label=each.name, help_text=each.gist, choices=choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"reason-{each.code}"] = forms.CharField(
                label=f"Why? {each.name}", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"evidence-{each.code}"] = forms.CharField(
                label=f"Where can that be seen? {each.name}",
                help_text="A link, a document or a number.",
                max_length=500,
                required=False,
            )
        guarded = [f"{kind}-{each.code}" for each in self.elements for kind in ("reason", "evidence")]
        self.guarded = tuple(guarded)  # type: ignore[misc]  # which fields there are is known here, not in the class

    @staticmethod
    def initial_of(scores: Iterable[Score]) -> dict[str, str]:
        """What was answered before, as the form shows it."""
        found: dict[str, str] = {}
        for score in scores:
            code = score.element.code
            found[f"level-{code}"] = str(score.level.value) if score.level else CANNOT
            found[f"reason-{code}"], found[f"evidence-{code}"] = score.reason, score.evidence
        return found

    def clean(self) -> dict[str, Any]:
        """A reason belongs to an answer."""
        cleaned = super().clean()
        for each in self.elements:
            said = cleaned.get(f"reason-{each.code}") or cleaned.get(f"evidence-{each.code}")
            if said and not cleaned.get(f"level-{each.code}") and not self.has_error(f"level-{each.code}"):
                self.add_error(f"level-{each.code}", f"Choose a level for “{each.name}”, or ‘Cannot say’")
        return cleaned

    @property
    def rows(self) -> list[ScoreRow]:
        """The fields, element by element."""
        return [
            ScoreRow(e, self[f"level-{e.code}"], self[f"reason-{e.code}"], self[f"evidence-{e.code}"])
            for e in self.elements
        ]

    @property
    def answers(self) -> dict[str, Answer]:
        """A valid form's answers, by element."""
        found = {}
        for each in self.elements:
            chosen = self.cleaned_data[f"level-{each.code}"]
            if chosen:
                found[each.code] = Answer(
                    None if chosen == CANNOT else int(chosen),
                    self.cleaned_data[f"reason-{each.code}"],
                    self.cleaned_data[f"evidence-{each.code}"],
                )
        return found


NOT_AGREED = "none"


class AgreeForm(PrivateForm):
    """What was agreed of an element. Nothing is chosen beforehand, whatever people scored."""

    guarded: ClassVar = ("rationale", "dissent", "decided_by")

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    level = forms.ChoiceField(
        label="Which level was agreed?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the level that was agreed, or that there was no agreement"},
    )
    rationale = forms.CharField(
        label="Why this level?",
        help_text=f"What people said and what bears it out. {NO_NAMES}",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter why"},
    )
    dissent = forms.CharField(
        label="Who saw it differently, and why? (optional)",
        help_text="Write which sector, not which person. It is kept beside the level and printed with it.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decided_by = forms.CharField(
        label="Who decided?",
        help_text="A group or a role, such as ‘the workshop of 12 partners’.",
        max_length=200,
        error_messages={"required": "Enter who decided"},
    )
    decided_on = DatePartsField(label="On which day?", error_messages={"required": "Enter the day"})
    ambition = forms.ChoiceField(label="Where do you want to be? (optional)", required=False, widget=forms.RadioSelect)
    ambition_by = DatePartsField(label="By when?", required=False)

    def __init__(self, *args: Any, levels: Sequence[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level, ambition = self.fields["level"], self.fields["ambition"]
        named = [(str(each.value), each.name) for each in levels]
        level.choices = [*named, (NOT_AGREED, "We could not agree")]  # type: ignore[attr-defined]
        level.choice_hints = {str(each.value): each.guidance for each in levels}  # type: ignore[attr-defined]
        ambition.choices = [*named, (NOT_AGREED, "Not said")]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(before: Consensus | None) -> dict[str, Any]:
        """What was agreed before, if anything; never what people scored."""
        if before is None:
            return {"number": 0, "decided_on": today()}
        return {
            "number": before.number,
            "level": str(before.level.value) if before.level else NOT_AGREED,
            "rationale": before.rationale,
            "dissent": before.dissent,
            "decided_by": before.decided_by,
            "decided_on": before.decided_on,
            "ambition": str(before.ambition.value) if before.ambition else "",
            "ambition_by": before.ambition_by,
        }

    def clean_decided_on(self) -> date:
        """A day that has come."""
        on: date = self.cleaned_data["decided_on"]
        if on > today():
            raise forms.ValidationError("Enter a day that is not in the future")
        return on

    def clean(self) -> dict[str, Any]:
        """An ambition needs its day."""
        cleaned = super().clean()
        wanted = cleaned.get("ambition") not in {"", NOT_AGREED, None}
        if wanted and not cleaned.get("ambition_by") and not self.has_error("ambition_by"):
            self.add_error("ambition_by", "Enter by when that level is to be reached")
        return cleaned

    @property
    def agreement(self) -> Agreement:
        """A valid form's answers, for the action."""
        told = self.cleaned_data
        ambition = told["ambition"]
        return Agreement(
            level=None if told["level"] == NOT_AGREED else int(told["level"]),
            rationale=told["rationale"],
            decided_by=told["decided_by"],
            decided_on=told["decided_on"],
            dissent=told["dissent"],
            ambition=int(ambition) if ambition and ambition != NOT_AGREED else None,
            ambition_by=told["ambition_by"],
        )

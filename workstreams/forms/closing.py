"""The forms of closing a workstream: its pack, the decision, a check afterwards, and opening it again."""

from collections.abc import Sequence
from typing import Any

from django import forms

from programme.fields import DatePartsField
from workstreams.actions.closing import PackWords
from workstreams.closing import Fate, Held, MilestoneSaid, ObjectiveSaid, Outcome, PackSaid, missing
from workstreams.closings import Unfinished
from workstreams.models import ClosingPack, ClosingStep, Objective, Workstream
from workstreams.slippage import is_after_closure

LONGEST = 4_000
LONGEST_ANSWER = 1_000


def _text(label: str, hint: str, *, rows: int = 3, longest: int = LONGEST) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=longest, widget=forms.Textarea(attrs={"rows": rows})
    )


class PackForm(forms.Form):
    """A closing pack. Saving keeps it as far as it is; sending asks for everything."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = _text("Why does it close?", "For example: its objectives are met and the service runs by itself.")
    closes_on = DatePartsField(
        label="On which day does it close?",
        help_text="Checks whether it has held are due 3, 6 and 12 months after this day. For example, 27 3 2027.",
        required=False,
    )
    owner = forms.CharField(
        label="Who owns it from then on?",
        help_text="The team or the post that answers for it as business as usual.",
        required=False,
        max_length=200,
    )
    lessons = _text("What can others learn from it?", "What went well, what did not, and what you would do again.")
    voices = _text("Who will tell those who still wait for an answer, and when?", "")
    successor = forms.ModelChoiceField(
        Workstream.objects.none(),
        label="Does another workstream follow on from it?",
        required=False,
        empty_label="No workstream follows on",
    )

    def __init__(
        self,
        *args: Any,
        workstream: Workstream,
        objectives: Sequence[Objective],
        unfinished: Sequence[Unfinished],
        waiting: int,
        sending: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.objectives, self.unfinished, self.waiting, self.sending = objectives, unfinished, waiting, sending
        self.others = Workstream.objects.filter(programme=workstream.programme_id, merged_into=None).exclude(
            pk=workstream.pk
        )
        self.fields["successor"].queryset = self.others  # type: ignore[attr-defined]
        if not waiting:
            del self.fields["voices"]
        for objective in objectives:
            self.fields |= _objective_fields(objective)
        choices = [("", "Select a workstream"), *((str(each.pk), each.name) for each in self.others)]
        for each in unfinished:
            self.fields |= _milestone_fields(each, choices)

    def clean(self) -> dict[str, Any]:
        """Whatever a pack lacks is said at its field, where it is to be sent."""
        cleaned = super().clean() or {}
        if self.sending:
            for name, words in missing(self._said(cleaned)).items():
                if name not in self.errors:
                    self.add_error(name, words)
        return cleaned

    def _said(self, cleaned: dict[str, Any]) -> PackSaid:
        closes_on = cleaned.get("closes_on")
        told = _answers(cleaned)
        return PackSaid(
            why=cleaned.get("why", ""),
            closes_on=closes_on,
            owner=cleaned.get("owner", ""),
            lessons=cleaned.get("lessons", ""),
            objectives=[
                ObjectiveSaid(
                    row.pk, row.text, told.get(f"objective-{row.pk}-outcome", ""),
                    told.get(f"objective-{row.pk}-evidence", ""),
                )
                for row in self.objectives
            ],
            milestones=[
                MilestoneSaid(
                    each.milestone.pk, each.milestone.title, told.get(f"milestone-{each.milestone.pk}-fate", ""),
                    told.get(f"milestone-{each.milestone.pk}-target"),
                    told.get(f"milestone-{each.milestone.pk}-reason", ""),
                    is_after_closure(each.when, closes_on),
                )
                for each in self.unfinished
            ],
            waiting_voices=self.waiting,
            voices=cleaned.get("voices", ""),
        )  # fmt: skip

    @property
    def words(self) -> PackWords:
        """What a valid form says."""
        said = self.cleaned_data
        return PackWords(
            why=said["why"],
            closes_on=said["closes_on"],
            owner=said["owner"],
            lessons=said["lessons"],
            voices=said.get("voices", ""),
            successor=said["successor"],
            answers=_answers(said),
        )

    @property
    def objective_rows(self) -> list[tuple[Objective, forms.BoundField, forms.BoundField]]:
        """Each objective with its two fields."""
        return [
            (row, self[f"objective-{row.pk}-outcome"], self[f"objective-{row.pk}-evidence"]) for row in self.objectives
        ]

    @property
    def milestone_rows(self) -> list[tuple[Unfinished, forms.BoundField]]:
        """Each unfinished milestone with the field that reveals the others."""
        return [(each, self[f"milestone-{each.milestone.pk}-fate"]) for each in self.unfinished]


def _objective_fields(objective: Objective) -> dict[str, forms.Field]:
    name = f"objective-{objective.pk}"
    return {
        f"{name}-outcome": forms.ChoiceField(
            label=f"What became of it: {objective.text}",
            choices=[(each.value, each.words) for each in Outcome],
            required=False,
            widget=forms.RadioSelect,
        ),
        f"{name}-evidence": _text(
            f"What shows it (objective {objective.number})?", "A figure, a report or a link.", rows=2,
            longest=LONGEST_ANSWER,
        ),
    }  # fmt: skip


def _milestone_fields(each: Unfinished, choices: list[tuple[str, str]]) -> dict[str, forms.Field]:
    name, title = f"milestone-{each.milestone.pk}", each.milestone.title
    target, reason = f"{name}-target", f"{name}-reason"
    fate: Any = forms.ChoiceField(
        label=f"What becomes of it: {title}",
        help_text=each.when_words,
        choices=[(fate.value, fate.words) for fate in Fate],
        required=False,
        widget=forms.RadioSelect,
    )
    fate.reveals = {Fate.MOVE.value: [target], Fate.DROP.value: [reason]}
    return {
        f"{name}-fate": fate,
        target: forms.TypedChoiceField(
            label=f"Which workstream takes “{title}” over?", choices=choices, coerce=int, empty_value=None,
            required=False,
        ),
        reason: _text(f"Why is “{title}” dropped?", "", rows=2, longest=LONGEST_ANSWER),
    }  # fmt: skip


def _answers(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What was said of objectives and milestones, by field."""
    return {name: said for name, said in cleaned.items() if name.startswith(("objective-", "milestone-")) and said}


def initial_of(pack: ClosingPack | None) -> dict[str, Any]:
    """The form as the pack stands."""
    if pack is None:
        return {"version": 0}
    names = ("version", "why", "closes_on", "owner", "lessons", "voices", "successor")
    return {**{name: getattr(pack, name) for name in names}, **pack.answers}


class DecideForm(forms.Form):
    """Agree or not yet, with a sentence."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="Does this workstream close?",
        choices=[
            (ClosingStep.Kind.AGREED.value, "Yes, I agree that it closes"),
            (ClosingStep.Kind.NOT_YET.value, "Not yet"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the workstream closes"},
    )
    sentence = forms.CharField(
        label="Why, in a sentence?",
        help_text="It is shown to everyone who reads the workstream.",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why, in a sentence"},
    )


class CheckForm(forms.Form):
    """Whether what was achieved has held."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    held = forms.ChoiceField(
        label="Has what the workstream achieved held?",
        choices=[(each.value, each.words) for each in Held],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it has held"},
    )
    words = forms.CharField(
        label="What did you find?",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what you found"},
    )
    evidence = forms.CharField(
        label="What shows it?",
        help_text="A figure, a report or a link.",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter what shows it"},
    )


class SentenceForm(forms.Form):
    """Why, in a sentence."""

    sentence = forms.CharField(
        label="Why is it opened again?",
        help_text="It is shown to everyone who reads the workstream.",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it is opened again"},
    )

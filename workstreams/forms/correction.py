"""What the office is asked before it puts right what was filed wrongly."""

from collections.abc import Sequence
from typing import Any

from django import forms

from workstreams.models import Workstream

LONGEST_REASON = 500
Choices = Sequence[tuple[str, str]]


class ReasonForm(forms.Form):
    """Why it is done; kept with the change for good."""

    reason = forms.CharField(
        label="Why?",
        help_text="It is kept with the change, for everyone who reads its history.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason"},
    )


class MoveForm(ReasonForm):
    """The month an update is about."""

    to = forms.ChoiceField(
        label="Which month is it about?",
        help_text="Months that are open and have no update of this workstream yet.",
        error_messages={"required": "Select the month it is about", "invalid_choice": "Select a month from the list"},
    )
    field_order = ("to", "reason")

    def __init__(self, *args: Any, months: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "Select a month"), *months]  # type: ignore[attr-defined]


class MergeForm(ReasonForm):
    """Which record stays."""

    into = forms.ModelChoiceField(
        Workstream.objects.none(),
        empty_label="Select one",
        error_messages={"required": "Select the one that stays", "invalid_choice": "Select one from the list"},
    )
    field_order = ("into", "reason")

    def __init__(self, *args: Any, among: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = among  # type: ignore[attr-defined]
        self.fields["into"].label = label

    @property
    def survivor(self) -> Any:
        """What a valid form chose: a workstream or a person."""
        return self.cleaned_data["into"]

"""What the office is asked when it returns an update, closes a month, or gives it days of its own."""

from typing import Any, Self

from django import forms

from programme.fields import DatePartsField
from programme.models import ReportingPeriod

LONGEST_REASON = 500


def _reason(label: str, hint: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": required},
    )


class ReturnForm(forms.Form):
    """Why an update goes back."""

    reason = _reason(
        "What has to be changed?",
        "The lead sees this above the form. It stays with the update's history.",
        "Enter what has to be changed",
    )


class CloseForm(forms.Form):
    """What was decided about those who had not sent; needed only where there are any."""

    note = _reason(
        "What was decided about the updates that are not in?",
        "For example: ‘Two leads will report both months in November.’ It is kept with the month.",
        "Enter what was decided about the updates that are not in",
    )

    def __init__(self, *args: Any, some_missing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not some_missing:
            self.fields["note"].required = False
            self.fields["note"].label = "Is there anything to note?"
            self.fields["note"].help_text = "It is kept with the month."


class ReopenForm(forms.Form):
    """Why a closed month opens again."""

    reason = _reason("Why?", "It is kept with the month.", "Enter the reason")


class DaysForm(forms.Form):
    """One month's own days, with the version they were typed on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    opens_on = DatePartsField(label="Opens on", error_messages={"required": "Enter the day it opens"})
    due_on = DatePartsField(label="Due on", error_messages={"required": "Enter the day updates are due"})
    closes_on = DatePartsField(label="Closes on", error_messages={"required": "Enter the day it closes"})
    reason = _reason("Why do its days change?", "It is kept with the month.", "Enter why its days change")

    @classmethod
    def of(cls, period: ReportingPeriod) -> Self:
        """The form as the month stands."""
        return cls(initial={name: getattr(period, name) for name in ("version", "opens_on", "due_on", "closes_on")})

    def clean(self) -> dict[str, Any]:
        """Opening, due and closing day in their order."""
        cleaned: dict[str, Any] = super().clean() or {}
        opens, due, closes = (cleaned.get(name) for name in ("opens_on", "due_on", "closes_on"))
        if opens and due and due < opens:
            self.add_error("due_on", "The due day must be the same as or after the day it opens")
        if due and closes and closes < due:
            self.add_error("closes_on", "The closing day must be the same as or after the due day")
        return cleaned

    def rebased_on(self, current: ReportingPeriod) -> Self:
        """The same answers, ready to be saved over what is stored now, because the person has seen both."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # always a QueryDict
        data["version"] = str(current.version)
        return type(self)(data)

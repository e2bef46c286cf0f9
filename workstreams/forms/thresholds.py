"""The form behind a programme's rules of the derived rating: every number and every word."""

from typing import TYPE_CHECKING, Any, Self

from django import forms

from programme.status import Rag
from workstreams.models import RatingThresholds
from workstreams.rag import Thresholds

if TYPE_CHECKING:
    from django.http import QueryDict

# Field, what it asks, its largest value, what the number counts.
_NUMBERS = (
    ("red_overdue_days", "A milestone is past its latest possible day with no new forecast by more than", 365, "days"),
    ("red_critical_overdue_days", "A critical milestone is past its latest day by more than", 365, "days"),
    ("red_critical_slip_days", "A critical milestone is forecast after its baseline by more than", 365, "days"),
    ("red_ask_working_days", "A blocking ask is unanswered after its day for at least", 60, "working days"),
    ("amber_overdue_days", "Any milestone is past its latest day by more than", 365, "days"),
    ("amber_slip_days", "A milestone is forecast after its baseline by more than", 365, "days"),
    ("amber_moves", "A milestone has been moved at least", 20, "times"),
    ("amber_risk_score", "A risk has no current action and a score of at least", 25, "of 25"),
)
_LEAST = {"amber_moves": 1, "amber_risk_score": 1}
SUFFIXES = {name: suffix for name, _, _, suffix in _NUMBERS}


def _number(name: str, label: str, most: int) -> forms.IntegerField:
    least = _LEAST.get(name, 0)
    wrong = f"Enter a whole number from {least} to {most}"
    said = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=said)


class ThresholdsForm(forms.Form):
    """Numbers first, then what each rating means here. Empty words mean the product's own."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, most, _ in _NUMBERS:
            self.fields[name] = _number(name, label, most)
        for rag in (Rag.RED, Rag.AMBER, Rag.GREEN):
            self.fields[f"{rag.value}_meaning"] = forms.CharField(
                label=f"{rag.word} in two or three words",
                help_text=f"If you leave it empty: {rag.meaning}.",
                max_length=60,
                required=False,
            )
            self.fields[f"{rag.value}_definition"] = forms.CharField(
                label=f"When to choose {rag.word}",
                help_text=f"Printed beside the choice. If you leave it empty: {rag.definition}",
                max_length=300,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @classmethod
    def of(cls, rules: RatingThresholds) -> Self:
        """The form as the rules stand."""
        names = (*RatingThresholds.NUMBERS, *RatingThresholds.WORDS, "version")
        return cls(initial={name: getattr(rules, name) for name in names})

    def rebased_on(self, current: RatingThresholds) -> Self:
        """The same answers, ready to be saved over what is stored now, because the person has seen both."""
        data: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # always a QueryDict
        data["version"] = str(current.version)
        return type(self)(data)

    def clean(self) -> dict[str, Any]:
        """An Amber rule never starts later than the Red rule above it."""
        cleaned = super().clean() or {}
        numbers = {name: cleaned[name] for name in SUFFIXES if cleaned.get(name) is not None}
        for name, problem in Thresholds(**numbers).problems().items():
            if name in numbers:
                self.add_error(name, problem)
        return cleaned

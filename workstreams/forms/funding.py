"""Forms of a workstream's money. Amounts are typed as people write them and kept in whole pounds."""

from typing import Any, Self

from django import forms

from programme.clock import today
from workstreams.actions.funding import Funding
from workstreams.models import FundingLine
from workstreams.money import Amounts, financial_year, read_pounds, year_words

YEARS_BACK, YEARS_AHEAD = 5, 5


class PoundsField(forms.CharField):
    """Whole pounds, as people write them. Cleans to a number, or to None where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(required=False, max_length=30, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored amount with commas; what was typed as it was typed."""
        return f"{value:,}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """The amount, or a sentence about what is wrong with it."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_pounds(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class FundingForm(forms.Form):
    """One funding line."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    source = forms.CharField(
        label="Where does the money come from?",
        help_text="Such as ‘ICB growth funding’. Use the same words each year, so that years can be compared.",
        max_length=200,
        error_messages={"required": "Enter where the money comes from"},
    )
    year = forms.TypedChoiceField(label="Financial year", coerce=int)
    recurrent = forms.ChoiceField(
        label="Does it come every year?",
        choices=[("yes", "Yes, it is recurrent"), ("no", "No, this year only")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it comes every year"},
    )
    budget = PoundsField(label="Budget, in pounds", help_text="What was agreed. Leave empty if it is not known.")
    forecast = PoundsField(label="Forecast, in pounds", help_text="What you expect to have spent by 31 March.")
    actual = PoundsField(label="Spent so far, in pounds")
    note = forms.CharField(label="Note", max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = financial_year(today())
        years = {*range(now - YEARS_BACK, now + YEARS_AHEAD + 1)}
        if isinstance(self.initial.get("year"), int):
            years.add(self.initial["year"])
        field: Any = self.fields["year"]
        field.choices = [(year, year_words(year)) for year in sorted(years, reverse=True)]
        self.initial.setdefault("year", now)

    @classmethod
    def of(cls, line: FundingLine, data: Any = None) -> Self:
        """The form as the line stands, or as it was typed."""
        names = ("version", "source", "year", "budget", "forecast", "actual", "note")
        initial = {name: getattr(line, name) for name in names}
        return cls(data, initial=initial | {"recurrent": "yes" if line.recurrent else "no"})

    @property
    def funding(self) -> Funding:
        """A valid form's answers, for the action."""
        said = self.cleaned_data
        money = Amounts(said["budget"], said["forecast"], said["actual"])
        return Funding(said["source"], said["year"], said["recurrent"] == "yes", money, said["note"])


class ChangeFundingForm(FundingForm):
    """The same line, with the reason of the change."""

    reason = forms.CharField(
        label="Why does it change?", max_length=500, error_messages={"required": "Say why it changes"}
    )


class RemoveFundingForm(forms.Form):
    """Why a line is taken out."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label="Why should this line not be here?",
        max_length=500,
        error_messages={"required": "Say why it should not be here"},
    )

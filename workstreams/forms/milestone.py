"""Forms of the plan: a new milestone, a moved date, a milestone done. Dates are typed as people say them."""

from typing import Any

from django import forms
from django.db.models.functions import Coalesce

from programme.clock import today
from programme.dates import FuzzyDate
from programme.models import Person
from workstreams import fuzzydates
from workstreams.models import Assignment, Phase, Workstream

DATE_HINT = "As you would say it: 24 December 2026, early March 2027, Spring 2027, or by the end of June 2027."


class SaidDateField(forms.CharField):
    """A date as people say it. Cleans to a FuzzyDate, or says what could not be read."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("help_text", DATE_HINT)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """The date's window. An ambiguous date is refused with its readings, since here its writer can be asked."""
        text = super().clean(value)
        if not text:
            return None
        date = fuzzydates.parse(text, reference=today())
        if date is None or not (date.has_window or date.precision.value in {"ongoing", "undated"}):
            raise forms.ValidationError("Enter a date such as 24 December 2026, March 2027 or Spring 2027")
        if date.ambiguous:
            readings = " or ".join(f"“{reading.display()}”" for reading in date.alternatives)
            raise forms.ValidationError(f"“{text}” can be read in more than one way. Enter {readings}")
        return date


class MilestoneForm(forms.Form):
    """A new deliverable."""

    title = forms.CharField(
        label="What will be delivered?",
        help_text="One thing that can be seen to be done, such as ‘Operating procedure signed off’.",
        max_length=500,
        error_messages={"required": "Enter what will be delivered"},
    )
    when = SaidDateField(label="When is it due?", error_messages={"required": "Enter when it is due"})
    phase = forms.ModelChoiceField(Phase.objects.none(), label="Phase", required=False, empty_label="No phase")
    owner = forms.ModelChoiceField(Person.objects.none(), label="Owner", required=False, empty_label="No owner yet")
    is_critical = forms.BooleanField(
        label="This milestone is critical", help_text="Missing it would put the workstream off track.", required=False
    )

    def __init__(self, *args: Any, workstream: Workstream, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = workstream.phases.all()  # type: ignore[attr-defined]
        team = Assignment.objects.of_workstream(workstream)
        assigned = team.annotate(who_id=Coalesce("person__merged_into", "person")).values("who_id")
        self.fields["owner"].queryset = Person.objects.filter(pk__in=assigned)  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """A new date for a milestone, with the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    when = SaidDateField(label="New date", error_messages={"required": "Enter the new date"})
    reason = forms.CharField(
        label="Why does the date change?",
        max_length=500,
        error_messages={"required": "Say why the date changes"},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DoneForm(forms.Form):
    """When a milestone was done."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    when = SaidDateField(label="When was it done?", error_messages={"required": "Enter when it was done"})

    def clean_when(self) -> FuzzyDate:
        """Only days that have begun."""
        when: FuzzyDate = self.cleaned_data["when"]
        if when.start and when.start > today():
            raise forms.ValidationError("Enter a date that is not in the future")
        return when

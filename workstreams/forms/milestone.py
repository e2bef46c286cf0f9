"""Forms of the plan: a new milestone, a moved date, a milestone done. Dates are typed as people say them."""

from typing import Any, Self

from django import forms
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from programme.clock import today
from programme.dates import FuzzyDate
from programme.links import checked_link
from programme.models import Person, Place
from workstreams import fuzzydates
from workstreams.actions.milestones import Details
from workstreams.actions.pilots import PilotDates, out_of_order
from workstreams.models import Assignment, Milestone, Phase, Workstream

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


class LinkField(forms.CharField):
    """A web address as evidence. Cleans to the address, or says what is wrong with it."""

    def clean(self, value: Any) -> Any:
        """The address as it may be stored and followed."""
        try:
            return checked_link(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class DetailsForm(forms.Form):
    """What a milestone is, apart from its dates."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="What will be delivered?",
        help_text="One thing that can be seen to be done, such as ‘Operating procedure signed off’.",
        max_length=500,
        error_messages={"required": "Enter what will be delivered"},
    )
    phase = forms.ModelChoiceField(Phase.objects.none(), label="Phase", required=False, empty_label="No phase")
    owner = forms.ModelChoiceField(Person.objects.none(), label="Owner", required=False, empty_label="No owner yet")
    places = forms.ModelMultipleChoiceField(
        Place.objects.none(),
        label="Where does it count?",
        help_text="Leave all boxes empty where it counts everywhere the programme works.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_critical = forms.BooleanField(
        label="This milestone is critical", help_text="Missing it would put the workstream off track.", required=False
    )
    evidence_url = LinkField(
        label="Link to evidence",
        help_text="Where people can see that it is done, such as a page of your intranet. It is never opened by us.",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocapitalize": "none"}),
    )
    evidence_label = forms.CharField(label="What the link shows", max_length=199, required=False)

    def __init__(self, *args: Any, workstream: Workstream, keep: Milestone | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = workstream.phases.all()  # type: ignore[attr-defined]
        self.fields["places"].queryset = workstream.programme.places.all()  # type: ignore[attr-defined]
        self.fields["owner"].queryset = owners(workstream, keep)  # type: ignore[attr-defined]

    @classmethod
    def of(cls, milestone: Milestone) -> Self:
        """The form as the milestone stands."""
        initial = {
            name: getattr(milestone, name)
            for name in ("version", "title", "phase", "is_critical", "evidence_url", "evidence_label")
        }
        initial |= {"owner": milestone.owner.survivor if milestone.owner else None, "places": milestone.places.all()}
        return cls(initial=initial, workstream=milestone.workstream, keep=milestone)

    @property
    def details(self) -> Details:
        """What a valid form says."""
        said = self.cleaned_data
        return Details(**{name: said[name] for name in Details.__dataclass_fields__})


def owners(workstream: Workstream, keep: Milestone | None = None) -> QuerySet[Person]:
    """Who may own a milestone: the workstream's team of any time, and who owns it now."""
    team = Assignment.objects.of_workstream(workstream)
    wanted = Q(pk__in=team.annotate(who_id=Coalesce("person__merged_into", "person")).values("who_id"))
    if keep is not None and keep.owner is not None:
        wanted |= Q(pk=keep.owner.survivor.pk)
    return Person.objects.filter(wanted)


class MilestoneForm(DetailsForm):
    """A new deliverable."""

    version = None  # type: ignore[assignment]  # there is nothing yet that somebody else could have changed
    when = SaidDateField(label="When is it due?", error_messages={"required": "Enter when it is due"})
    evidence_url = None  # type: ignore[assignment]  # evidence comes with being done
    evidence_label = None  # type: ignore[assignment]
    field_order = ("title", "when", "phase", "owner", "places", "is_critical")


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


class BaselineForm(forms.Form):
    """A new baseline to ask for, with the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    when = SaidDateField(label="New baseline", error_messages={"required": "Enter the new baseline"})
    reason = forms.CharField(
        label="Why is a new baseline needed?",
        help_text="What was agreed that makes the first plan no longer the one to measure against.",
        max_length=1000,
        error_messages={"required": "Say why a new baseline is needed"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """Whether a new baseline is agreed to."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="Do you agree to the new baseline?",
        choices=[("agreed", "Yes, it counts from now on"), ("refused", "No, the baseline stays as it is")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you agree", "invalid_choice": "Select whether you agree"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Needed where you refuse. It is kept with the milestone.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("outcome") == "refused" and not said.get("reason"):
            self.add_error("reason", "Say why you refuse, for those who asked")
        return said


class WithdrawForm(forms.Form):
    """Why a request is taken back, where its writer wants to say."""

    reason = forms.CharField(
        label="Why do you withdraw it?",
        help_text="You can leave this empty.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NeedForm(forms.Form):
    """Another milestone that this one waits for."""

    needs = forms.ModelChoiceField(
        Milestone.objects.none(),
        label="Which milestone has to be done first?",
        empty_label="Select a milestone",
        error_messages={
            "required": "Select the milestone it waits for",
            "invalid_choice": "Select a milestone from the list",
        },
    )

    def __init__(self, *args: Any, among: QuerySet[Milestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].queryset = among  # type: ignore[attr-defined]


class PilotForm(forms.Form):
    """A pilot, its evaluation and its roll-out."""

    name = forms.CharField(
        label="What will be tried?",
        help_text="A few words, such as ‘Text line for schools’.",
        max_length=200,
        error_messages={"required": "Enter what will be tried"},
    )
    question = forms.CharField(
        label="What has to be true for it to be rolled out?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    pilot = SaidDateField(
        label="When does the pilot run?", error_messages={"required": "Enter when the pilot runs"},
        help_text="From beginning to end, such as January to March 2027.",
    )  # fmt: skip
    evaluation = SaidDateField(label="When is it evaluated?", error_messages={"required": "Enter when it is evaluated"})
    roll_out = SaidDateField(
        label="When would it be rolled out?", error_messages={"required": "Enter when it would be rolled out"}
    )
    phase = forms.ModelChoiceField(Phase.objects.none(), label="Phase", required=False, empty_label="No phase")
    owner = forms.ModelChoiceField(Person.objects.none(), label="Owner", required=False, empty_label="No owner yet")

    def __init__(self, *args: Any, workstream: Workstream, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = workstream.phases.all()  # type: ignore[attr-defined]
        self.fields["owner"].queryset = owners(workstream)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Each step can come after the one before."""
        said: dict[str, Any] = super().clean() or {}
        if all(said.get(step) for step in ("pilot", "evaluation", "roll_out")):
            for step, problem in out_of_order(self.dates).items():
                self.add_error(step, problem)
        return said

    @property
    def dates(self) -> PilotDates:
        """The dates of the steps, once each has been read."""
        said = self.cleaned_data
        return PilotDates(said["pilot"], said["evaluation"], said["roll_out"])


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

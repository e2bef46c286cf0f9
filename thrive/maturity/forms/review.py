"""Forms of a review: what it is, who takes part, and taking a step."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self

from django import forms

from programme.clock import today
from programme.dates import FuzzyDate
from programme.fields import DatePartsField
from programme.models import Organisation, Place
from thrive.maturity import words
from thrive.maturity.actions.reviews import About, Part
from thrive.maturity.models import Domain, Framework, Participant, Review, ReviewQuerySet
from thrive.maturity.scoring import Kind
from workstreams.forms.milestone import SaidDateField
from workstreams.forms.private import PrivateForm


def not_past(day: date | None) -> date | None:
    """A day that is still to come, if one was given."""
    if day and day < today():
        raise forms.ValidationError("Enter a day that is not in the past")
    return day


class AboutForm(forms.Form):
    """What can be changed of a review after it has begun."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(
        label="What is the review called?",
        help_text="For example ‘Mid Mersey self-review 2026’.",
        max_length=200,
        error_messages={"required": "Enter what the review is called"},
    )
    purpose = forms.CharField(
        label="What is it for? (optional)",
        help_text="Participants read this before they score.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    closes_on = DatePartsField(
        label="Until when can people score alone? (optional)",
        help_text="You close the round yourself; this day is what participants are told.",
        required=False,
    )

    @classmethod
    def of(cls, review: Review) -> Self:
        """The form as the review stands."""
        names = ("version", "title", "purpose", "closes_on")
        return cls(initial={name: getattr(review, name) for name in names})


class ReviewForm(AboutForm):
    """A new review."""

    place = forms.ModelChoiceField(
        Place.objects.none(),
        label="Which system or place is it about?",
        error_messages={"required": "Select a system or a place"},
    )
    kind = forms.ChoiceField(
        label="What kind of review is it?",
        choices=words.KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what kind of review it is"},
    )
    follows = forms.ModelChoiceField(
        ReviewQuerySet(Review).none(), label="Which review does it follow?", required=False, empty_label="None"
    )
    when = SaidDateField(
        label="When is it?",
        help_text="As you would say it: November 2026, or Autumn 2026.",
        error_messages={"required": "Enter when the review is"},
    )
    framework = forms.ModelChoiceField(
        Framework.objects.all(),
        label="Which version of the framework is used?",
        empty_label=None,
        error_messages={"required": "Select a version"},
    )

    field_order: Sequence[str] = ("version", "place", "kind", "follows", "title", "when", "purpose", "closes_on")

    def __init__(self, *args: Any, places: Any, earlier: ReviewQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["place"].queryset, chosen["follows"].queryset = places, earlier
        chosen["kind"].choice_hints = words.KIND_HINTS
        chosen["kind"].reveals = {Kind.AGAIN.value: ["follows"]}

    def clean_when(self) -> FuzzyDate:
        """A stretch with two ends."""
        when: FuzzyDate = self.cleaned_data["when"]
        if when.start is None or when.end is None:
            raise forms.ValidationError("Enter a month, a season or a day, such as November 2026")
        return when

    def clean(self) -> dict[str, Any]:
        """A re-review follows one; nothing else does."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Kind.AGAIN.value and not cleaned.get("follows"):
            self.add_error("follows", "Select which review it follows")
        return cleaned

    @property
    def about(self) -> About:
        """A valid form's answers, for the action."""
        told = self.cleaned_data
        kind = Kind(told["kind"])
        return About(
            place=told["place"],
            kind=kind,
            title=told["title"],
            when=told["when"],
            purpose=told["purpose"],
            closes_on=told["closes_on"],
            follows=told["follows"] if kind is Kind.AGAIN else None,
        )


class ParticipantForm(PrivateForm):
    """Somebody who takes part."""

    guarded: ClassVar = ()

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = forms.CharField(
        label="Who takes part?",
        help_text="A name or a role. Never a young person's name: write ‘Young person 1’.",
        max_length=100,
        error_messages={"required": "Enter who takes part"},
    )
    sector = forms.ChoiceField(
        label="For whom do they speak?",
        choices=words.SECTORS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select for whom they speak"},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label="Organisation (optional)", required=False, empty_label="None"
    )
    domains = forms.MultipleChoiceField(
        label="Which domains are they asked about?",
        help_text="A domain takes about 10 minutes. Three are about half an hour.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one domain"},
    )
    way = forms.ChoiceField(
        label="How do they score?",
        choices=[
            ("email", "By a personal link that we email to them"),
            ("link", "By a personal link that you hand them"),
            ("room", "In the room: a facilitator writes"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how they score"},
    )
    email = forms.EmailField(
        label="Email address for the link",
        help_text="Nobody needs an account. For a young person: somebody who supports them, never their own address.",
        required=False,
        error_messages={"invalid": "Enter an email address in the correct format, like name@example.org"},
    )

    def __init__(self, *args: Any, domains: Sequence[Domain], changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["domains"]
        chosen.choices = [(domain.code, domain.name) for domain in domains]
        if changing:
            del self.fields["way"]

    def clean(self) -> dict[str, Any]:
        """A link is only emailed to an address."""
        cleaned = super().clean()
        if cleaned.get("way") == "email" and not cleaned.get("email") and not self.has_error("email"):
            self.add_error("email", "Enter the email address for the link")
        return cleaned

    @classmethod
    def of(cls, participant: Participant, domains: Sequence[Domain]) -> Self:
        """The form as it stands."""
        names = ("version", "name", "sector", "domains", "organisation", "email")
        return cls(initial={name: getattr(participant, name) for name in names}, domains=domains, changing=True)

    @property
    def part(self) -> Part:
        """A valid form's answers, for the action."""
        told = self.cleaned_data
        return Part(
            name=told["name"],
            sector=told["sector"],
            domains=told["domains"],
            organisation=told["organisation"],
            in_room=told.get("way") == "room",
            email=told["email"] if told.get("way", "email") == "email" else "",
        )


class VersionForm(forms.Form):
    """Nothing but the version it was seen at: for pages that ask 'are you sure'."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SheetForm(forms.Form):
    """A filled-in sheet of scores."""

    file = forms.FileField(
        label="The filled-in sheet",
        help_text="The Excel file from this page with a level in each row that was answered.",
        error_messages={"required": "Choose a file"},
    )

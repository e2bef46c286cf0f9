"""Forms of the directory: a service, and what a reader looks for."""

from collections.abc import Sequence
from typing import Any, Self

from django import forms

from programme.clock import today
from programme.fields import DatePartsField
from programme.models import Organisation, Place, Programme
from thrive import directory, groupings
from thrive.actions.directory import Entry
from thrive.forms.ages import AgeField, age_from, age_to, stretch
from thrive.models import Service
from thrive.service_words import STATUSES, WAYS_IN
from workstreams.forms.milestone import LinkField
from workstreams.models import Milestone
from workstreams.voice_words import GROUPS


def _text(label: str, help_text: str = "", *, rows: int = 3, limit: int = 1_000, required: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=limit,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


def _line(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=200, required=False)


def _ticks(label: str, choices: Any, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=help_text, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class ServiceForm(forms.Form):
    """A service as the directory describes it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = forms.CharField(
        label="Name of the service", max_length=200, error_messages={"required": "Enter the name of the service"}
    )
    provider = forms.ModelChoiceField(
        Organisation.objects.all(),
        label="Who provides it?",
        empty_label="Select an organisation",
        error_messages={"required": "Select who provides it"},
    )
    commissioner = forms.ModelChoiceField(
        Organisation.objects.all(), label="Who commissions it?", required=False, empty_label="Not known"
    )
    offer = _text(
        "What does it do?", "In a sentence or two, as you would tell a family.", required="Enter what it does"
    )
    places = forms.ModelMultipleChoiceField(
        Place.objects.none(),
        label="Which places does it serve?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one place"},
    )
    age_from = age_from()
    age_to = age_to()
    status = forms.ChoiceField(label="How far is it?", choices=STATUSES, widget=forms.RadioSelect)
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(),
        label="Which milestone will bring it about?",
        help_text="For a planned service. Its cells on the map name the milestone.",
        required=False,
        empty_label="None",
    )
    ways_in = _ticks("Who can ask for it?", WAYS_IN)
    how_to_reach = _text("How is it reached?", "A number, a form, or where to go. No names of staff.", rows=2)
    hours = _line("Hours", "For example: every day, 24 hours.")
    wait_weeks = forms.IntegerField(
        label="Usual wait in weeks",
        help_text="Leave empty if it is not known.",
        required=False,
        min_value=0,
        max_value=260,
        error_messages={"invalid": "Enter a whole number of weeks"},
    )
    capacity = _line("Capacity", "For example: 40 places, or 12 new families a month.")
    made_for = _ticks("Made for", GROUPS, "Under-served groups that it was set up for.")
    reaches = _ticks("Known to reach", GROUPS, "Under-served groups that do use it, as figures or users show.")
    evidence_base = _text(
        "What is its approach based on?", "For example: a guideline, a named therapy, local evaluation."
    )
    tags = forms.CharField(
        label="Tags",
        help_text="Separate them by commas, such as AMBIT or tier 3. An old tier is never turned into a need.",
        max_length=200,
        required=False,
    )
    website = LinkField(label="Web address", max_length=500, required=False)
    is_example = forms.BooleanField(label="This is an example, not a fact", required=False)

    def __init__(
        self, *args: Any, programme: Programme, places: Sequence[Place], service: Service | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["places"]
        offered.queryset = Place.objects.filter(pk__in=[place.pk for place in places])
        held = service.milestone_id if service else None
        milestone: Any = self.fields["milestone"]
        of_programme = Milestone.objects.filter(workstream__programme=programme, workstream__merged_into=None)
        milestone.queryset = of_programme | Milestone.objects.filter(pk=held or 0)
        status: Any = self.fields["status"]
        status.reveals = {"planned": ["milestone"]}

    @classmethod
    def of(cls, service: Service, **about: Any) -> Self:
        """The form as the directory stands."""
        same = {name: getattr(service, name) for name in cls.base_fields if name not in {"places", "tags"}}
        places = list(service.places.values_list("pk", flat=True))
        initial = same | {"places": places, "tags": ", ".join(service.tags)}
        return cls(initial=initial, service=service, **about)

    def clean_tags(self) -> list[str]:
        """Each tag once."""
        said = [" ".join(tag.split()) for tag in self.cleaned_data["tags"].split(",")]
        if any(len(tag) > 40 for tag in said):  # noqa: PLR2004 - as the column has it
            raise forms.ValidationError("A tag can have up to 40 characters")
        return list(dict.fromkeys(filter(None, said)))

    def clean(self) -> dict[str, Any]:
        """Ages in order; a planned service names its milestone."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["ages"] = stretch(self, cleaned)
        if cleaned.get("status") == "planned" and not cleaned.get("milestone"):
            self.add_error("milestone", "Select the milestone that will bring it about")
        return cleaned

    @property
    def entry(self) -> Entry:
        """A valid form's answers, for the action."""
        told = {k: v for k, v in self.cleaned_data.items() if k not in {"version", "age_from", "age_to", "places"}}
        return Entry(**told, places=list(self.cleaned_data["places"]))


class DirectoryForm(forms.Form):
    """What a reader looks for. Unknown values do not filter, so that an old link still opens."""

    q = forms.CharField(label="Words", required=False, max_length=100)
    place = forms.ChoiceField(label="Place", required=False)
    age = AgeField(label="Age", required=False)
    need = forms.ChoiceField(label="Need", required=False, choices=[("", "All needs"), *groupings.choices()])
    group = forms.ChoiceField(label="Reaches", required=False, choices=[("", "Everybody"), *GROUPS])
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "All"), *STATUSES, ("stale", "Out of date")]
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.choices = [("", "All places"), *((str(each.pk), each.name) for each in places)]

    @property
    def given(self) -> dict[str, str]:
        """What was asked for and understood, as it goes into addresses."""
        self.is_valid()
        return {name: self.data[name] for name, value in self.cleaned_data.items() if value not in {"", None}}

    def chosen(self, places: Any) -> directory.Chosen:
        """The same for the directory; `places` gives everything that counts for a place."""
        self.is_valid()
        said = self.cleaned_data
        return directory.Chosen(
            words=said.get("q", ""),
            places=places(int(said["place"])) if said.get("place") else (),
            age=said.get("age"),
            need=said.get("need", ""),
            status=said.get("status", ""),
            group=said.get("group", ""),
        )


class CheckedForm(forms.Form):
    """On which day an entry was checked."""

    on = DatePartsField(label="When was it checked?", error_messages={"required": "Enter the day it was checked"})

    def clean_on(self) -> Any:
        """Not a day ahead."""
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError("Enter a date that is not in the future")
        return day

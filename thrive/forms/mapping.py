"""Forms of the map: which cell to look at, what a service does for a need, and that nothing is offered."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self

from django import forms

from programme.clock import today
from programme.fields import DatePartsField
from programme.models import Place
from thrive import groupings
from thrive.actions.mapping import Help
from thrive.ages import BANDS, EVERYBODY, Ages, ages_of
from thrive.forms.ages import age_from, age_to, stretch
from thrive.models import Mapping, Service, ServiceQuerySet
from thrive.service_words import CONTRIBUTION_HINTS, CONTRIBUTIONS, EVIDENCE
from workstreams.forms.private import PrivateForm
from workstreams.voice_words import GROUP_WORDS, GROUPS

ALL_AGES = [(EVERYBODY.key, "Birth to 25"), *((band.key, band.words.capitalize()) for band in BANDS)]


def not_ahead(day: date | None) -> date | None:
    """A day that has come, if one was given."""
    if day and day > today():
        raise forms.ValidationError("Enter a date that is not in the future")
    return day


class LensForm(forms.Form):
    """Which place, ages and under-served group to look at. Unknown values mean the first there is."""

    place = forms.ChoiceField(label="Place", required=False)
    ages = forms.ChoiceField(label="Ages", required=False, choices=ALL_AGES)
    group = forms.ChoiceField(label="For whom", required=False, choices=[("", "Everybody"), *GROUPS])

    def __init__(self, *args: Any, places: Sequence[Place], every: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = places
        place: Any = self.fields["place"]
        first = [("", every)] if every else []
        place.choices = [*first, *((str(each.pk), each.name) for each in places)]
        self.is_valid()

    @property
    def chosen_place(self) -> Place | None:
        """The chosen place, else the first."""
        said = self.cleaned_data.get("place")
        return next((each for each in self._places if str(each.pk) == said), next(iter(self._places), None))

    @property
    def stretch(self) -> Ages:
        """The chosen ages, else all of them."""
        return ages_of(self.cleaned_data.get("ages") or "") or EVERYBODY

    @property
    def chosen_group(self) -> str:
        """The chosen group, or nothing."""
        return str(self.cleaned_data.get("group") or "")

    @property
    def whom(self) -> str:
        """The group in words, or nothing."""
        return GROUP_WORDS.get(self.chosen_group, "")


class HelpForm(forms.Form):
    """How much a service does for a need, at which ages, and how that is known."""

    contribution = forms.ChoiceField(
        label="How much does it do for this need?",
        choices=CONTRIBUTIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select core or partial"},
    )
    age_from = age_from()
    age_to = age_to()
    evidence_kind = forms.ChoiceField(label="How is that known?", choices=[("", "Not said"), *EVIDENCE], required=False)
    evidence = forms.CharField(
        label="Where it can be found",
        help_text="For example: specification of April 2026, page 4.",
        max_length=300,
        required=False,
    )
    reviewed_on = DatePartsField(label="When was it last looked at? (optional)", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contribution: Any = self.fields["contribution"]
        contribution.choice_hints = CONTRIBUTION_HINTS

    def clean_reviewed_on(self) -> date | None:
        """Not a day ahead."""
        return not_ahead(self.cleaned_data["reviewed_on"])

    def clean(self) -> dict[str, Any]:
        """Ages in order."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["ages"] = stretch(self, cleaned)
        return cleaned

    def help_for(self, need: str) -> Help:
        """A valid form's answers, for the action."""
        names = ("ages", "contribution", "evidence_kind", "evidence", "reviewed_on")
        return Help(need, **{name: self.cleaned_data[name] for name in names})


class CellMapForm(HelpForm):
    """A service put into a cell."""

    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="Which service?",
        empty_label="Select a service",
        error_messages={"required": "Select a service"},
    )

    field_order = [  # noqa: RUF012 - Django's own name for it
        "service",
        "contribution",
    ]

    def __init__(self, *args: Any, services: ServiceQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["service"]
        offered.queryset = services


class ServiceMapForm(HelpForm):
    """A service mapped to several needs, the same in several places."""

    needs = forms.MultipleChoiceField(
        label="Which needs does it meet?",
        choices=groupings.choices(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one need"},
    )
    places = forms.ModelMultipleChoiceField(
        Place.objects.none(),
        label="Where?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one place"},
    )

    field_order = [  # noqa: RUF012 - Django's own name for it
        "needs",
        "places",
        "contribution",
    ]

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs: Any = self.fields["needs"]
        needs.choice_hints = {each.code: each.question for each in groupings.groupings()}
        offered: Any = self.fields["places"]
        offered.queryset = places


class RowForm(HelpForm):
    """A row as it stands, to be put right."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    grouping = forms.ChoiceField(label="Which need?", choices=groupings.choices(), widget=forms.RadioSelect)

    field_order = [  # noqa: RUF012 - Django's own name for it
        "version",
        "grouping",
        "contribution",
    ]

    @classmethod
    def of(cls, row: Mapping) -> Self:
        """The form as the row stands."""
        return cls(initial={name: getattr(row, name) for name in cls.base_fields})


class NoneForm(PrivateForm):
    """That somebody looked and found nothing."""

    guarded: ClassVar = ("evidence",)

    evidence = forms.CharField(
        label="How is it known that nothing is offered?",
        help_text="Who was asked, or what was looked through. No names of young people.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter how it is known"},
    )
    on = DatePartsField(label="When did somebody look?", error_messages={"required": "Enter the day"})

    def clean_on(self) -> date | None:
        """Not a day ahead."""
        return not_ahead(self.cleaned_data["on"])


class ReasonForm(forms.Form):
    """Why a row goes, or a record is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter why"},
    )

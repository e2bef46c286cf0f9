"""The form behind the programme's page."""

from typing import TYPE_CHECKING, Self

from django import forms

from programme.models import Organisation, Place, Programme

if TYPE_CHECKING:
    from django.http import QueryDict


class ProgrammePageForm(forms.Form):
    """Mandate, scope, governance, partners and places, with the version they were typed on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    mandate = forms.CharField(
        label="Mandate",
        help_text="Who asked for the programme, and what it is to achieve.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Enter the programme's mandate"},
    )
    scope = forms.CharField(
        label="Scope",
        help_text="Which services, ages and areas are in, and which are not.",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    governance = forms.CharField(
        label="Governance",
        help_text="Which groups steer the programme, how often they meet and to whom they report.",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    partners = forms.ModelMultipleChoiceField(
        Organisation.objects.all(), label="Partners", required=False, widget=forms.CheckboxSelectMultiple
    )
    places = forms.ModelMultipleChoiceField(
        Place.objects.all(), label="Places", required=False, widget=forms.CheckboxSelectMultiple
    )

    @classmethod
    def of(cls, programme: Programme) -> Self:
        """The form as the programme's page stands."""
        return cls(
            initial={
                "version": programme.version,
                "mandate": programme.mandate,
                "scope": programme.scope,
                "governance": programme.governance,
                "partners": programme.partners.all(),
                "places": programme.places.all(),
            }
        )

    def rebased_on(self, current: Programme) -> Self:
        """The same answers, ready to be saved over what is stored now, because the person has seen both."""
        data: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # always a QueryDict
        data["version"] = str(current.version)
        return type(self)(data)

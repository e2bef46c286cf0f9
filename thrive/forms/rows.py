"""Forms for many rows at once, for copying a place's mapping, and for a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from django import forms

from programme.fields import DatePartsField
from programme.models import Place
from thrive import groupings
from thrive.forms.mapping import not_ahead

DEEDS = (
    ("review", "Say that they were looked at and are right"),
    ("core", "Make them core"),
    ("partial", "Make them partial"),
    ("remove", "Take them off the map"),
)


class RowsFilterForm(forms.Form):
    """Which rows to show. Unknown values do not filter."""

    place = forms.ChoiceField(label="Place", required=False)
    need = forms.ChoiceField(label="Need", required=False, choices=[("", "All needs"), *groupings.choices()])
    state = forms.ChoiceField(
        label="Which", required=False, choices=[("", "All rows"), ("unseen", "Not looked at for six months")]
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.choices = [("", "All places"), *((str(each.pk), each.name) for each in places)]
        self.is_valid()


class ManyForm(forms.Form):
    """What to do with the chosen rows."""

    deed = forms.ChoiceField(
        label="What should happen to them?",
        choices=DEEDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what should happen"},
    )
    on = DatePartsField(label="When were they looked at? (if they were)", required=False)
    reason = forms.CharField(
        label="Why? (if they change or go)", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_on(self) -> Any:
        """Not a day ahead."""
        return not_ahead(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        """A look has its day, everything else its reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("deed") == "review" and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the day they were looked at")
        if cleaned.get("deed") not in {None, "review"} and not cleaned.get("reason"):
            self.add_error("reason", "Enter why")
        return cleaned


class CopyForm(forms.Form):
    """From where to where."""

    source = forms.ModelChoiceField(
        Place.objects.none(),
        label="Copy what is mapped in",
        empty_label="Select a place",
        error_messages={"required": "Select the place to copy from"},
    )
    target = forms.ModelChoiceField(
        Place.objects.none(),
        label="To",
        empty_label="Select a place",
        error_messages={"required": "Select the place to copy to"},
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            offered: Any = self.fields[name]
            offered.queryset = Place.objects.filter(pk__in=[place.pk for place in places])

    def clean(self) -> dict[str, Any]:
        """Two places."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            self.add_error("target", "Select another place")
        return cleaned


class SheetForm(forms.Form):
    """A spreadsheet to bring in."""

    file = forms.FileField(
        label="Excel file (.xlsx)",
        max_length=200,
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

"""The form that makes a recommendation of a finding, or of an element to be lifted."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from programme.models import Place
from thrive.maturity.models import Element
from workstreams.forms.private import PrivateForm


class ForwardForm(PrivateForm):
    """What should be done, where, and which element it would lift."""

    guarded: ClassVar = ("text",)

    text = forms.CharField(
        label="What should be done?",
        help_text="Begin with a verb. One recommendation, in a sentence or two.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what should be done"},
    )
    place = forms.ModelChoiceField(
        Place.objects.none(), label="For which place?", error_messages={"required": "Select a place"}
    )
    element = forms.ModelChoiceField(
        Element.objects.none(),
        label="Which element would it lift? (optional)",
        help_text="When it is done, the next review points this element out.",
        required=False,
        empty_label="No single element",
    )

    def __init__(self, *args: Any, places: Sequence[Place], elements: QuerySet[Element], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.queryset = Place.objects.filter(pk__in=[each.pk for each in places])
        place.choices = [("", "Select a place"), *((each.pk, each.name) for each in places)]
        element: Any = self.fields["element"]
        element.queryset = elements

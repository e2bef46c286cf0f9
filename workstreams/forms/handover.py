"""Last words for whoever takes a workstream over."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from programme.models import Person


class HandoverNoteForm(forms.Form):
    """What a successor should know; the office also says whose words they are."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="Whose words are they?",
        empty_label="Choose a lead",
        error_messages={
            "required": "Choose whose words they are",
            "invalid_choice": "Choose a lead of this workstream",
        },
    )
    text = forms.CharField(
        label="What should whoever takes over know?",
        help_text="What is not written down anywhere else: who to ring, what was tried, what to watch.",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Write what whoever takes over should know"},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

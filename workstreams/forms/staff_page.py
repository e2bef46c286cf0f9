"""Forms of the page that staff read: which sections, and the acts that ask why."""

from collections.abc import Sequence
from typing import Any

from django import forms


class SectionsForm(forms.Form):
    """Which parts stand on the page."""

    sections = forms.MultipleChoiceField(
        label="What should stand on the page?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one section"},
    )

    def __init__(self, *args: Any, known: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sections"]
        field.choices = [(key, heading) for key, heading, _ in known]
        field.choice_hints = {key: hint for key, _, hint in known}


class ActForm(forms.Form):
    """An act on the page as it was seen. Asks why only where something is sent back or taken off."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label="Why?", max_length=500, error_messages={"required": "Say why"}, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["reason"]

"""The form of a workstream's plain-language page."""

from typing import Any, ClassVar, Self

from django import forms

from programme.readability import Reading
from workstreams.forms.private import PrivateForm
from workstreams.models import PlainPage
from workstreams.plain_words import PARTS, reading_of


class PlainForm(PrivateForm):
    """Four short texts. How hard they are to read is said, and never stops anybody from saving."""

    guarded: ClassVar = tuple(name for name, *_ in PARTS)

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question, _, hint in PARTS:
            box = forms.Textarea(attrs={"rows": 4, "spellcheck": "true"})
            field = forms.CharField(label=question, help_text=hint, max_length=1_500, widget=box, required=False)
            self.fields[name] = field
        self.fields["doing"].required = True
        self.fields["doing"].error_messages["required"] = "Enter what you are doing"

    @classmethod
    def of(cls, current: PlainPage | None) -> Self:
        """The form as the page stands; empty where nothing has been written."""
        if current is None:
            return cls(initial={"version": 0})
        return cls(initial={"version": current.number, **{name: getattr(current, name) for name, *_ in PARTS}})

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the boxes."""
        return {name: str(self[name].value() or "") for name, *_ in PARTS}

    @property
    def reading(self) -> Reading:
        """How hard it is to read."""
        return reading_of(list(self.texts.values()))

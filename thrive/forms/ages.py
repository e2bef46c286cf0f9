"""A box for an age, as people say it."""

from typing import Any, ClassVar

from django import forms

from thrive.ages import Ages, age, typed_words


class AgeField(forms.CharField):
    """'16', '17½', '6 months'. Cleans to months; empty to None where it may be empty."""

    default_error_messages: ClassVar = {
        "required": "Enter an age",
        "not_an_age": "Enter an age from 0 to 25, such as 16",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        super().__init__(**kwargs)

    def prepare_value(self, value: object) -> Any:
        """Months as they are typed."""
        return typed_words(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """The months, or a sentence."""
        said = super().clean(value)
        if not said:
            return None
        months = age(said)
        if months is None:
            raise forms.ValidationError(self.error_messages["not_an_age"], code="not_an_age")
        return months


def age_from(label: str = "From age") -> AgeField:
    """Where a stretch begins."""
    return AgeField(label=label, help_text="In years, or for example 6 months. 0 is from birth.")


def age_to(label: str = "Up to the birthday") -> AgeField:
    """Where it ends: the birthday on which it is over."""
    return AgeField(label=label, help_text="18 means until the 18th birthday. At most 25.")


def stretch(form: forms.Form, cleaned: dict[str, Any]) -> Ages | None:
    """The two boxes as one stretch; an error on the second where they do not make one."""
    start, end = cleaned.get("age_from"), cleaned.get("age_to")
    if start is None or end is None:
        return None
    if start >= end:
        form.add_error("age_to", "Enter an age above the one it begins at")
        return None
    return Ages(start, end)

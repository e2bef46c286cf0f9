"""Form fields that understand how people type: a pasted list, a date in three boxes."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

# The marks word processors, e-mails and people put before an item. A number or a letter counts only with a full stop
# or a bracket and then a space, so "2.5 WTE" and "A new team" stay as they are. A dash needs its space: "–5" is a
# number. The same pattern is in static/src/app.js; a test keeps the two alike.
BULLET_MARK = r"^\s*(?:[•◦▪▫‣●○■□·\uf0b7\uf0a7]\s*|[-–—*]\s+|o\t\s*|\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]\s+)"
_MARK = re.compile(BULLET_MARK)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_DEEPEST = 2  # marks in a row that are taken off: "• 1. Text" comes from a list inside a list


def bullet_text(line: str) -> str:
    """One item without its mark, with single spaces."""
    text = line.translate(_INVISIBLE)
    for _ in range(_DEEPEST):
        text = _MARK.sub("", text, count=1)
    text = " ".join(text.split())
    return "" if re.fullmatch(r"[-–—*o]|\d{1,2}[.)]", text) else text


def bullets(text: str) -> list[str]:
    """The items of a text box, one for each line that says something."""
    return [item for item in map(bullet_text, text.splitlines()) if item]


class BulletsField(forms.CharField):
    """A text box with one item on each line. Cleans to a list of items; takes a list or a text to start from."""

    default_error_messages: ClassVar = {"required": "Enter at least one point"}

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "data-app-bullets": "", "spellcheck": "true"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: object) -> str:
        """A list becomes lines; text is shown as it was typed."""
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")

    def clean(self, value: object) -> list[str]:
        """The items. Lines are kept as they were typed: a wrapped line is never guessed to belong to the one above."""
        items = bullets(super().clean(self.prepare_value(value)) or "")
        if self.required and not items:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return items

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare items, so that another bullet mark is not a change."""
        return bullets(self.prepare_value(initial)) != bullets(self.prepare_value(data))


class DateParts(forms.MultiWidget):
    """Day, month and year boxes: the NHS date input. type=date is not used, for it shows dates in American order."""

    PARTS = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in self.PARTS}, attrs)

    def decompress(self, value: date | None) -> list[str]:
        """The three texts of a date."""
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DatePartsField(forms.Field):
    """An exact day typed in three boxes. Cleans to a date, and says which part is missing or wrong."""

    widget = DateParts
    default_error_messages: ClassVar = {
        "required": "Enter a date",
        "incomplete": "The date must include a %(parts)s",
        "invalid": "Enter a real date, such as 24 12 2026",
    }

    def to_python(self, value: Sequence[str | None] | None) -> date | None:
        """The date, or a sentence about what is wrong with it."""
        texts = dict(zip(DateParts.PARTS, [(part or "").strip() for part in value or ()], strict=False))
        if not any(texts.values()):
            return None
        missing = [part for part in DateParts.PARTS if not texts.get(part)]
        if missing:
            params = {"parts": " and a ".join(missing)}
            raise forms.ValidationError(self.error_messages["incomplete"], code="incomplete", params=params)
        return self._real_date(texts)

    def _real_date(self, texts: Mapping[str, str]) -> date:
        if not re.fullmatch(r"\d{4}", texts["year"], re.ASCII):  # 26 is the year 26 to a computer
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return date(int(texts["year"]), int(texts["month"]), int(texts["day"]))
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

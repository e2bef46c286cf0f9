"""The fields with which a lead asks for help: what is wanted, by which day, and whether the work waits for it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from workstreams.actions.updates import HelpWanted
from workstreams.forms.milestone import SaidDateField

MOST_ASKS = 5
LONGEST_ASK = 1_000


def names(place: int) -> tuple[str, str, str]:
    """The names of one ask's fields: text, wanted-by day and blocking."""
    return f"ask-{place}-text", f"ask-{place}-by", f"ask-{place}-blocking"


def places(answers: Mapping[str, Any]) -> list[int]:
    """Which asks the form shows: those begun, and one more while there is room. Counted from 1."""
    begun = [place for place in range(1, MOST_ASKS + 1) if any(answers.get(name) for name in names(place))]
    return list(range(1, min(MOST_ASKS, max(begun, default=0) + 1) + 1))


def fields_of(place: int) -> dict[str, forms.Field]:
    """One ask. An ask that was not begun asks nothing of anybody."""
    text, wanted_by, blocking = names(place)
    which = "" if place == 1 else f" ({place})"
    return {
        text: forms.CharField(
            label=f"What help or decision do you need{which}?",
            help_text="One thing, as a question that can be answered with yes or no. Leave empty if you need none.",
            required=False,
            max_length=LONGEST_ASK,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        wanted_by: SaidDateField(
            label=f"By which day do you need the answer{which}?",
            help_text="For example: 24 December 2026.",
            required=False,
        ),
        blocking: forms.BooleanField(label=f"The work cannot go on without it{which}", required=False),
    }


def field_of(name: str) -> forms.Field | None:
    """The field of that name, whether or not a form shows it just now."""
    found = {each: field for place in range(1, MOST_ASKS + 1) for each, field in fields_of(place).items()}
    return found.get(name)


def clean(form: forms.Form, place: int) -> HelpWanted | None:
    """One ask, or None where it was not begun. What it lacks is said at its field."""
    text, wanted_by, blocking = names(place)
    cleaned = form.cleaned_data
    words, day, waits = cleaned.get(text), cleaned.get(wanted_by), bool(cleaned.get(blocking))
    if not (words or day or waits or form.errors.keys() & {text, wanted_by}):
        return None
    if not words and text not in form.errors:
        form.add_error(text, "Say what help or decision you need")
    if day is not None and day.end is None:
        form.add_error(wanted_by, "Enter a day, such as 24 December 2026")
    if waits and day is None and wanted_by not in form.errors:
        form.add_error(wanted_by, "Enter by which day you need the answer, since the work cannot go on without it")
    return HelpWanted(words or "", day.end if day else None, is_blocking=waits)

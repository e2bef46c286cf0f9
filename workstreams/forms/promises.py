"""The fields about earlier promises: what became of each next step, when it is to be done, why it was dropped."""

from typing import Any

from django import forms

from programme.clock import today
from workstreams.actions.updates import PromiseAnswer, promise_field
from workstreams.changes import Outcome, Promise
from workstreams.forms.milestone import SaidDateField

STILL_OPEN = "open"
LONGEST_REASON = 500
_CHOICES = [
    (Outcome.DONE.value, "Done"),
    (Outcome.MOVED.value, "Moved to a later date"),
    (Outcome.DROPPED.value, "Dropped"),
    (STILL_OPEN, "Not yet: ask me again next month"),
]


def names(promise: Promise) -> tuple[str, str, str]:
    """The names of a promise's three fields: outcome, when and reason."""
    outcome, when, reason = (promise_field(promise.key, part) for part in ("outcome", "when", "reason"))
    return outcome, when, reason


def fields_of(promise: Promise) -> dict[str, forms.Field]:
    """What is asked about a promise. Nothing of it has to be answered."""
    outcome, when, reason = names(promise)
    asked: Any = forms.ChoiceField(
        label=promise.text,
        help_text=f"{promise.age_words}.",
        choices=_CHOICES,
        required=False,
        widget=forms.RadioSelect,
    )
    asked.is_compact = True
    asked.reveals = {Outcome.MOVED.value: [when], Outcome.DROPPED.value: [reason]}
    why = forms.CharField(
        label="Why was it dropped?",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"Why it was dropped must be {LONGEST_REASON} characters or less"},
    )
    return {outcome: asked, when: SaidDateField(label="When will it be done?", required=False), reason: why}


def clean(form: forms.Form, promise: Promise) -> PromiseAnswer | None:
    """The answer to one promise, or None. What an answer lacks is said at its field; the rest is left alone."""
    outcome, when, reason = names(promise)
    chosen, cleaned = form.cleaned_data.get(outcome), form.cleaned_data
    if chosen != Outcome.MOVED:
        form.errors.pop(when, None)
    if chosen != Outcome.DROPPED:
        form.errors.pop(reason, None)
    if not chosen or chosen == STILL_OPEN:
        return None
    if chosen == Outcome.MOVED:
        _clean_when(form, when)
    if chosen == Outcome.DROPPED and not cleaned.get(reason) and reason not in form.errors:
        form.add_error(reason, "Say why it was dropped")
    return PromiseAnswer(
        promise.key,
        Outcome(chosen),
        when=cleaned.get(when) if chosen == Outcome.MOVED else None,
        reason=(cleaned.get(reason) or "") if chosen == Outcome.DROPPED else "",
    )


def _clean_when(form: forms.Form, name: str) -> None:
    if name in form.errors:
        return
    when = form.cleaned_data.get(name)
    if when is None:
        form.add_error(name, "Enter when it will be done")
    elif when.end and when.end < today():
        form.add_error(name, "Enter a date that has not passed")

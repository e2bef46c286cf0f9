"""The monthly update's form: what became of earlier promises, three boxes of bullets, a rating and its reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django import forms

from programme.fields import BulletsField
from programme.models import Person
from programme.status import DECLARABLE
from workstreams.actions.declaring import NO_PATH
from workstreams.actions.updates import DraftWords, HelpWanted, PromiseAnswer, words_of
from workstreams.changes import Promise
from workstreams.forms import asks as ask_form
from workstreams.forms import declaring as rating_form
from workstreams.forms import promises as promise_form
from workstreams.forms.declaring import LONGEST_REASON, RatingFacts
from workstreams.models import UpdateDraft
from workstreams.sections import Section

LONGEST_SECTION = 10_000
LONGEST_NOTE = 200
LONGEST_ANSWER = 2_000
MOST_ANSWERS = 200
# How the names of the fields begin that a draft keeps beside the sections and the rating.
FURTHER = ("promise-", "ask-", "path-", "confidence", "why-not")


def _section_field(section: Section) -> BulletsField:
    return BulletsField(
        label=section.question, help_text=section.hint, required=False, max_length=LONGEST_SECTION, rows=7
    )


@dataclass(frozen=True)
class Asked:
    """What this month's form asks beside the sections."""

    promises: Sequence[Promise] = ()
    facts: RatingFacts = field(default_factory=RatingFacts)


class UpdateForm(forms.Form):
    """One month's answers. `version` is the draft they were typed on; a later one means somebody else saved."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    progress = _section_field(Section.PROGRESS)
    risks = _section_field(Section.RISKS)
    next_steps = _section_field(Section.NEXT_STEPS)

    asks_for_help = True

    def __init__(self, *args: Any, asked: Asked | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked or Asked()
        self.promise_answers: list[PromiseAnswer] = []
        self.help_wanted: list[HelpWanted] = []
        self.path = NO_PATH
        typed = self.data if self.is_bound else self.initial
        self.ask_places = ask_form.places(typed) if self.asks_for_help else []
        self._add_fields()

    def _add_fields(self) -> None:
        """The promises first, help wanted under the risks, the rating last."""
        before = [promise_form.fields_of(promise) for promise in self.asked.promises]
        asks = [ask_form.fields_of(place) for place in self.ask_places]
        for added in (*before, *asks, rating_form.fields_of(self.asked.facts)):
            self.fields |= added
        first = [name for added in before for name in added]
        help_wanted = [name for added in asks for name in added]
        self.order_fields(["version", *first, "progress", "risks", *help_wanted, "next_steps"])

    @classmethod
    def of(cls, draft: UpdateDraft | None, **about: Any) -> Self:
        """The form as the draft stands; empty where nothing has been typed yet."""
        return cls(initial=_typed(draft) if draft else {"version": 0}, **about)

    @classmethod
    def checking(cls, draft: UpdateDraft, **about: Any) -> Self:
        """The draft's words, checked as if they had just been typed."""
        return cls(_typed(draft), **about)

    def clean(self) -> dict[str, Any]:
        """At least one point or one promise answered, and whatever the rating needs."""
        cleaned = super().clean() or {}
        found = [promise_form.clean(self, promise) for promise in self.asked.promises]
        self.promise_answers = [answer for answer in found if answer]
        wanted = [ask_form.clean(self, place) for place in self.ask_places]
        self.help_wanted = [each for each in wanted if each]
        written = any(cleaned.get(section.value) for section in Section)
        if not (written or self.promise_answers or any(section.value in self.errors for section in Section)):
            self.add_error("progress", "Write at least one point")
        self.path = rating_form.clean(self, self.asked.facts)
        return cleaned

    @property
    def asked_help(self) -> list[list[Any]]:
        """The fields of each ask."""
        return [[self[name] for name in ask_form.names(place)] for place in self.ask_places]

    @property
    def why_not(self) -> Any:
        """The field that asks why the rating is better than the rules say, where it can be."""
        return self[rating_form.WHY_NOT] if rating_form.WHY_NOT in self.fields else None

    @property
    def asked_promises(self) -> list[Any]:
        """The first field of each promise; choosing an answer reveals the others."""
        return [self[promise_form.names(promise)[0]] for promise in self.asked.promises]

    def shown(self, name: str, typed: str) -> str:
        """What was typed or chosen in a field, in words."""
        choices: Any = getattr(self.fields.get(name), "choices", ())
        return str(dict(choices).get(typed, typed))

    def label_of(self, name: str) -> str:
        """What a field asks, for pages that show what was typed; a field that is no longer asked has its name."""
        known = {part: promise for promise in self.asked.promises for part in promise_form.names(promise)}
        if name in known:
            return known[name].text
        field = self.fields.get(name) or ask_form.field_of(name)
        return str(field.label) if field else "An answer no longer asked for"

    @property
    def items(self) -> dict[Section, list[str]]:
        """The bullets, by section, of a valid form."""
        return {section: self.cleaned_data[section.value] for section in Section}


class OnBehalfForm(UpdateForm):
    """The same answers, typed by the office for somebody who leads the workstream."""

    on_behalf_of = forms.ChoiceField(
        label="Whose update is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select whose update it is", "invalid_choice": "Select whose update it is"},
    )
    source_note = forms.CharField(
        label="Who told you and when?",
        help_text="For example: email from the lead, 3 November. It is shown with the update.",
        max_length=LONGEST_NOTE,
        error_messages={
            "required": "Enter who told you and when",
            "max_length": f"Who told you and when must be {LONGEST_NOTE} characters or less",
        },
    )

    def __init__(self, *args: Any, writers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.writers = {str(person.pk): person for person in writers}
        chooser: Any = self.fields["on_behalf_of"]
        chooser.choices = [(key, person.name) for key, person in self.writers.items()]
        self.order_fields(["version", "on_behalf_of", "source_note"])
        if len(self.writers) == 1:
            chooser.widget = forms.HiddenInput()
            self.initial["on_behalf_of"] = next(iter(self.writers))

    @property
    def lead(self) -> Person:
        """In whose name a valid form is sent."""
        return self.writers[self.cleaned_data["on_behalf_of"]]


def _typed(draft: UpdateDraft) -> dict[str, Any]:
    words = words_of(draft)
    return {
        "version": draft.version,
        "rating": words.rating,
        "reason": words.reason,
        "on_behalf_of": str(words.on_behalf_of.survivor.pk) if words.on_behalf_of else "",
        "source_note": words.source_note,
        **words.answers,
        **words.sections,
    }


def words_typed(data: Any, writers: Iterable[Person] = ()) -> DraftWords:
    """What stands in the form, valid or not, so that a draft loses nothing. Cut at twice the longest allowed.

    `writers` are those in whose name this user may write; without any, the words are the user's own.
    """
    told_by = {str(person.pk): person for person in writers}
    return DraftWords(
        on_behalf_of=told_by.get(str(data.get("on_behalf_of", ""))),
        source_note=str(data.get("source_note", ""))[: 2 * LONGEST_NOTE] if told_by else "",
        sections={s.value: str(data.get(s.value, ""))[: 2 * LONGEST_SECTION] for s in Section},
        rating=data.get("rating", "") if data.get("rating") in {r.value for r in DECLARABLE} else "",
        reason=str(data.get("reason", ""))[: 2 * LONGEST_REASON],
        answers=_further(data),
    )


def _further(data: Mapping[str, Any]) -> dict[str, str]:
    """The fields beside the sections and the rating in which something stands."""
    names = [name for name in data if name.startswith(FURTHER)][:MOST_ANSWERS]
    return {name[:100]: str(data[name])[:LONGEST_ANSWER] for name in names if str(data[name])}


def version_typed_on(data: Any) -> int:
    """The version a form was opened on; anything unreadable counts as never."""
    text = str(data.get("version", ""))
    return int(text) if text.isdecimal() and len(text) < 9 else -1  # noqa: PLR2004 - fits an integer column


class CorrectionForm(UpdateForm):
    """What was sent, to be put right; `number` is the revision it was opened on. Promises and asks stay as they are."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    because = forms.CharField(
        label="Why is it corrected?",
        help_text="It stands beside the corrected text. For example: the figure was last year's.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the update is corrected"},
    )

    asks_for_help = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.order_fields(["number", "because"])

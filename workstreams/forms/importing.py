"""The forms of bringing a page in: the page itself, and the choices about what was read of it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django import forms

from programme.dates import Precision, month_words
from programme.fields import BulletsField
from programme.refusals import Refused
from workstreams import documents, fuzzydates
from workstreams.choices import Choices, WorkstreamChoice
from workstreams.fuzzydates import Tense
from workstreams.models import Workstream
from workstreams.narrative import Milestone, ParsedPage, Update
from workstreams.narrative import Workstream as ReadWorkstream

NEW, OUT = "new", "out"
STATUSES: Final = (
    ("current", "Current"),
    ("planned", "Planned"),
    ("paused", "Paused"),
    ("completed", "Closed to business as usual"),
)
TENSES: Final = ((Tense.DONE.value, "Done"), (Tense.PLANNED.value, "Planned"), (OUT, "Leave out"))
LONGEST_NAME: Final = 200
LONGEST_ANSWER: Final = 4_000
PASTED: Final = "Pasted text"


class StartForm(forms.Form):
    """A page: pasted, or as a file."""

    text = forms.CharField(
        label="Paste the page",
        help_text="Select the whole page in your browser or in Word, copy it, and paste it here.",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Or choose a file",
        help_text=f"It can be {documents.TYPES_IN_WORDS}. {documents.LIMITS_IN_WORDS}",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(documents.SUFFIXES)}),
    )
    source = forms.CharField(
        label="Where is the page from?",
        help_text="Such as ‘Intranet, crisis care page’. A file goes by its name if you leave this empty.",
        required=False,
        max_length=150,
    )

    def clean(self) -> dict[str, Any]:
        """The words, from whichever of the two was given, as `words`, and what to call them, as `name`."""
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if self.errors:
            return cleaned
        if bool(file) == bool(text.strip()):
            self.add_error("text", "Paste a page or choose a file" + (", not both" if file else ""))
            return cleaned
        try:
            cleaned["words"] = _file_words(file) if file else documents.pasted(text)
        except Refused as refused:
            self.add_error("file" if file else "text", str(refused))
        cleaned["name"] = cleaned.get("source") or (file.name if file else PASTED)
        return cleaned


def _file_words(file: Any) -> str:
    if file.size > documents.LARGEST_FILE:  # before it is read into memory
        raise Refused(f"{file.name} is larger than 5 MB. Copy the part that is the programme's page, and paste it.")
    return documents.read(file.read(), file.name)


class MonthField(forms.CharField):
    """A month as people say it. Cleans to its first day, or to None where the update is left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        """The month; its year has to be there."""
        text = super().clean(value)
        if not text:
            return None
        stated = fuzzydates.parse(text)
        if stated is None or stated.start is None or stated.ambiguous or stated.precision is not Precision.MONTH:
            raise forms.ValidationError(f"Enter a month with its year for “{text}”, such as March 2024")
        return stated.start


class ReviewForm(forms.Form):
    """One field for everything that can be chosen about a page. Always bound: it opens as the page was read.

    Fields are named by place: w0 is the first workstream, w0-u2 its third update, w0-m4 its fifth milestone.
    """

    def __init__(self, page: ParsedPage, existing: list[Workstream], answers: Mapping[str, Any]) -> None:
        self.page = page
        self.existing = existing
        fields, defaults = {}, {}
        for place, workstream in enumerate(page.workstreams):
            for name, made, default in self._of_workstream(place, workstream):
                fields[name], defaults[name] = made, default
        self.answers = defaults | {k: str(v)[:LONGEST_ANSWER] for k, v in answers.items() if k in defaults}
        super().__init__(self.answers)
        self.fields.update(fields)

    def _of_workstream(self, place: int, told: ReadWorkstream) -> Iterator[tuple[str, forms.Field, str]]:
        at = f"w{place}"
        known = self._known(told.name)
        yield f"{at}-do", self._target(place, told), f"to:{known.pk}" if known else NEW
        yield f"{at}-name", _name_field(), told.name[:LONGEST_NAME]
        status = forms.ChoiceField(label="How it stands", choices=STATUSES)
        yield f"{at}-status", status, told.status if told.status in dict(STATUSES) else "current"
        leads = BulletsField(label="Leads", help_text="One on each line.", required=False, rows=2)
        yield f"{at}-leads", leads, "\n".join(dict.fromkeys(lead.name for lead in told.leads))
        for number, update in enumerate(told.updates):
            yield f"{at}-u{number}", _month_field(update), month_words(update.month) if update.month else ""
        for number, milestone in enumerate(told.milestones):
            yield f"{at}-m{number}", _tense_field(milestone), _likely(milestone.tense)
            if milestone.date.ambiguous and milestone.date.alternatives:
                yield f"{at}-m{number}-reading", _reading_field(milestone), str(_reading_taken(milestone))

    def _known(self, name: str) -> Workstream | None:
        wanted = name.casefold()
        return next((w for w in self.existing if w.name.casefold() == wanted or name in w.aliases), None)

    def _target(self, place: int, told: ReadWorkstream) -> forms.ChoiceField:
        others = [
            (f"with:{i}", f"Merge with “{w.name[:80]}” of this page") for i, w in enumerate(self.page.workstreams)
        ]
        choices = [
            (NEW, "Add as a new workstream"),
            (OUT, "Leave out"),
            *((f"to:{w.pk}", f"Put into {w.name}") for w in self.existing),
            *(each for i, each in enumerate(others) if i != place),
        ]
        label = f"What to do with “{told.name[:80]}”"
        return forms.ChoiceField(label=label, choices=choices, error_messages={"required": f"Choose {label.lower()}"})

    def clean(self) -> dict[str, Any]:
        """A workstream can only be merged with one that is kept for itself; names are not shared."""
        cleaned = super().clean() or {}
        for place in range(len(self.page.workstreams)):
            do = cleaned.get(f"w{place}-do", "")
            if do.startswith("with:") and not self._stands(cleaned.get(f"w{do[5:]}-do", "")):
                self.add_error(f"w{place}-do", "Choose a workstream of this page that is kept and not merged itself")
        self._refuse_shared_names(cleaned)
        return cleaned

    def _stands(self, do: str) -> bool:
        return do == NEW or do.startswith("to:")

    def _refuse_shared_names(self, cleaned: dict[str, Any]) -> None:
        seen: set[str] = set()
        for place in range(len(self.page.workstreams)):
            name = str(cleaned.get(f"w{place}-name", "")).casefold()
            if cleaned.get(f"w{place}-do") == NEW and name and name in seen:
                self.add_error(f"w{place}-name", "Two workstreams have this name. Change one, or merge them")
            seen.add(name)

    @property
    def choices(self) -> Choices:
        """What was chosen, of a valid form."""
        return {place: self._choice(place, told) for place, told in enumerate(self.page.workstreams)}

    def _choice(self, place: int, told: ReadWorkstream) -> WorkstreamChoice:
        at, said = f"w{place}", self.cleaned_data
        do: str = said[f"{at}-do"]
        tenses = {n: said[f"{at}-m{n}"] for n in range(len(told.milestones))}
        return WorkstreamChoice(
            kept=do != OUT,
            into=int(do[3:]) if do.startswith("to:") else None,
            merged_with=int(do[5:]) if do.startswith("with:") else None,
            name=said[f"{at}-name"],
            status=said[f"{at}-status"],
            leads=tuple(said[f"{at}-leads"]),
            months=dict(self._months(at, told)),
            tenses={n: None if tense == OUT else Tense(tense) for n, tense in tenses.items()},
            readings={n: int(said[key]) for n in tenses if (key := f"{at}-m{n}-reading") in self.fields},
        )

    def _months(self, at: str, told: ReadWorkstream) -> Iterator[tuple[int, date | None]]:
        """Only where something was chosen: a month that nobody could tell stays a question for the import to tell."""
        for number, update in enumerate(told.updates):
            month = self.cleaned_data[f"{at}-u{number}"]
            if month != update.month or update.ambiguous:
                yield number, month


def _name_field() -> forms.CharField:
    return forms.CharField(label="Name", max_length=LONGEST_NAME - 1, error_messages={"required": "Enter a name"})


def _month_field(update: Update) -> MonthField:
    hint = f"Line {update.line}. {_sentence(update.clue)}" if update.clue else f"Line {update.line}."
    return MonthField(label=f"Month of “{update.heading[:80]}”", help_text=hint)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _tense_field(milestone: Milestone) -> forms.ChoiceField:
    return forms.ChoiceField(label=f"Done or planned: {milestone.text[:120]}", choices=TENSES)


def _likely(tense: Tense) -> str:
    return Tense.DONE.value if tense is Tense.DONE else Tense.PLANNED.value


def _reading_taken(milestone: Milestone) -> int:
    """The reading the page's order or headings decided for; the first where none is the same."""
    taken = (milestone.date.start, milestone.date.end)
    same = (n for n, each in enumerate(milestone.date.alternatives) if (each.start, each.end) == taken)
    return next(same, 0)


def _reading_field(milestone: Milestone) -> forms.ChoiceField:
    readings = [(str(n), reading.display()) for n, reading in enumerate(milestone.date.alternatives)]
    label = f"What does “{milestone.date.text[:60]}” mean?"
    return forms.ChoiceField(label=label, choices=readings, widget=forms.RadioSelect)

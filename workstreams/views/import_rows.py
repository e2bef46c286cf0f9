"""What the review of an import shows: its rows, the lines of the page, and the parts that can be changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Coalesce
from django.forms import Form
from django.forms.boundfield import BoundField

from programme.dates import month_words
from programme.models import Person
from workstreams import narrative
from workstreams.forms.import_review import Offer, ReviewForm, Told, target
from workstreams.forms.importing import CorrectionForm, SplitForm
from workstreams.models import Milestone, MonthlyUpdate
from workstreams.page_edits import CORRECTED, SPLIT_OFF, Corrections, corrected_said, item_key, lines_of, placed
from workstreams.said_dates import said_dates

MOST_LINES_SHOWN, LONGEST_LINE_SHOWN = 3_000, 400
_ROLES = {"rule": "Line", "label": "Label", "axis of dates": "Dates"}


def _anchor(key: str) -> str:
    return key.replace(".", "-")


@dataclass(frozen=True)
class Choice:
    """One update or milestone with its fields; `known` where the programme has it already."""

    key: str
    told: narrative.Update | narrative.Milestone
    field: BoundField
    known: bool
    reading: BoundField | None = None

    @property
    def items(self) -> list[tuple[str, narrative.Item]]:
        """The bullets of an update with their keys."""
        return [(item_key(item), item) for item in self.told.items] if isinstance(self.told, narrative.Update) else []

    @property
    def corrected(self) -> bool:
        """Whether a person put right the words or the date of a milestone."""
        told = self.told
        return isinstance(told, narrative.Milestone) and (bool(told.as_written) or told.date.basis == CORRECTED)


@dataclass(frozen=True)
class Said:
    """A date said in an update with its fields."""

    offer: Offer
    field: BoundField
    tense: BoundField

    @property
    def anchor(self) -> str:
        """Its key, as an address can bear it."""
        return _anchor(self.offer.said.key)

    @property
    def month(self) -> str:
        """The month it was said in."""
        return month_words(self.offer.said.month)


@dataclass(frozen=True)
class Row:
    """One workstream of the page with its fields."""

    key: str
    told: narrative.Workstream
    do: BoundField
    name: BoundField
    status: BoundField
    leads: BoundField
    confirm: BoundField | None
    people: list[tuple[str, bool]]
    to_settle: list[Choice] = field(default_factory=list)
    settled: list[Choice] = field(default_factory=list)
    milestones: list[Choice] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    months_wrong: bool = False

    @property
    def can_be_split(self) -> bool:
        """Whether it has a second line to begin another workstream on."""
        return len(lines_of(self.told)) > 1


def rows(form: ReviewForm) -> Iterator[Row]:
    """The workstreams of the page. A fixed number of queries, whatever the page's size."""
    targets = {told.key: target(form.answers[f"{told.key}-do"]) for told in form.placed}
    months, titles = _there_already({pk for pk in targets.values() if pk})
    known = _known_people(form)
    for told in form.told:
        yield _row(form, told, targets[told.placed.key], (months, titles, known))


def _row(
    form: ReviewForm, told: Told, into: int | None, there: tuple[set[tuple[Any, ...]], set[tuple[Any, ...]], set[str]]
) -> Row:
    (months, titles, known), at = there, told.placed.key
    choices = [Choice(key, u, form[key], (into, u.month) in months) for key, u in told.placed.updates]
    unclear = [update.month is None or update.ambiguous for _, update in told.placed.updates]
    names = [name for name in form.answers[f"{at}-leads"].splitlines() if name.strip()]
    return Row(
        at, told.placed.workstream, form[f"{at}-do"], form[f"{at}-name"], form[f"{at}-status"], form[f"{at}-leads"],
        confirm=_if_there(form, f"{at}-confirm"),
        people=[(name, name.casefold() in known) for name in names],
        to_settle=[each for each, doubt in zip(choices, unclear, strict=True) if doubt],
        settled=[each for each, doubt in zip(choices, unclear, strict=True) if not doubt],
        milestones=[
            Choice(key, m, form[key], (into, m.text, m.date.text) in titles, _if_there(form, f"{key}-reading"))
            for key, m in told.placed.milestones
        ],
        said=[Said(offer, form[offer.said.key], form[f"{offer.said.key}-tense"]) for offer in told.offers],
        months_wrong=any(each.field.errors for each in choices),
    )  # fmt: skip


def _if_there(form: ReviewForm, name: str) -> BoundField | None:
    return form[name] if name in form.fields else None


def _there_already(targets: set[int]) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """Months and milestones that the chosen workstreams have; months of merged duplicates are theirs."""
    if not targets:
        return set(), set()
    told = MonthlyUpdate.objects.annotate(stands=Coalesce("workstream__merged_into", "workstream"))
    months = told.filter(stands__in=targets).values_list("stands", "period__month")
    titles = Milestone.objects.filter(workstream__in=targets).values_list("workstream_id", "title", "dates__words")
    return set(months), set(titles)


def _known_people(form: ReviewForm) -> set[str]:
    """Names and aliases of the people the leads on the page may be, without capitals."""
    names = {name.strip() for told in form.placed for name in form.answers[f"{told.key}-leads"].splitlines()} - {""}
    return {known.casefold() for known in Person.objects.known_among(names)}


@dataclass(frozen=True)
class Line:
    """A line of the page as received, and what it was read as."""

    number: int
    text: str
    role: str


def lines(text: str, read: narrative.ParsedPage) -> Iterator[Line]:
    """The page as received, each line with what it was read as."""
    for number, line in enumerate(text.split("\n")[:MOST_LINES_SHOWN], start=1):
        role = read.placed.get(number, "")
        shown = line if len(line) <= LONGEST_LINE_SHOWN else f"{line[:LONGEST_LINE_SHOWN]} …"
        yield Line(number, shown.replace("\t", " | "), _ROLES.get(role, role.capitalize()))


# Parts that can be changed


@dataclass(frozen=True)
class Part:
    """A part of the page under change: what it says now, and for a workstream the lines it can be split at."""

    key: str
    line: int
    title: str
    words: str = ""
    date_words: str | None = None  # None: it has no date
    cuts: tuple[tuple[int, str], ...] = ()
    changed: bool = False

    @property
    def is_workstream(self) -> bool:
        """Whether the change is a split."""
        return self.key.startswith("w")

    @property
    def anchor(self) -> str:
        """Where the review shows it."""
        return _anchor(self.key)

    def form(self, data: Mapping[str, Any], *, bound: bool = False) -> Form:
        """The form of the change, filled with what stands there now."""
        if self.is_workstream:
            cuts = list(self.cuts)
            return SplitForm(data, lines=cuts) if bound else SplitForm(initial=data, lines=cuts)
        if bound:
            return CorrectionForm(data, date_words=self.date_words)
        return CorrectionForm(initial={**data, "text": self.words, "when": self.date_words}, date_words=self.date_words)

    def edits(self, said: Mapping[str, Any]) -> dict[str, str]:
        """What is kept of the change; without anything said the page's own words count again."""
        if self.is_workstream:
            return {f"split:{said['line']}": said["name"]} if said else {f"split:{self.line}": ""}
        if not said:
            return {f"text:{self.key}": "", f"when:{self.key}": ""}
        better = {f"text:{self.key}": said["text"]} if said["text"] != self.words else {}
        return better | ({f"when:{self.key}": said["when"].text} if said.get("when") else {})


def part(read: narrative.ParsedPage, corrections: Corrections, key: str) -> Part | None:
    """The part of a page with this key."""
    return next((each for each in _parts(read, corrections) if each.key == key), None)


def _parts(read: narrative.ParsedPage, corrections: Corrections) -> Iterator[Part]:
    for told in placed(read):
        page = told.workstream
        cuts = tuple((line, words) for line, words in _openings(page).items() if line > lines_of(page)[0])
        yield Part(told.key, page.line, page.name, cuts=cuts, changed=page.name_basis == SPLIT_OFF)
        for key, milestone in told.milestones:
            yield Part(
                key, milestone.line, milestone.text, milestone.text, milestone.date.text, changed=key in corrections
            )
        for _, update in told.updates:
            for item in update.items:
                yield Part(item_key(item), item.line, item.text, item.text, changed=item_key(item) in corrections)
        for each in said_dates(page.updates):
            said = corrected_said(each, corrections.get(each.key))
            yield Part(each.key, each.line, said.about, said.about, said.date.text, changed=each.key in corrections)


def _openings(told: narrative.Workstream) -> dict[int, str]:
    """What stands on each line at which something of the workstream starts."""
    words = {each.line: each.name for each in told.leads} | {each.line: each.name for each in told.phases}
    words |= {each.line: each.text for each in (*told.description, *told.objectives)}
    words |= {each.line: each.text for each in told.milestones}
    words |= {each.line: each.title for each in told.gates} | {each.line: each.heading for each in told.updates}
    return {line: words[line] for line in sorted(words) if line}

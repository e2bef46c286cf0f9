"""The plan as a spreadsheet: what is written into it, and what its rows ask for when it comes back.

The same columns go out and come in. A column that is missing leaves what it stands for as it is; a cell that was
emptied takes the phase, the owner or the evidence away. Every mistake is told by sheet, row, column and reason.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from programme.clock import today
from programme.dates import FuzzyDate
from programme.links import checked_link
from programme.models import Person, Programme
from programme.tables import Problem, ReadSheet, Row, Sheet
from workstreams import fuzzydates
from workstreams.actions.milestones import Details
from workstreams.actions.plan_changes import Change
from workstreams.models import Assignment, Milestone, Phase, Workstream, statements_of
from workstreams.slippage import Standing, standing

SHEET: Final = "Milestones"
ID, WORKSTREAM, TITLE, PHASE, OWNER = "ID", "Workstream", "Milestone", "Phase", "Owner"
CRITICAL, DUE, REASON, DONE = "Critical", "Due", "Why the date changes", "Done on"
LINK, LABEL, VERSION, STATE, BASELINE = "Evidence link", "Evidence label", "Version", "State", "Baseline"
COLUMNS: Final = {
    ID: 8, WORKSTREAM: 26, TITLE: 44, PHASE: 22, OWNER: 22, CRITICAL: 10, DUE: 24, REASON: 30, DONE: 18, LINK: 30,
    LABEL: 22, STATE: 20, BASELINE: 20, VERSION: 9,
}  # fmt: skip
NEEDED: Final = (ID, WORKSTREAM, TITLE, DUE, VERSION)
HELP: Final = (
    "Change what you like on the sheet Milestones and bring the file back. You see what would change before you save.",
    "A date can be written as people say it: 24 December 2026, March 2027, Spring 2027, by the end of June 2027.",
    "A date that changes needs its reason in the column “Why the date changes”.",
    "A row without an ID is a new milestone. A row that is not there stays as it is: nothing is ever deleted.",
    "Leave ID and Version as they are. State and Baseline are for reading only.",
)


# Out


def out(milestones: Iterable[Milestone], day: date) -> list[Sheet]:
    """Milestones, with their dates, workstream, phase and owner at hand, as sheets to write."""
    rows = [_row_out(milestone, standing(statements_of(milestone), day)) for milestone in milestones]
    return [
        Sheet(SHEET, tuple(COLUMNS), rows, tuple(COLUMNS.values())),
        Sheet("How to use this file", ("What to know",), [(line,) for line in HELP], (100,)),
    ]


def _row_out(milestone: Milestone, stands: Standing) -> tuple[str | int, ...]:
    stated = statements_of(milestone)
    planned = stated.forecasts[-1] if stated.forecasts else stated.baseline
    return (
        milestone.pk,
        milestone.workstream.name,
        milestone.title,
        milestone.phase.name if milestone.phase else "",
        milestone.owner.survivor.name if milestone.owner else "",
        "yes" if milestone.is_critical else "no",
        planned.display() if planned else "",
        "",
        stated.actual.display() if stated.actual else "",
        milestone.evidence_url,
        milestone.evidence_label,
        stands.state_words,
        stated.baseline.display() if stated.baseline else "Not recorded",
        milestone.version,
    )


# In


@dataclass
class Understood:
    """What the rows of a file ask for, what is wrong with them, and what was left alone."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What rows may name: a programme's milestones, workstreams, phases and people. Fetched once."""

    milestones: Mapping[int, Milestone]
    workstreams: Mapping[str, Workstream]
    phases: Mapping[tuple[int, str], Phase]
    people: Mapping[str, Collection[Person]]
    editable: Collection[int]


def known(programme: Programme, editable: Collection[int]) -> Known:
    """What there is in a programme, in five queries. `editable` are the workstreams whose plan the user keeps."""
    rows = Milestone.objects.filter(workstream__programme=programme, workstream__merged_into=None).with_dates()
    phases = Phase.objects.filter(workstream__programme=programme)
    return Known(
        {row.pk: row for row in rows.select_related("workstream__programme", "phase", "owner__merged_into")},
        {w.name.casefold(): w for w in programme.workstreams.filter(merged_into=None).select_related("programme")},
        {(phase.workstream_id, phase.name.casefold()): phase for phase in phases},
        people_by_name(programme),
        frozenset(editable),
    )


def people_of(programme: Programme) -> list[Person]:
    """Everybody who is named in a programme's workstreams or plans, by name."""
    assigned = Assignment.objects.filter(workstream__programme=programme).values("person_id")
    owning = Milestone.objects.filter(workstream__programme=programme).exclude(owner=None).values("owner_id")
    found = Person.objects.filter(pk__in=assigned.union(owning)).select_related("merged_into")
    return sorted({each.survivor.pk: each.survivor for each in found}.values(), key=lambda p: (p.name, p.pk))


def people_by_name(programme: Programme) -> dict[str, list[Person]]:
    """The same people by each of their names, without capitals."""
    names: dict[str, list[Person]] = defaultdict(list)
    for person in people_of(programme):
        for name in {person.name.casefold(), *(alias.casefold() for alias in person.aliases)}:
            names[name].append(person)
    return names


def understand(sheets: Sequence[ReadSheet], told: Known) -> Understood:
    """What a file asks for. Only sheets with the columns of a plan are read; the others are named as left alone."""
    found = Understood()
    plans = [sheet for sheet in sheets if ID in sheet.columns and TITLE in sheet.columns]
    found.notes += [f"The sheet “{sheet.name}” was left alone." for sheet in sheets if sheet not in plans]
    if not plans:
        found.problems.append(
            Problem(sheets[0].name if sheets else SHEET, 1, "", f"No sheet has the columns {ID} and {TITLE}")
        )
    seen: dict[str, str] = {}
    for sheet in plans:
        found.problems += sheet.problems
        missing = [heading for heading in NEEDED if heading not in sheet.columns]
        if missing:
            found.problems += [Problem(sheet.name, 1, "", f"The column “{heading}” is missing") for heading in missing]
            continue
        unknown = [f"“{heading}”" for heading in sheet.columns if heading not in COLUMNS]
        found.notes += [f"Column {each} of the sheet “{sheet.name}” was left alone." for each in unknown]
        broken = {problem.row for problem in sheet.problems}
        for row in sheet.rows:
            if row.number not in broken:
                _understand_row(_Reading(sheet, row, told, found), seen)
    return found


@dataclass
class _Reading:
    """One row being read."""

    sheet: ReadSheet
    row: Row
    told: Known
    found: Understood
    is_right: bool = True

    def cell(self, heading: str) -> str:
        return self.row.cells.get(heading, "")

    def has(self, heading: str) -> bool:
        return heading in self.sheet.columns

    def wrong(self, heading: str, reason: str) -> None:
        self.is_right = False
        column = self.sheet.column(heading) if heading else ""
        self.found.problems.append(Problem(self.sheet.name, self.row.number, column, reason))

    def date(self, heading: str) -> FuzzyDate | None:
        """The date a cell states; a problem and None where it cannot be read in one way."""
        when = fuzzydates.parse(self.cell(heading), reference=today())
        if when is None or not (when.has_window or when.precision.value in {"ongoing", "undated"}):
            self.wrong(heading, f"“{self.cell(heading)}” is not a date such as 24 December 2026 or Spring 2027")
            return None
        if when.ambiguous:
            readings = " or ".join(f"“{reading.display()}”" for reading in when.alternatives)
            self.wrong(heading, f"“{self.cell(heading)}” can be read in more than one way. Write {readings}")
            return None
        return when


def _understand_row(reading: _Reading, seen: dict[str, str]) -> None:
    key = reading.cell(ID)
    here = f"row {reading.row.number} of {reading.sheet.name}"
    if key and seen.setdefault(key, here) != here:
        reading.wrong(ID, f"The milestone {key} also stands in {seen[key]}")
        return
    change = _existing(reading, key) if key else _new(reading)
    if change is None or not reading.is_right:
        return
    if change.workstream.pk not in reading.told.editable:
        reading.wrong(WORKSTREAM, f"You do not keep the plan of {change.workstream.name}, so this row cannot change")
        return
    reading.found.changes.append(change)


def _existing(reading: _Reading, key: str) -> Change | None:
    """What a row asks of a milestone that is there; None where it asks for nothing."""
    milestone = reading.told.milestones.get(int(key)) if key.isascii() and key.isdecimal() else None
    if milestone is None:
        reading.wrong(ID, f"There is no milestone {key} in this programme. Leave the cell empty for a new one")
        return None
    named = reading.cell(WORKSTREAM).casefold()
    if named and named != milestone.workstream.name.casefold():
        reading.wrong(WORKSTREAM, f"This milestone belongs to {milestone.workstream.name} and stays there")
    version = reading.cell(VERSION)
    if not version.isascii() or not version.isdecimal():
        reading.wrong(VERSION, "Leave the version as it was in the file you downloaded")
        return None
    before = details_of(milestone)
    after = _details(reading, milestone.workstream, before)
    change = Change(_key(reading), milestone.workstream, milestone, int(version), after if after != before else None)
    change = _with_dates(reading, change, milestone)
    return change if change.details or change.when or change.done_on else None


def details_of(milestone: Milestone) -> Details:
    """What a milestone is, as it stands."""
    return Details(
        milestone.title, milestone.phase, milestone.owner.survivor if milestone.owner else None, milestone.is_critical,
        milestone.evidence_url, milestone.evidence_label,
    )  # fmt: skip


def _with_dates(reading: _Reading, change: Change, milestone: Milestone) -> Change:
    stated = statements_of(milestone)
    planned = stated.forecasts[-1] if stated.forecasts else stated.baseline
    due, done = reading.cell(DUE), reading.cell(DONE)
    if due != (planned.display() if planned else ""):
        change = _moved(reading, change, planned)
    if reading.has(DONE) and done != (stated.actual.display() if stated.actual else ""):
        if stated.actual:
            reading.wrong(DONE, "This milestone is recorded as done, and that stays as it is")
        else:
            change = replace(change, done_on=_done_on(reading))
    return change


def _moved(reading: _Reading, change: Change, planned: FuzzyDate | None) -> Change:
    if not reading.cell(DUE):
        reading.wrong(DUE, "A date cannot be taken away. Write “To be confirmed” where it is not known any more")
        return change
    when = reading.date(DUE)
    if when is None or (planned and when.display() == planned.display()):
        return change
    if not reading.cell(REASON):
        reading.wrong(REASON, "Say why the date changes")
    return replace(change, when=when, reason=reading.cell(REASON))


def _done_on(reading: _Reading) -> FuzzyDate | None:
    when = reading.date(DONE)
    if when is not None and when.start and when.start > today():
        reading.wrong(DONE, "A milestone can only be done today or earlier")
    return when


def _new(reading: _Reading) -> Change | None:
    workstream = reading.told.workstreams.get(reading.cell(WORKSTREAM).casefold())
    if workstream is None:
        said = reading.cell(WORKSTREAM)
        reading.wrong(
            WORKSTREAM, f"There is no workstream “{said}” in this programme" if said else "Enter the workstream"
        )
        return None
    if not reading.cell(DUE):
        reading.wrong(DUE, "Enter when it is due")
        return None
    details = _details(reading, workstream, Details("", None, None, is_critical=False))
    done = _done_on(reading) if reading.cell(DONE) else None
    return Change(_key(reading), workstream, None, details=details, when=reading.date(DUE), done_on=done)


def _details(reading: _Reading, workstream: Workstream, before: Details) -> Details:
    """What the row says a milestone is; columns that are not there keep what was there before."""
    title = reading.cell(TITLE)
    if not title:
        reading.wrong(TITLE, "Enter what will be delivered")
    elif len(title) > 500:  # noqa: PLR2004 - as long as the form and the database allow
        reading.wrong(TITLE, "The name can be up to 500 characters")
    after = replace(before, title=title)
    if reading.has(PHASE):
        after = replace(after, phase=_phase(reading, workstream))
    if reading.has(OWNER):
        after = replace(after, owner=_owner(reading, before))
    if reading.has(CRITICAL):
        after = replace(after, is_critical=_yes_or_no(reading))
    return _evidence(reading, after)


def _phase(reading: _Reading, workstream: Workstream) -> Phase | None:
    name = reading.cell(PHASE)
    phase = reading.told.phases.get((workstream.pk, name.casefold()))
    if name and phase is None:
        reading.wrong(PHASE, f"{workstream.name} has no phase “{name}”")
    return phase


def _owner(reading: _Reading, before: Details) -> Person | None:
    """The only person of that name; several of one name are told apart by who owns it already."""
    name = reading.cell(OWNER)
    if not name or (before.owner and before.owner.name.casefold() == name.casefold()):
        return before.owner if name else None
    found = list(reading.told.people.get(name.casefold(), ()))
    if len(found) != 1:
        many = f"More than one person is called “{name}”. Choose the owner on the milestone’s page"
        reading.wrong(OWNER, many if found else f"Nobody called “{name}” is named in this programme")
        return None
    return found[0]


def _yes_or_no(reading: _Reading) -> bool:
    said = reading.cell(CRITICAL).casefold()
    if said not in {"yes", "no", ""}:
        reading.wrong(CRITICAL, "Write yes or no")
    return said == "yes"


def _evidence(reading: _Reading, after: Details) -> Details:
    if reading.has(LINK):
        try:
            after = replace(after, evidence_url=checked_link(reading.cell(LINK)))
        except ValueError as error:
            reading.wrong(LINK, str(error))
    if reading.has(LABEL):
        label = reading.cell(LABEL)
        if len(label) > 200:  # noqa: PLR2004 - as long as the database allows
            reading.wrong(LABEL, "The label can be up to 200 characters")
        after = replace(after, evidence_label=label if after.evidence_url else "")
    return after


def _key(reading: _Reading) -> str:
    return f"{reading.sheet.name}\t{reading.row.number}"


def problems_of(refusals: Mapping[str, str]) -> Iterable[Problem]:
    """Why changes could not be made, told by the rows they came from."""
    for key, reason in refusals.items():
        name, number = key.split("\t")
        yield Problem(name, int(number), "", reason)

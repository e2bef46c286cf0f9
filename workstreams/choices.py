"""What a person decided about a page that was read, put to work on what the page says. Pure.

Everything is chosen by its key: its place on the page, as `workstreams.page_edits` gives it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from programme.dates import FuzzyDate
from workstreams.fuzzydates import Tense
from workstreams.narrative import Lead, Milestone, ParsedPage, Update, Workstream
from workstreams.page_edits import SPLIT_OFF, Correction, Placed, corrected_said, placed
from workstreams.said_dates import SaidDate, said_dates

NO_NAME: Final = "the page gives it no name"  # what narrative says of a name it made up


@dataclass(frozen=True)
class SaidChoice:
    """What a date said in an update becomes: nothing (OUT), a milestone (NEW), or another date of the one with a key.

    Such a key is another said date's, a milestone's of the page, or `of_programme(pk)`.
    """

    choice: str
    tense: Tense
    correction: Correction | None = None


def of_programme(pk: int) -> str:
    """The key of a milestone the programme has."""
    return f"p{pk}"


def programme_key(key: str) -> int | None:
    """The milestone of the programme that a key means, if it is one."""
    return int(key[1:]) if key.startswith("p") and key[1:].isdecimal() else None


@dataclass(frozen=True)
class WorkstreamChoice:
    """What is to become of one workstream of the page. Without any choice the page is taken at its word."""

    kept: bool = True
    into: int | None = None  # the key of a workstream the programme has
    merged_with: str | None = None  # the key of another workstream of the page
    name: str = ""
    status: str = ""
    leads: tuple[str, ...] | None = None
    months: Mapping[str, date | None] = field(default_factory=dict)  # None leaves the update out
    tenses: Mapping[str, Tense | None] = field(default_factory=dict)  # None leaves the milestone out
    confirmed: frozenset[str] = frozenset()  # milestones a person says are done
    readings: Mapping[str, int] = field(default_factory=dict)  # which reading of an ambiguous date is meant
    said: Mapping[str, SaidChoice] | None = None  # None: as the rules propose


@dataclass(frozen=True)
class Deliverable:
    """A milestone as it is to be saved; `confirmed` where a person says it is done."""

    key: str
    told: Milestone
    confirmed: bool = False


@dataclass(frozen=True)
class Chosen:
    """A workstream as it is to be saved, and where. `aliases` are names the page knows it by.

    `chosen` is what was chosen about its said dates; those without a choice are left to the rules.
    """

    workstream: Workstream
    deliverables: tuple[Deliverable, ...] = ()
    said: tuple[SaidDate, ...] = ()
    chosen: Mapping[str, SaidChoice] = field(default_factory=dict)
    into: int | None = None
    aliases: tuple[str, ...] = ()


Choices = Mapping[str, WorkstreamChoice]


def apply(page: ParsedPage, choices: Choices) -> tuple[Chosen, ...]:
    """The workstreams of the page as they were chosen, in the order of the page."""
    told = {each.key: each for each in placed(page)}
    chosen = {key: choices.get(key, WorkstreamChoice()) for key in told}
    settled = {key: _settled(told[key], choice) for key, choice in chosen.items() if choice.kept}
    out = []
    for key, choice in chosen.items():
        if key not in settled or choice.merged_with is not None:
            continue
        parts = [settled[other] for other, its in chosen.items() if its.kept and its.merged_with == key]
        aliases = _aliases(told[key].workstream, choice)
        out.append(replace(_joined(settled[key], parts), into=choice.into, aliases=aliases))
    return tuple(out)


def _aliases(workstream: Workstream, choice: WorkstreamChoice) -> tuple[str, ...]:
    """The name on the page, where a person gave a better one, so that the page is recognised next time."""
    renamed = bool(choice.name) and choice.name != workstream.name
    return (workstream.name,) if renamed and workstream.name_basis not in {NO_NAME, SPLIT_OFF} else ()


def _settled(told: Placed, choice: WorkstreamChoice) -> Chosen:
    page = told.workstream
    updates = tuple(_updates(told, choice))
    deliverables = tuple(_deliverables(told, choice))
    workstream = replace(
        page,
        name=choice.name or page.name,
        status=choice.status or page.status,
        leads=page.leads if choice.leads is None else tuple(_leads(page, choice.leads)),
        updates=updates,
        milestones=tuple(each.told for each in deliverables),
    )
    chosen = choice.said or {}
    said = tuple(_said(each, chosen.get(each.key)) for each in said_dates(updates))
    return Chosen(workstream, deliverables, said, chosen)


def _said(each: SaidDate, choice: SaidChoice | None) -> SaidDate:
    return replace(corrected_said(each, choice.correction), tense=choice.tense) if choice else each


def _leads(workstream: Workstream, names: tuple[str, ...]) -> Iterator[Lead]:
    """Those the page names keep the role and line it gave them."""
    told = {lead.name: lead for lead in workstream.leads}
    line = workstream.leads[0].line if workstream.leads else workstream.line
    for name in names:
        yield told.get(name) or Lead(name, line=line)


def _updates(told: Placed, choice: WorkstreamChoice) -> Iterator[Update]:
    for key, update in told.updates:
        month = choice.months.get(key, update.month)
        if key not in choice.months:
            yield update
        elif month is not None:
            yield replace(update, month=month, ambiguous=False, clue="chosen by a person")


def _deliverables(told: Placed, choice: WorkstreamChoice) -> Iterator[Deliverable]:
    for key, milestone in told.milestones:
        tense = choice.tenses.get(key, milestone.tense)
        if tense is None:
            continue
        reading = choice.readings.get(key)
        stated = milestone.date if reading is None else chosen_reading(milestone.date, reading)
        yield Deliverable(key, replace(milestone, tense=tense, date=stated), key in choice.confirmed)


def chosen_reading(stated: FuzzyDate, reading: int) -> FuzzyDate:
    """An ambiguous date with one of its readings chosen; the words stay as written."""
    if not 0 <= reading < len(stated.alternatives):
        return stated
    meant = stated.alternatives[reading]
    basis = f"chosen by a person from {len(stated.alternatives)} readings"
    return replace(meant, text=stated.text, ambiguous=False, alternatives=(), basis=basis)


def _joined(chosen: Chosen, parts: list[Chosen]) -> Chosen:
    """Several workstreams of the page as one. What was said of one month stands in one update."""
    workstream = chosen.workstream
    for each in parts:
        part, known = each.workstream, {lead.name for lead in workstream.leads}
        workstream = replace(
            workstream,
            leads=(*workstream.leads, *(lead for lead in part.leads if lead.name not in known)),
            description=workstream.description + part.description,
            objectives=workstream.objectives + part.objectives,
            updates=workstream.updates + part.updates,
            milestones=workstream.milestones + part.milestones,
            gates=workstream.gates + part.gates,
            phases=workstream.phases + part.phases,
            closures=workstream.closures + part.closures,
        )
        chosen = replace(
            chosen,
            deliverables=chosen.deliverables + each.deliverables,
            said=chosen.said + each.said,
            chosen={**chosen.chosen, **each.chosen},
        )
    updates = tuple(_one_a_month(workstream.updates)) if parts else workstream.updates
    return replace(chosen, workstream=replace(workstream, updates=updates))


def _one_a_month(updates: tuple[Update, ...]) -> Iterator[Update]:
    months: dict[date, list[Update]] = {}
    for update in updates:
        if update.month is None:
            yield update
        else:
            months.setdefault(update.month, []).append(update)
    for first, *rest in months.values():
        yield replace(first, items=first.items + tuple(item for other in rest for item in other.items))

"""What a person decided about a page that was read, put to work on what the page says. Pure.

Places count from 0: the workstream's place on the page, the update's and the milestone's place in their workstream.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from programme.dates import FuzzyDate
from workstreams.fuzzydates import Tense
from workstreams.narrative import Lead, Milestone, ParsedPage, Update, Workstream

NO_NAME: Final = "the page gives it no name"  # what narrative says of a name it made up


@dataclass(frozen=True)
class WorkstreamChoice:
    """What is to become of one workstream of the page. Without any choice the page is taken at its word."""

    kept: bool = True
    into: int | None = None  # the key of a workstream the programme has
    merged_with: int | None = None  # the place of another workstream of the page
    name: str = ""
    status: str = ""
    leads: tuple[str, ...] | None = None
    months: Mapping[int, date | None] = field(default_factory=dict)  # None leaves the update out
    tenses: Mapping[int, Tense | None] = field(default_factory=dict)  # None leaves the milestone out
    readings: Mapping[int, int] = field(default_factory=dict)  # which reading of an ambiguous date is meant


@dataclass(frozen=True)
class Chosen:
    """A workstream as it is to be saved, and where. `aliases` are names the page knows it by."""

    workstream: Workstream
    into: int | None = None
    aliases: tuple[str, ...] = ()


Choices = Mapping[int, WorkstreamChoice]


def apply(page: ParsedPage, choices: Choices) -> tuple[Chosen, ...]:
    """The workstreams of the page as they were chosen, in the order of the page."""
    chosen = {place: choices.get(place, WorkstreamChoice()) for place in range(len(page.workstreams))}
    settled = {place: _settled(page.workstreams[place], choice) for place, choice in chosen.items() if choice.kept}
    out = []
    for place, choice in chosen.items():
        if place not in settled or choice.merged_with is not None:
            continue
        parts = [settled[other] for other, its in chosen.items() if its.kept and its.merged_with == place]
        out.append(Chosen(_joined(settled[place], parts), choice.into, _aliases(page.workstreams[place], choice)))
    return tuple(out)


def _aliases(workstream: Workstream, choice: WorkstreamChoice) -> tuple[str, ...]:
    """The name on the page, where a person gave a better one, so that the page is recognised next time."""
    renamed = bool(choice.name) and choice.name != workstream.name
    return (workstream.name,) if renamed and workstream.name_basis != NO_NAME else ()


def _settled(workstream: Workstream, choice: WorkstreamChoice) -> Workstream:
    return replace(
        workstream,
        name=choice.name or workstream.name,
        status=choice.status or workstream.status,
        leads=workstream.leads if choice.leads is None else tuple(_leads(workstream, choice.leads)),
        updates=tuple(_updates(workstream, choice)),
        milestones=tuple(_milestones(workstream, choice)),
    )


def _leads(workstream: Workstream, names: tuple[str, ...]) -> Iterator[Lead]:
    """Those the page names keep the role and line it gave them."""
    told = {lead.name: lead for lead in workstream.leads}
    line = workstream.leads[0].line if workstream.leads else workstream.line
    for name in names:
        yield told.get(name) or Lead(name, line=line)


def _updates(workstream: Workstream, choice: WorkstreamChoice) -> Iterator[Update]:
    for place, update in enumerate(workstream.updates):
        month = choice.months.get(place, update.month)
        if place not in choice.months:
            yield update
        elif month is not None:
            yield replace(update, month=month, ambiguous=False, clue="chosen by a person")


def _milestones(workstream: Workstream, choice: WorkstreamChoice) -> Iterator[Milestone]:
    for place, milestone in enumerate(workstream.milestones):
        tense = choice.tenses.get(place, milestone.tense)
        if tense is None:
            continue
        reading = choice.readings.get(place)
        stated = milestone.date if reading is None else chosen_reading(milestone.date, reading)
        yield replace(milestone, tense=tense, date=stated)


def chosen_reading(stated: FuzzyDate, reading: int) -> FuzzyDate:
    """An ambiguous date with one of its readings chosen; the words stay as written."""
    if not 0 <= reading < len(stated.alternatives):
        return stated
    meant = stated.alternatives[reading]
    basis = f"chosen by a person from {len(stated.alternatives)} readings"
    return replace(meant, text=stated.text, ambiguous=False, alternatives=(), basis=basis)


def _joined(workstream: Workstream, parts: list[Workstream]) -> Workstream:
    """Several workstreams of the page as one. What was said of one month stands in one update."""
    for part in parts:
        known = {lead.name for lead in workstream.leads}
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
    return replace(workstream, updates=tuple(_one_a_month(workstream.updates))) if parts else workstream


def _one_a_month(updates: tuple[Update, ...]) -> Iterator[Update]:
    months: dict[date, list[Update]] = {}
    for update in updates:
        if update.month is None:
            yield update
        else:
            months.setdefault(update.month, []).append(update)
    for first, *rest in months.values():
        yield replace(first, items=first.items + tuple(item for other in rest for item in other.items))

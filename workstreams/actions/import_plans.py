"""The plans of an import: phases, milestones, and the dates that sentences of updates stated for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Q

from programme.clock import LONDON
from programme.refusals import Refused
from workstreams import narrative
from workstreams.actions import milestones
from workstreams.actions.import_run import NAME_LENGTH, TITLE_LENGTH, ImportRun, fitted, fitted_date
from workstreams.choices import Chosen, Deliverable, SaidChoice, of_programme, programme_key
from workstreams.fuzzydates import Tense
from workstreams.models import Milestone, Phase, Workstream, statements_of
from workstreams.said_dates import NEW, OUT, Known, Proposal, SaidDate, proposals

# The plan


def add_plan(
    run: ImportRun, workstream: Workstream, phases: Iterable[narrative.Phase], deliverables: Sequence[Deliverable]
) -> None:
    """Phases first, then what stands in them."""
    known = _add_phases(run, workstream, phases)
    for each in deliverables:
        _add_milestone(run, workstream, each, _phase_named(each.told.phase, known))


def _add_phases(run: ImportRun, workstream: Workstream, told: Iterable[narrative.Phase]) -> list[Phase]:
    phases = list(workstream.phases.all())
    known = {phase.name for phase in phases}
    for phase in told:
        name = fitted(phase.name, NAME_LENGTH)
        if name not in known:
            known.add(name)
            run.counts["phase"] += 1
            made = milestones.add_phase(
                workstream=workstream,
                name=name,
                order=len(phases) + 1,
                window=fitted_date(phase.date) if phase.date else None,
                by=run.by,
                at=run.at,
                batch=run.batch,
                source_line=phase.line,
            )
            phases.append(made)
    return phases


def _phase_named(name: str, phases: Iterable[Phase]) -> Phase | None:
    """A milestone names its phase as a heading does: 'Phase One' for 'Phase One: assessment'."""
    shown = fitted(name, NAME_LENGTH)
    return next((phase for phase in phases if name and phase.name.startswith(shown)), None)


def _add_milestone(run: ImportRun, workstream: Workstream, each: Deliverable, phase: Phase | None) -> None:
    told = each.told
    title, when = fitted(told.text, TITLE_LENGTH), fitted_date(told.date)
    names = Q(title=title) | Q(aliases__contains=[told.as_written or title])
    there = workstream.milestones.filter(names, dates__words=when.text).first()
    if there:
        run.made[each.key] = there
        run.skipped.append(f"{workstream}: “{title}” ({when.text}) is there already.")
        return
    run.counts.update(["milestone", "done"] if each.confirmed else ["milestone"])
    run.made[each.key] = milestones.add(
        workstream=workstream,
        title=title,
        aliases=[told.as_written] if told.as_written else [],
        when=when,
        phase=phase,
        tense="" if each.confirmed else Milestone.Tense(told.tense.value),
        done=each.confirmed,
        by=run.by,
        at=run.at,
        batch=run.batch,
        source_line=told.line,
    )
    if when.ambiguous:
        run.to_check.append(f"Line {told.line}: “{title}” is dated “{when.text}”, read as {when.display()}.")


# Dates said in updates


def known_milestones(found: Iterable[Milestone]) -> list[Known]:
    """What the programme has, for the rule that proposes. Uses prefetched dates."""
    known = []
    for milestone in found:
        stated = statements_of(milestone)
        planned = stated.forecasts[-1] if stated.forecasts else stated.baseline
        texts = (milestone.title, *milestone.aliases)
        known.append(Known(of_programme(milestone.pk), texts, stated.actual or planned, stated.actual is not None))
    return known


def planned_on_page(deliverables: Iterable[tuple[str, narrative.Milestone]]) -> list[Known]:
    """What the plan of the page says, for the rule that proposes."""
    return [Known(key, (told.text,), told.date, told.tense is Tense.DONE) for key, told in deliverables]


Statement = tuple[str, str]  # words of the date, and the sentence they were said in


def said_before(found: Iterable[Milestone]) -> dict[Statement, Milestone]:
    """What was taken over from pages already. Uses prefetched dates."""
    return {(each.words, each.reason): m for m in found for each in m.dates.all() if each.batch_id and each.reason}


def statement_of(said: SaidDate) -> Statement:
    """A said date as it would be stored."""
    return fitted_date(said.date).text, said.source


@dataclass(frozen=True)
class _Workstream:
    """One workstream of the import with what it had of milestones and of said dates before."""

    row: Workstream
    wanted: Chosen
    found: list[Milestone]
    before: dict[Statement, Milestone]
    made: Mapping[str, Milestone]


def state_said_dates(run: ImportRun) -> None:
    """The dates that updates stated, as chosen or else as proposed: first new milestones, then their other dates."""
    for row, wanted in run.saved:
        if wanted.said:
            found = list(row.milestones.with_dates())
            each = _Workstream(row, wanted, found, said_before(found), run.made)
            _state(run, each, _chosen(each))


def _chosen(each: _Workstream) -> dict[str, SaidChoice]:
    """What was chosen; where nothing was, what the rules propose."""
    open_ones = [said for said in each.wanted.said if said.key not in each.wanted.chosen]
    if not open_ones:
        return dict(each.wanted.chosen)
    fresh = [said for said in open_ones if statement_of(said) not in each.before]
    own = {milestone.pk for milestone in each.made.values()}
    known = [
        *known_milestones(m for m in each.found if m.pk not in own),
        *planned_on_page((one.key, one.told) for one in each.wanted.deliverables),
    ]
    offered = proposals(fresh, known)
    return {said.key: _as_proposed(said, offered.get(said.key)) for said in open_ones} | dict(each.wanted.chosen)


def _as_proposed(said: SaidDate, proposal: Proposal | None) -> SaidChoice:
    return SaidChoice(proposal.choice if proposal else OUT, said.tense)


def _state(run: ImportRun, each: _Workstream, chosen: Mapping[str, SaidChoice]) -> None:
    told = sorted(each.wanted.said, key=lambda said: said.month)
    for said in told:
        choice = chosen[said.key].choice if said.key in chosen else OUT
        if statement_of(said) in each.before:
            run.made[said.key] = each.before[statement_of(said)]
            run.skipped.append(f"Line {said.line}: “{said.about}” ({said.date.text}) is there already.")
        elif choice == NEW:
            _begin(run, each.row, said, is_done=chosen[said.key].tense is Tense.DONE)
        elif choice != OUT:
            _say_again(run, each, said, choice, is_done=chosen[said.key].tense is Tense.DONE)


def _begin(run: ImportRun, workstream: Workstream, said: SaidDate, *, is_done: bool) -> None:
    run.counts.update(["milestone", "done"] if is_done else ["milestone"])
    run.made[said.key] = milestones.add(
        workstream=workstream,
        title=fitted(said.about, TITLE_LENGTH),
        aliases=[said.as_written] if said.as_written else [],
        when=fitted_date(said.date),
        tense="" if is_done else Milestone.Tense.PLANNED,
        done=is_done,
        reason=said.source,
        by=run.by,
        at=run.at if is_done else _said_at(run, said),
        batch=run.batch,
        source_line=said.line,
    )


def _say_again(run: ImportRun, each: _Workstream, said: SaidDate, choice: str, *, is_done: bool) -> None:
    milestone = run.made.get(choice) or _of_programme(each, choice)
    if milestone is None:
        run.to_check.append(f"Line {said.line}: what “{said.about}” was to be another date of is not imported.")
        return
    try:
        milestones.say(
            milestone=milestone,
            when=fitted_date(said.date),
            reason=said.source,
            at=run.at if is_done else _said_at(run, said),
            by=run.by,
            batch=run.batch,
            source_line=said.line,
            done=is_done,
        )
    except Refused as refused:
        run.skipped.append(f"Line {said.line}: {said.date.display()} is left out for “{milestone}”: {refused}.")
        return
    run.counts["done" if is_done else "move"] += 1


def _of_programme(each: _Workstream, choice: str) -> Milestone | None:
    return next((milestone for milestone in each.found if milestone.pk == programme_key(choice)), None)


def _said_at(run: ImportRun, said: SaidDate) -> datetime:
    """Noon of the last day of the month in whose update it was said; never after the import."""
    return min(datetime.combine(said.last_day, time(12), LONDON), run.at)

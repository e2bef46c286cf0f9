"""What changed since the last period, from what was gathered of the programme. No queries of its own."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from programme.clock import LONDON
from programme.status import Change, Rag
from reporting.dashboard import ProgrammePicture, UpdateState, WorkstreamLine
from reporting.what_changed import Heading, MilestoneFacts, Told, WhatChanged, milestone_changes
from workstreams.gathering import Gathered, Planned, closed_between
from workstreams.models import Workstream


def what_changed(known: Gathered, seen: ProgrammePicture) -> WhatChanged:
    """What changed after the day since when `known` was told to look. `seen` is the picture made of it."""
    since, today = known.changed_since, known.day
    assert since is not None
    milestones = milestone_changes(milestone_facts(known, since), since, today)
    closed = tuple(Told(row.name, row.slug) for row in closed_between(known.rows, since, today))
    return WhatChanged(since, {**milestones, **_of_workstreams(seen), Heading.CLOSED: closed})


def _of_workstreams(seen: ProgrammePicture) -> Mapping[Heading, tuple[Told, ...]]:
    return {
        Heading.WORSE: tuple(_rerated(line) for line in seen.expected if line.change is Change.WORSE),
        Heading.BETTER: tuple(_rerated(line) for line in seen.expected if line.change is Change.BETTER),
        Heading.SILENT: tuple(
            Told(f"{line.name}: {line.update_words}", line.slug)
            for line in seen.expected
            if line.update_state is UpdateState.LATE
        ),
    }


def _rerated(line: WorkstreamLine) -> Told:
    was = line.previous or Rag.NOT_RATED
    return Told(f"{line.name}: {was.word} to {line.rating.word}", line.slug)


def milestone_facts(known: Gathered, since: date) -> list[MilestoneFacts]:
    """Milestones of which something was stated after `since`, or whose plan ran out since then."""
    after = datetime.combine(since + timedelta(days=1), time(), tzinfo=LONDON)
    changed = [each for each in known.milestones if _has_changed(each, since, after)]
    facts = [_facts(each, known.by_key[each.workstream_id], after) for each in changed]
    return sorted(facts, key=lambda each: (each.workstream, each.pk))


def _has_changed(each: Planned, since: date, after: datetime) -> bool:
    end = each.planned_end
    return (end is not None and since <= end < each.day) or any(at >= after for at, _, _ in each.said)


def _facts(each: Planned, where: Workstream, after: datetime) -> MilestoneFacts:
    return MilestoneFacts(each.pk, each.title, where.name, where.slug, each.stated(after), each.statements)

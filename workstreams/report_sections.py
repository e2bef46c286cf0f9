"""What the work has to tell a board report, section by section, as at a moment.

Each function gives plain values (`workstreams/reported.py`) in a fixed number of queries whatever the programme's
size. What an entry of a register says is what stands in it now; only its days are looked back on.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from programme.clock import day_of
from programme.dates import month_words
from programme.models import Programme
from programme.status import DECLARABLE, Rag
from workstreams import asks as ask_lines
from workstreams.gate_rules import GateState
from workstreams.gates import GateLine, gates_of_programme
from workstreams.models import (
    Action,
    Ask,
    AskEvent,
    Decision,
    FundingLine,
    Issue,
    Milestone,
    PlainPage,
    Risk,
    UpdateRevision,
    Voice,
    Workstream,
    statements_of,
    thresholds_of,
)
from workstreams.ratings import ThreeRatings
from workstreams.reported import (
    AskTold,
    ConditionTold,
    CorrectionTold,
    DecisionTold,
    DefinitionTold,
    GatesTold,
    GateTold,
    IssueTold,
    MilestoneTold,
    MoneyTold,
    PathTold,
    PlainTold,
    RiskTold,
    VoicesTold,
    VoiceTold,
)
from workstreams.slippage import standing
from workstreams.voice_log import tally


def _slug(workstream: Workstream | None) -> str:
    return workstream.survivor.slug if workstream else ""


def milestones(programme: Programme, at: datetime) -> tuple[MilestoneTold, ...]:
    """Every milestone that had been written down, by date; what has no date comes last."""
    rows = Milestone.objects.filter(workstream__programme=programme).with_dates()
    found = [_milestone(row, at) for row in rows.select_related("workstream__merged_into", "owner__merged_into")]
    told = [each for each in found if each is not None]
    return tuple(sorted(told, key=lambda m: (m.end or m.start or date.max, m.start or date.min, m.title)))


def _milestone(row: Milestone, at: datetime) -> MilestoneTold | None:
    """The milestone as it stood at a moment; None where nothing had been stated about it yet."""
    dates = list(row.dates.all())
    stated = [each for each in dates if each.at <= at]
    if dates and not stated:
        return None
    said = statements_of(row, before=at + timedelta(microseconds=1))
    stands = standing(said, day_of(at))
    done = [each.at for each in stated if each.statement == "actual"]
    moved = [each.at for each in stated if each.statement == "forecast"]
    return MilestoneTold(
        title=row.title,
        workstream=_slug(row.workstream),
        when=stands.when.display() if stands.when else "",
        state=stands.state,
        state_words=stands.state_words,
        movement=stands.movement,
        moves=stands.moves,
        slip_days=said.slip_days,
        is_critical=row.is_critical,
        owner=row.owner.survivor.name if row.owner else "",
        start=stands.when.start if stands.when else None,
        end=stands.when.end if stands.when else None,
        done_told_on=day_of(min(done)) if done else None,
        moved_on=day_of(max(moved)) if moved and stands.moves else None,
        baseline=said.baseline.display() if said.baseline else "",
    )


def asks(programme: Programme, at: datetime, since: date) -> tuple[AskTold, ...]:
    """What waits for an answer from above, the most pressing first; then what was answered after `since`."""
    asked = Ask.objects.filter(workstream__programme=programme).with_state(at)
    lines = ask_lines.pressing_first(ask_lines.lines(asked.unanswered(), day_of(at)))
    waiting = [
        AskTold(
            text=line.ask.text,
            workstream=_slug(line.ask.workstream),
            is_blocking=line.ask.is_blocking,
            is_late=line.days_past > 0,
            age_words=line.age_words,
            wanted_by=line.ask.wanted_by,
        )
        for line in lines
    ]
    ended = asked.ended().in_full()
    answered = [ask for ask in ended if ask.state in AskEvent.ANSWERS and day_of(ask.last_at) > since]
    return (*waiting, *(_answered(ask, at) for ask in answered))


def _answered(ask: Ask, at: datetime) -> AskTold:
    event = max((event for event in ask.events.all() if event.at <= at), key=lambda event: event.number)
    words = "Yes" if event.kind == AskEvent.Kind.YES else "No"
    return AskTold(
        text=ask.text,
        workstream=_slug(ask.workstream),
        is_blocking=ask.is_blocking,
        is_late=False,
        age_words="",
        wanted_by=ask.wanted_by,
        answer=f"{words}: {event.sentence}",
    )


def decisions(programme: Programme, at: datetime, since: date) -> tuple[DecisionTold, ...]:
    """What was decided after `since`, newest first."""
    rows = Decision.objects.filter(programme=programme, decided_on__gt=since, decided_on__lte=day_of(at))
    people = ("workstream__merged_into", "decided_by__merged_into")
    return tuple(
        DecisionTold(row.text, _slug(row.workstream), row.decider, row.decided_on)
        for row in rows.select_related(*people)
    )


def risks(programme: Programme, at: datetime) -> tuple[RiskTold, ...]:
    """Open risks, the highest score first."""
    day = day_of(at)
    actions: dict[int, Action] = {}
    current = Action.objects.current_on(day).filter(risk__workstream__programme=programme)
    for each in current.order_by("due_on", "pk"):
        actions.setdefault(each.risk_id or 0, each)
    rows = Risk.objects.filter(workstream__programme=programme).open_on(day)
    told = [
        RiskTold(
            text=row.text,
            workstream=_slug(row.workstream),
            likelihood=row.get_likelihood_display(),
            impact=row.get_impact_display(),
            score=row.score,
            owner=row.who.name if row.who else "",
            action=actions[row.pk].text if row.pk in actions else "",
            action_by=actions[row.pk].due_on if row.pk in actions else None,
        )
        for row in rows.select_related("workstream__merged_into", "owner__merged_into")
    ]
    return tuple(sorted(told, key=lambda risk: -risk.score))


def issues(programme: Programme, at: datetime) -> tuple[IssueTold, ...]:
    """Open issues, the most severe first."""
    rows = Issue.objects.filter(workstream__programme=programme).open_on(day_of(at))
    order = {Issue.Severity.HIGH.value: 0, Issue.Severity.MEDIUM.value: 1}
    told = rows.select_related("workstream__merged_into", "owner__merged_into")
    return tuple(
        IssueTold(
            text=row.text,
            workstream=_slug(row.workstream),
            severity=row.get_severity_display(),
            owner=row.who.name if row.who else "",
            raised_on=row.raised_on,
        )
        for row in sorted(told, key=lambda row: (order.get(row.severity, 2), row.raised_on))
    )


def voices(programme: Programme, at: datetime) -> VoicesTold:
    """The co-production log: counted, and each thing heard, what waits longest first."""
    day = day_of(at)
    heard = Voice.objects.filter(programme=programme, recorded_at__lte=at).with_state()
    counted = tally(heard, day)
    rows = heard.select_related("workstream__merged_into").prefetch_related("steps").order_by("heard_until", "pk")
    told = sorted((_voice(row, day) for row in rows), key=lambda voice: voice.is_answered)
    return VoicesTold(counted.sentence, tuple(counted.audiences), tuple(told))


def _voice(row: Voice, day: date) -> VoiceTold:
    waiting = row.waiting(day)
    done = [step.text for step in row.steps.all() if not step.step.is_answer]
    return VoiceTold(
        said=row.said,
        workstream=_slug(row.workstream),
        how=row.get_how_display(),
        audience=row.get_audience_display(),
        level=row.get_level_display(),
        heard=row.heard_words,
        took_part=row.took_part_words,
        state=row.state.state,
        waiting=waiting.words,
        is_answered=waiting.is_answered,
        is_overdue=waiting.is_overdue,
        answer=done[-1] if done else "",
    )


def money(programme: Programme) -> tuple[MoneyTold, ...]:
    """Every funding line, the newest year first."""
    rows = FundingLine.objects.filter(workstream__programme=programme).standing()
    return tuple(
        MoneyTold(_slug(row.workstream), row.source, row.year, row.recurrent, row.budget, row.forecast, row.actual)
        for row in rows.select_related("workstream__merged_into")
    )


def gates(programme: Programme, at: datetime) -> GatesTold:
    """The gates of the programme and of its workstreams, in the order they are held."""
    seen = gates_of_programme(programme, day_of(at))
    return GatesTold(seen.sentence, tuple(_gate(line) for line in seen.lines), seen.doubts)


def _gate(line: GateLine) -> GateTold:
    still_open = (ConditionTold(c.text, c.owner, c.due_on, c.is_overdue) for c in line.open_conditions)
    return GateTold(
        name=line.name,
        workstream=line.workstream_slug,
        when=line.when_words,
        movement=line.movement,
        state_words=line.standing.state_words,
        is_decided=line.standing.state.is_decided,
        is_overdue=line.standing.state is GateState.OVERDUE,
        to_decide=line.to_decide,
        decided_by=line.decided_by,
        reason=line.reason,
        criteria=line.criteria,
        panel_gap=line.panel.gap,
        conditions=tuple(still_open),
    )


def paths(three: Mapping[int, ThreeRatings]) -> dict[int, PathTold]:
    """How each workstream is to come back to Green, by its key; from ratings that were read already."""
    return {key: _path(each.given) for key, each in three.items() if each.given}


def _path(given: Any) -> PathTold:
    confidence = given.confidence.words if given.confidence else ""
    return PathTold(given.path_action, given.path_owner_name, given.path_by, confidence)


def corrections(programme: Programme, at: datetime, since: datetime | None, before: date) -> tuple[CorrectionTold, ...]:
    """What was corrected after `since` in months before `before`, oldest first."""
    made = UpdateRevision.objects.filter(
        kind=UpdateRevision.Kind.CORRECTION,
        update__workstream__programme=programme,
        update__period__month__lt=before,
        at__lte=at,
    )
    if since:
        made = made.filter(at__gt=since)
    rows = made.select_related("update__workstream__merged_into", "update__period").order_by("at", "pk")
    return tuple(
        CorrectionTold(_slug(row.update.workstream), month_words(row.update.period.month), row.reason, day_of(row.at))
        for row in rows
    )


def plain_pages(programme: Programme, at: datetime) -> tuple[PlainTold, ...]:
    """The newest version of each workstream's page in plain language, as at a moment."""
    pages = PlainPage.objects.filter(workstream__programme=programme, workstream__merged_into=None, at__lte=at)
    newest = pages.order_by("workstream_id", "-number").distinct("workstream_id").select_related("workstream")
    return tuple(PlainTold(page.workstream.slug, tuple(page.parts)) for page in newest)


def definitions(programme: Programme) -> tuple[DefinitionTold, ...]:
    """What each rating means here, worst first, in the programme's own words where it has any."""
    own = thresholds_of(programme)
    declared = [DefinitionTold(rag, own.definition_of(rag)) for rag in reversed(DECLARABLE)]
    others = [DefinitionTold(rag, rag.definition) for rag in (Rag.COMPLETE, Rag.NOT_RATED, Rag.NOT_REPORTED)]
    return (*declared, *others)

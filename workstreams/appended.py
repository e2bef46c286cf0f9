"""Tables that are only added to, as history tells them: each row has its own moment and its own writer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from programme.dates import day_words
from programme.history_words import Change, changed, quotable
from programme.trail import Appended
from workstreams.closing import Fate
from workstreams.models import (
    AskEvent,
    BaselineDecision,
    ClosingStep,
    HandoverNote,
    MilestoneDate,
    MilestoneRehoming,
    PhaseDate,
    Rating,
    RatingAnswer,
    RatingQuestion,
    SustainmentAnswer,
    UpdateEvent,
    UpdateRevision,
    WorkstreamStatus,
)

WORKSTREAMS, MILESTONES, UPDATES, ASKS, TEAM = "workstreams", "milestones", "updates", "asks", "team"
Statement = MilestoneDate.Statement


def _say_status(rows: QuerySet[WorkstreamStatus]) -> Mapping[int, Change]:
    found = list(rows.select_related("workstream"))
    before = _earlier(WorkstreamStatus, "workstream_id", found)
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Imported a page" if row.batch_id else "Set the workstream's status",
            noun="workstream",
            title=row.workstream.name,
            parts=(
                changed("status", _label(before.get(row.pk)), str(row.get_status_display())),
                *((f"since {row.since_words}",) if row.since_words else ()),
            ),
            reason=row.reason,
            subject=row.workstream_id,
        )
        for row in found
    }


def _label(status: WorkstreamStatus | None) -> str:
    return str(status.get_status_display()) if status else ""


_STATED = {
    Statement.BASELINE: "Agreed to a new baseline of the milestone",
    Statement.FORECAST: "Moved the milestone",
    Statement.ACTUAL: "Recorded the milestone as done",
}


def _say_dates(rows: QuerySet[MilestoneDate]) -> Mapping[int, Change]:
    found = list(rows.select_related("milestone"))
    before = _earlier(MilestoneDate, "milestone_id", found)
    told = {}
    for row in found:
        first = row.pk not in before
        said = before[row.pk].window.display() if not first and row.statement != Statement.ACTUAL else ""
        told[row.pk] = Change(
            at=row.at,
            who="",
            action=_stated_action(row, first=first),
            noun="milestone",
            title=row.milestone.title,
            parts=(changed(_date_label(row), said, row.window.display()),),
            reason=row.reason,
            subject=row.milestone.workstream_id,
            href=f"milestone {row.milestone_id}",
        )
    return told


def _stated_action(row: MilestoneDate, *, first: bool) -> str:
    if row.batch_id:
        return "Imported a page"
    return "Added the milestone" if first and row.statement != Statement.ACTUAL else _STATED[Statement(row.statement)]


def _date_label(row: MilestoneDate) -> str:
    return "done" if row.statement == Statement.ACTUAL else str(row.get_statement_display()).lower()


def _say_phase_dates(rows: QuerySet[PhaseDate]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Imported a page" if row.batch_id else "Added a phase",
            noun="phase",
            title=row.phase.name,
            parts=(f"runs {row.window.display()}",),
            subject=row.phase.workstream_id,
        )
        for row in rows.select_related("phase")
    }


_HAPPENED = {
    UpdateEvent.Kind.SUBMITTED: "Sent the update",
    UpdateEvent.Kind.RECALLED: "Recalled the update",
    UpdateEvent.Kind.RETURNED: "Returned the update",
    UpdateEvent.Kind.ACKNOWLEDGED: "Acknowledged the update",
    UpdateEvent.Kind.NO_CHANGE: "Checked the month and said nothing has changed in the update",
    UpdateEvent.Kind.IMPORTED: "Imported a page",
    UpdateEvent.Kind.MOVED: "Moved an update to another month",
}


def _say_events(rows: QuerySet[UpdateEvent]) -> Mapping[int, Change]:
    found = list(rows.select_related("update__period"))
    declared, sent = _declared(found), _sent(found)
    told = {}
    for row in found:
        rating = declared.get((row.update_id, row.at)) if row.kind == UpdateEvent.Kind.SUBMITTED else None
        told[row.pk] = Change(
            at=row.at,
            who="" if row.by_id else sent.get((row.update_id, row.at), ""),
            action=_HAPPENED.get(UpdateEvent.Kind(row.kind), str(row.get_kind_display())),
            noun="update",
            title=str(row.update.period),
            parts=_rated(rating),
            reason=row.reason,
            subject=row.update.workstream_id,
            href=f"update {row.update.period.key}",
        )
    return told


def _declared(events: Sequence[UpdateEvent]) -> Mapping[tuple[int, Any], Rating]:
    sent = {event.update_id for event in events}
    ratings = Rating.objects.filter(revision__update__in=sent, kind=Rating.Kind.DECLARED).select_related("revision")
    return {(each.revision.update_id, each.at): each for each in ratings if each.revision}


def _sent(events: Sequence[UpdateEvent]) -> Mapping[tuple[int, Any], str]:
    """By whom an update was sent, as it says itself: people without an account send, too."""
    revisions = UpdateRevision.objects.filter(update__in={event.update_id for event in events})
    return {(update, at): name for update, at, name in revisions.values_list("update_id", "at", "by_name")}


def _rated(rating: Rating | None) -> tuple[str, ...]:
    if rating is None:
        return ()
    return (f"rated {rating.rag.word}{f': “{quotable(rating.reason)}”' if rating.reason else ''}",)


def _say_corrections(rows: QuerySet[UpdateRevision]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Corrected the update",
            noun="update",
            title=str(row.update.period),
            parts=(f"revision {row.number}",),
            reason=row.reason,
            subject=row.update.workstream_id,
            href=f"update {row.update.period.key}",
        )
        for row in rows.select_related("update__period")
    }


def _say_assured(rows: QuerySet[Rating]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Gave an assured rating",
            noun="rating",
            title=str(row.month_rated),
            parts=(f"{row.get_kind_display().lower()} {row.rag.word}",),
            reason=row.reason,
            subject=row.workstream_id,
            href=f"update {row.month_rated.key}",
        )
        for row in rows.select_related("period", "revision__update__period")
    }


def _earlier(model: Any, owner: str, rows: Sequence[Any]) -> Mapping[int, Any]:
    """The row before each of `rows` of the same owner, by moment; what was done is no plan and is passed over."""
    owners: dict[int, list[Any]] = defaultdict(list)
    wanted = {getattr(row, owner) for row in rows}
    for row in model.objects.filter(**{f"{owner}__in": wanted}).order_by("at", "pk"):
        if getattr(row, "statement", "") != Statement.ACTUAL:
            owners[getattr(row, owner)].append(row)
    found = {}
    for row in rows:
        before = [each for each in owners[getattr(row, owner)] if (each.at, each.pk) < (row.at, row.pk)]
        if before:
            found[row.pk] = before[-1]
    return found


_ASKED = {
    AskEvent.Kind.ASKED: "Asked for help",
    AskEvent.Kind.YES: "Answered an ask with yes",
    AskEvent.Kind.NO: "Answered an ask with no",
    AskEvent.Kind.MORE_NEEDED: "Asked to know more about an ask",
    AskEvent.Kind.REPLIED: "Replied about an ask",
    AskEvent.Kind.WITHDRAWN: "Withdrew an ask",
    AskEvent.Kind.PASSED_UP: "Passed an ask up",
    AskEvent.Kind.PASSED_DOWN: "Passed an ask back down",
}


def _say_asks(rows: QuerySet[AskEvent]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action=_ASKED.get(AskEvent.Kind(row.kind), str(row.get_kind_display())),
            noun="ask",
            title=row.ask.text,
            parts=_ask_parts(row),
            subject=row.ask.workstream_id,
        )
        for row in rows.select_related("ask", "group")
    }


def _ask_parts(row: AskEvent) -> tuple[str, ...]:
    if row.kind == AskEvent.Kind.ASKED:
        asked = (f"of {row.group}",) if row.group else ()
        return (*asked, f"wanted by {day_words(row.ask.wanted_by)}") if row.ask.wanted_by else asked
    said = (f"“{quotable(row.sentence)}”",) if row.sentence else ()
    if row.group:
        return (f"to {row.group}", *said)
    return (*said, f"by {day_words(row.day)}") if row.day else said


def _say_questions(rows: QuerySet[RatingQuestion]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Asked about the rating",
            noun="rating",
            title=str(row.revision.update.period),
            parts=(f"“{quotable(row.text)}”",),
            subject=row.workstream_id,
            href=f"update {row.revision.update.period.key}",
        )
        for row in rows.select_related("revision__update__period")
    }


def _say_answers(rows: QuerySet[RatingAnswer]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Answered a question about the rating",
            noun="rating",
            title=str(row.question.revision.update.period),
            parts=(f"“{quotable(row.text)}”",),
            subject=row.question.workstream_id,
            href=f"update {row.question.revision.update.period.key}",
        )
        for row in rows.select_related("question__revision__update__period")
    }


def _say_notes(rows: QuerySet[HandoverNote]) -> Mapping[int, Change]:
    """That a note was left, but not its words: they are for those who take over."""
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Left a hand-over note",
            noun="workstream",
            title=row.workstream.name,
            parts=(f"in the name of {row.person.survivor.name}",) if row.person else (),
            subject=row.workstream_id,
        )
        for row in rows.select_related("workstream", "person__merged_into")
    }


_DECIDED = {
    BaselineDecision.Outcome.REFUSED: "Refused a new baseline of the milestone",
    BaselineDecision.Outcome.WITHDRAWN: "Withdrew a new baseline of the milestone",
}


def _say_decided(rows: QuerySet[BaselineDecision]) -> Mapping[int, Change]:
    """What did not become a baseline; what was agreed is told when it is among the dates."""
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action=_DECIDED.get(BaselineDecision.Outcome(row.outcome), "Decided on a new baseline of the milestone"),
            noun="milestone",
            title=row.request.milestone.title,
            parts=(f"asked for: {row.request.window.display()}",),
            reason=row.reason,
            subject=row.request.milestone.workstream_id,
            href=f"milestone {row.request.milestone_id}",
        )
        for row in rows.select_related("request__milestone")
    }


_CLOSING = {
    ClosingStep.Kind.SENT: "Sent the closing pack to the senior leadership team",
    ClosingStep.Kind.TAKEN_BACK: "Took the closing pack back",
    ClosingStep.Kind.AGREED: "Agreed that the workstream closes",
    ClosingStep.Kind.NOT_YET: "Said that the workstream does not close yet",
    ClosingStep.Kind.REOPENED: "Opened the closed workstream again",
}


def _say_closing(rows: QuerySet[ClosingStep]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action=_CLOSING[ClosingStep.Kind(row.kind)],
            noun="closing",
            title=row.pack.workstream.name,
            parts=_closing_parts(row),
            reason=row.sentence,
            subject=row.pack.workstream_id,
        )
        for row in rows.select_related("pack__workstream")
    }


def _closing_parts(row: ClosingStep) -> tuple[str, ...]:
    if row.closed_on is None or row.content is None:
        return ()
    moved = [f"“{t['title']}” goes to {t['to']['name']}" for t in row.content["milestones"] if t["to"]]
    dropped = [f"“{t['title']}” is dropped" for t in row.content["milestones"] if t["fate"] == Fate.DROP]
    owner = f"owned by {row.content['owner']} from then on"
    return (f"on {day_words(row.closed_on)}", owner, *moved, *dropped)


def _say_checks(rows: QuerySet[SustainmentAnswer]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action=f"Answered the {row.get_months_display()}" if row.number == 1 else "Put right what a check found",
            noun="check",
            title=row.step.pack.workstream.name,
            parts=(str(row.get_held_display()).lower(), f"“{quotable(row.words)}”"),
            subject=row.step.pack.workstream_id,
        )
        for row in rows.select_related("step__pack__workstream")
    }


def _say_rehomed(rows: QuerySet[MilestoneRehoming]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Moved a milestone to another workstream",
            noun="milestone",
            title=row.milestone.title,
            parts=(f"from {row.source.name} to {row.target.name}",),
            reason=row.reason,
            subject=row.target_id,
            href=f"milestone {row.milestone_id}",
        )
        for row in rows.select_related("milestone", "source", "target")
    }


STATUS = Appended(WorkstreamStatus, WORKSTREAMS, _say_status)
DATES = Appended(MilestoneDate, MILESTONES, _say_dates)
PHASE_DATES = Appended(PhaseDate, MILESTONES, _say_phase_dates)
EVENTS = Appended(UpdateEvent, UPDATES, _say_events)
CORRECTIONS = Appended(UpdateRevision, UPDATES, _say_corrections, leave_out=~Q(kind=UpdateRevision.Kind.CORRECTION))
# A declared rating is told with the update it came with.
ASSURED = Appended(Rating, UPDATES, _say_assured, leave_out=Q(kind=Rating.Kind.DECLARED))
ASKED = Appended(AskEvent, ASKS, _say_asks)
QUESTIONS = Appended(RatingQuestion, UPDATES, _say_questions)
NOTES = Appended(HandoverNote, TEAM, _say_notes)
ANSWERS = Appended(RatingAnswer, UPDATES, _say_answers)
_AGREED = Q(outcome=BaselineDecision.Outcome.AGREED)
BASELINES = Appended(BaselineDecision, MILESTONES, _say_decided, leave_out=_AGREED)
CLOSING = Appended(ClosingStep, WORKSTREAMS, _say_closing)
CHECKS = Appended(SustainmentAnswer, WORKSTREAMS, _say_checks)
REHOMED = Appended(MilestoneRehoming, MILESTONES, _say_rehomed)

"""Sending a monthly update: what is sent becomes a revision that nobody can change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from programme.clock import now
from programme.history import recorded
from programme.models import Person, ReportingPeriod, User
from programme.refusals import Stale, frozen_is_refused
from programme.status import Rag
from workstreams.actions.asks import ask
from workstreams.actions.assuring import answer
from workstreams.actions.declaring import NO_PATH, PathToGreen, declare, refuse_unless_said
from workstreams.actions.updates.guards import (
    locked,
    refuse_unless_complete,
    refuse_unless_told,
    refuse_unless_writable,
)
from workstreams.actions.updates.items import add_items
from workstreams.actions.updates.promises import PromiseAnswer, add_outcomes, promised, with_carried
from workstreams.actions.updates.words import Items, standing_revision, wipe
from workstreams.models import RatingQuestion, UpdateDraft, UpdateEvent, UpdateRevision, Workstream


@dataclass(frozen=True)
class HelpWanted:
    """Something the workstream wants from above: help or a decision."""

    text: str
    wanted_by: date | None = None
    is_blocking: bool = False


@frozen_is_refused()
@transaction.atomic
def send(
    *,
    workstream: Workstream,
    period: ReportingPeriod,
    items: Items,
    rating: Rag,
    reason: str,
    by: User | None,
    by_name: str = "",
    on_behalf_of: Person | None = None,
    source_note: str = "",
    version: int | None = None,
    at: datetime | None = None,
    is_example: bool = False,
    promises: Sequence[PromiseAnswer] = (),
    path: PathToGreen = NO_PATH,
    delivery_confidence: str = "",
    help_wanted: Sequence[HelpWanted] = (),
    why_not_worse: str = "",
) -> UpdateRevision:
    """Send the month's update: a revision, its bullets, the declared rating and the event, or nothing at all.

    Sending twice sends once: the second call returns the revision that stands. Raises Stale where the draft moved
    on after `version`, Refused where the month is closed or an answer is missing.

    `on_behalf_of` is the lead whose words somebody else typed: the update stands in the lead's name, says who typed
    it, and `source_note` says who told it and when. `promises` says what became of earlier next steps; what was
    moved goes on as a next step of this update. `path` is the way back to Green, which a Red needs; `help_wanted`
    becomes asks, which live on by themselves. `why_not_worse` answers the question that is raised where the rules say
    worse than `rating`.
    """
    update = locked(workstream, period, by, is_example=is_example)
    standing = standing_revision(update)
    if standing:
        return standing
    refuse_unless_writable(update)
    refuse_unless_complete(items, rating, reason, answered=bool(promises))
    refuse_unless_said(workstream=workstream, period=period, rating=rating, reason=reason, path=path)
    texts = promised(update, promises)
    draft = UpdateDraft.objects.filter(update=update).first()
    if version is not None and draft is not None and draft.version != version:
        raise Stale(draft)
    moment = at or now()
    told = ""
    if on_behalf_of:
        refuse_unless_told(workstream, on_behalf_of, source_note, moment)
        by_name = on_behalf_of.name
        told = f"Entered on behalf of {by_name} (from {source_note})"
    with recorded(by=by, action="Sent the update", reason=told, at=moment):
        revision = UpdateRevision.objects.create(
            update=update,
            number=update.next_number(),
            by=by,
            by_name=by_name or (by.name if by else ""),
            on_behalf_of=on_behalf_of,
            source_note=source_note if on_behalf_of else "",
            at=moment,
        )
        add_items(revision, with_carried(items, promises, texts))
        add_outcomes(revision, promises, texts)
        UpdateEvent.objects.create(update=update, kind=UpdateEvent.Kind.SUBMITTED, by=by, at=moment, reason=told)
        declare(
            revision=revision,
            rating=rating,
            reason=reason,
            path=path,
            delivery_confidence=delivery_confidence,
            by=by,
            at=moment,
        )
        if by and why_not_worse.strip():
            for question in revision.rating_questions.filter(basis=RatingQuestion.Basis.DERIVED):
                answer(question=question, text=why_not_worse, by=by, at=moment)
        for each in help_wanted:
            ask(
                workstream=workstream,
                text=each.text,
                wanted_by=each.wanted_by,
                is_blocking=each.is_blocking,
                asked_in=revision,
                by=by,
                at=moment,
            )
        if draft:
            wipe(draft)
    return revision

"""Promises as they stand: next steps of sent updates, with what later updates said became of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from programme.models import ReportingPeriod
from programme.periods import add_months
from workstreams.changes import Answer, MonthPromises, Outcome, Promise, open_promises
from workstreams.models import MonthlyUpdate, PromiseOutcome, UpdateItem, Workstream
from workstreams.sections import Section

MONTHS_BACK = 12


def open_before(workstream: Workstream, period: ReportingPeriod) -> list[Promise]:
    """What waits for an answer in the update of `period`. Three queries however much was promised."""
    return open_promises(_months(workstream, period.month))


def open_now(workstream: Workstream, today: date) -> list[Promise]:
    """What waits for an answer after everything that stands as sent."""
    return open_promises(_months(workstream, add_months(today.replace(day=1), 1)))


def open_of(workstreams: Collection[int], today: date) -> dict[int, list[Promise]]:
    """The same for many workstreams at once, by workstream. Three queries however many there are."""
    months = _months_of(workstreams, add_months(today.replace(day=1), 1))
    return {workstream: open_promises(told) for workstream, told in months.items()}


def answered_in(revision_ids: Iterable[int]) -> dict[int, list[Answer]]:
    """What these revisions say became of earlier promises, by revision."""
    found: dict[int, list[Answer]] = defaultdict(list)
    rows = PromiseOutcome.objects.filter(revision__in=list(revision_ids)).order_by("pk")
    for row in rows.select_related("item__revision__update__period"):
        found[row.revision_id].append(as_answer(row))
    return found


def as_answer(row: PromiseOutcome) -> Answer:
    """A stored outcome as the rules know it; its item's month is that under which the update is filed now."""
    return Answer(
        month=row.item.revision.update.period.month,
        text=row.item.text,
        outcome=Outcome(row.outcome),
        when=row.when_words,
        reason=row.reason,
    )


def _months(workstream: Workstream, before: date) -> list[MonthPromises]:
    """The sent updates of the year before that month."""
    return _months_of([workstream.pk], before).get(workstream.pk, [])


def _months_of(workstreams: Collection[int], before: date) -> dict[int, list[MonthPromises]]:
    """By workstream. An update without a change asked nothing and is left out."""
    sent = MonthlyUpdate.objects.filter(
        workstream__in=workstreams, period__month__lt=before, period__month__gte=add_months(before, -MONTHS_BACK)
    ).sent()
    standing = [update for update in sent.select_related("period") if update.carried is None]
    updates = {update.sent_revision: update for update in standing if update.sent_revision}
    given: dict[int, list[tuple[int, str]]] = defaultdict(list)
    steps = UpdateItem.objects.filter(revision__in=updates, section=Section.NEXT_STEPS).order_by("order")
    for revision, key, text in steps.values_list("revision", "pk", "text"):
        given[revision].append((key, text))
    answers = answered_in(updates)
    found: dict[int, list[MonthPromises]] = defaultdict(list)
    for revision, update in updates.items():
        told = MonthPromises(update.period.month, tuple(given[revision]), tuple(answers[revision]))
        found[update.workstream_id].append(told)
    return found

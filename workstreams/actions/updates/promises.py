"""Answering promises: last month's next steps are done, moved to a day or dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programme.dates import FuzzyDate
from programme.refusals import Refused
from workstreams.actions.updates.words import Items
from workstreams.changes import Outcome, outcome_words, same_words
from workstreams.models import MonthlyUpdate, PromiseOutcome, UpdateItem, UpdateRevision
from workstreams.sections import Section


@dataclass(frozen=True)
class PromiseAnswer:
    """What became of one promise. `item` is the sentence that gave it; moved says when, dropped says why."""

    item: int
    outcome: Outcome
    when: FuzzyDate | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        """'Done', 'Moved to March 2027' or 'Dropped because the supplier has gone'."""
        return outcome_words(self.outcome, self.when.text if self.when else "", self.reason)


def with_carried(items: Items, answers: Sequence[PromiseAnswer], texts: Mapping[int, str]) -> Items:
    """The bullets, with what was moved among the next steps unless its words stand there already."""
    steps = list(items.get(Section.NEXT_STEPS, ()))
    for answer in answers:
        text = texts[answer.item]
        if answer.outcome is Outcome.MOVED and not any(same_words(text, step) for step in steps):
            steps.append(text)
    return {**items, Section.NEXT_STEPS: steps}


def promised(update: MonthlyUpdate, answers: Sequence[PromiseAnswer]) -> dict[int, str]:
    """The words of each answered promise. Refused where it is no earlier next step of the workstream, or unclear."""
    rows = UpdateItem.objects.filter(
        pk__in=[answer.item for answer in answers],
        section=Section.NEXT_STEPS,
        revision__update__workstream=update.workstream,
        revision__update__period__month__lt=update.period.month,
    )
    texts = dict(rows.values_list("pk", "text"))
    for answer in answers:
        _refuse_unless_clear(answer, texts.get(answer.item))
    return texts


def _refuse_unless_clear(answer: PromiseAnswer, text: str | None) -> None:
    if text is None:
        raise Refused("One of the next steps you answered is not this workstream's. Open the page again.")
    if answer.outcome is Outcome.MOVED and answer.when is None:
        raise Refused(f"Say when “{text}” is to be done.")
    if answer.outcome is Outcome.DROPPED and not answer.reason.strip():
        raise Refused(f"Say why “{text}” was dropped.")


def add_outcomes(revision: UpdateRevision, answers: Sequence[PromiseAnswer], texts: Mapping[int, str]) -> None:
    """Keep the answers with the revision; what was moved points at the next step it goes on as."""
    steps = [item for item in revision.items.all() if item.section == Section.NEXT_STEPS]
    PromiseOutcome.objects.bulk_create(
        PromiseOutcome(
            item_id=answer.item,
            revision=revision,
            outcome=answer.outcome.value,
            when_words=answer.when.text if answer.when else "",
            when_start=answer.when.start if answer.when else None,
            when_end=answer.when.end if answer.when else None,
            reason=answer.reason,
            carried_to=_same(steps, texts[answer.item]) if answer.outcome is Outcome.MOVED else None,
        )
        for answer in answers
    )


def repeat_outcomes(before: UpdateRevision, revision: UpdateRevision) -> None:
    """A correction says the same about earlier promises as the revision it corrects."""
    steps = [item for item in revision.items.all() if item.section == Section.NEXT_STEPS]
    PromiseOutcome.objects.bulk_create(
        PromiseOutcome(
            item=row.item,
            revision=revision,
            outcome=row.outcome,
            when_words=row.when_words,
            when_start=row.when_start,
            when_end=row.when_end,
            reason=row.reason,
            carried_to=_same(steps, row.item.text) if row.carried_to_id else None,
        )
        for row in before.outcomes.select_related("item")
    )


def _same(steps: Sequence[UpdateItem], text: str) -> UpdateItem | None:
    return next((step for step in steps if same_words(step.text, text)), None)

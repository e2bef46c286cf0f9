"""What keeps a month from being written, in sentences for who asked."""

from datetime import datetime

from programme.clock import LONDON
from programme.history import recorded
from programme.models import Person, ReportingPeriod, User
from programme.refusals import Refused
from programme.status import Rag
from workstreams.actions.updates.words import Items, standing_revision
from workstreams.models import Assignment, MonthlyUpdate, Workstream


def locked(
    workstream: Workstream, period: ReportingPeriod, by: User | None, *, is_example: bool = False
) -> MonthlyUpdate:
    """The month's identity, made where it is new, held until the transaction ends."""
    if period.programme_id != workstream.programme_id:
        raise Refused("That month belongs to another programme.")
    refuse_if_merged(workstream)
    with recorded(by=by, action="Began the update"):
        update, _ = MonthlyUpdate.objects.get_or_create(
            workstream=workstream, period=period, defaults={"is_example": is_example}
        )
    return MonthlyUpdate.objects.select_for_update().select_related("workstream", "period").get(pk=update.pk)


def refuse_if_merged(workstream: Workstream) -> None:
    """A workstream that was merged is written under the one it was merged into."""
    # Asked again, not read from what the caller holds: it may have been merged a moment ago.
    into = Workstream.objects.filter(duplicates=workstream.pk).first()
    if into:
        raise Refused(f"{workstream} was merged into {into}. Write the update of {into} instead.")


def refuse_unless_told(workstream: Workstream, lead: Person, source_note: str, moment: datetime) -> None:
    """Words in a lead's name need a lead, and a note of who told them."""
    if not source_note.strip():
        raise Refused("Say who told you and when.")
    writing = Assignment.objects.in_force(moment.astimezone(LONDON).date()).writing().of_workstream(workstream)
    if lead.survivor.pk not in {each.who.pk for each in writing.with_people()}:
        raise Refused(f"{lead.survivor} does not lead {workstream}.")


def refuse_if_closed(period: ReportingPeriod) -> None:
    """A closed month takes corrections only."""
    if period.closed_at:
        raise Refused(f"{period} is closed. Ask the programme office for a correction.")


def refuse_unless_writable(update: MonthlyUpdate) -> None:
    """What is sent, or belongs to a closed month, is not written."""
    refuse_if_closed(update.period)
    if standing_revision(update):
        raise Refused("This update has already been sent. Recall it first if you want to change it.")


def refuse_unless_complete(items: Items, rating: Rag, reason: str, *, answered: bool = False) -> None:
    """At least one point or one promise answered, and a reason unless Green."""
    if not any(items.values()) and not answered:
        raise Refused("Write at least one point before you send the update.")
    if rating is not Rag.GREEN and not reason.strip():
        raise Refused(f"Say why the workstream is {rating.word}.")

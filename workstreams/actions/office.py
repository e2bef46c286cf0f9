"""What the programme office says about an update that was sent: it goes back with a reason, or it has been read."""

from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.history import recorded
from programme.models import User
from programme.refusals import Refused, frozen_is_refused
from workstreams.actions.updates import reopen, standing_revision
from workstreams.models import MonthlyUpdate, UpdateDraft, UpdateEvent, UpdateRevision

Kind = UpdateEvent.Kind


def return_update(*, update: MonthlyUpdate, reason: str, by: User, at: datetime | None = None) -> UpdateDraft:
    """Give a sent update back to its writer with a reason.

    Its words return to the draft, and the month counts as not reported until it is sent again. Refuses what is not
    sent, and a closed month.
    """
    return reopen(update=update, kind=Kind.RETURNED, by=by, reason=reason, at=at)


def speaks_for(revision: UpdateRevision, user: User) -> bool:
    """Whether it is the user's own: they sent it, or it was sent in their name."""
    if revision.by_id == user.pk:
        return True
    person, told = user.person, revision.on_behalf_of
    return bool(person and told and told.survivor.pk == person.survivor.pk)


@frozen_is_refused()
@transaction.atomic
def acknowledge(*, update: MonthlyUpdate, by: User, at: datetime | None = None) -> UpdateEvent:
    """Say that the office has read an update. Never one's own: neither who sent it nor in whose name it stands.

    Saying it twice of the same revision says it once.
    """
    current = MonthlyUpdate.objects.select_for_update().select_related("period").get(pk=update.pk)
    revision = standing_revision(current)
    if revision is None:
        raise Refused("This update has not been sent, so there is nothing to acknowledge.")
    if speaks_for(revision, by):
        raise Refused("This update is your own, so somebody else has to acknowledge it.")
    if current.period.frozen_at:
        raise Refused(f"{current.period} is frozen, so nothing in it can be changed.")
    said = current.events.filter(kind=Kind.ACKNOWLEDGED, at__gte=revision.at).first()
    if said:
        return said
    moment = at or now()
    with recorded(by=by, action="Acknowledged the update", at=moment):
        return UpdateEvent.objects.create(update=current, kind=Kind.ACKNOWLEDGED, by=by, at=moment)

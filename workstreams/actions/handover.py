"""Last words when a workstream is given up."""

from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.history import recorded
from programme.models import Person, User
from programme.refusals import Refused
from workstreams.models import HandoverNote, Workstream


@transaction.atomic
def leave_note(
    *, workstream: Workstream, text: str, by: User | None, person: Person | None = None, at: datetime | None = None
) -> HandoverNote:
    """Keep what the outgoing lead (`person`) wants the successor to know. A later note stands beside the earlier."""
    if not text.strip():
        raise Refused("Write what whoever takes over should know.")
    moment = at or now()
    with recorded(by=by, action="Left a hand-over note", at=moment):
        return HandoverNote.objects.create(workstream=workstream, person=person, text=text.strip(), by=by, at=moment)

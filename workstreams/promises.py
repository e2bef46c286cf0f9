"""Promises that are still open: what the newest update said would be done next."""

from workstreams import sent_updates
from workstreams.models import Workstream
from workstreams.sections import Section


def open_promises(workstream: Workstream) -> list[str]:
    """The next steps of the newest update that stands as sent, in its words."""
    latest = sent_updates.latest(workstream)
    parts = latest.parts if latest else []
    return [text for section, texts in parts if section is Section.NEXT_STEPS for text in texts]

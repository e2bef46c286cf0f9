"""Writing, sending, recalling, correcting and filing monthly updates."""

from workstreams.actions.updates.correcting import correct
from workstreams.actions.updates.drafts import save_draft
from workstreams.actions.updates.filing import move_month, record_history
from workstreams.actions.updates.promises import PromiseAnswer
from workstreams.actions.updates.reopening import recall, reopen
from workstreams.actions.updates.sending import HelpWanted, send
from workstreams.actions.updates.unchanged import confirm_no_change, last_months
from workstreams.actions.updates.words import (
    DraftWords,
    Items,
    promise_field,
    standing_revision,
    text_of,
    typed_of,
    words_of,
)

__all__ = [
    "DraftWords",
    "HelpWanted",
    "Items",
    "PromiseAnswer",
    "confirm_no_change",
    "correct",
    "last_months",
    "move_month",
    "promise_field",
    "recall",
    "record_history",
    "reopen",
    "save_draft",
    "send",
    "standing_revision",
    "text_of",
    "typed_of",
    "words_of",
]

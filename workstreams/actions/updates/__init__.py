"""Writing, sending, recalling and filing monthly updates."""

from workstreams.actions.updates.drafts import save_draft
from workstreams.actions.updates.filing import move_month, record_history
from workstreams.actions.updates.reopening import recall, reopen
from workstreams.actions.updates.sending import send
from workstreams.actions.updates.words import DraftWords, Items, standing_revision, text_of, words_of

__all__ = [
    "DraftWords",
    "Items",
    "move_month",
    "recall",
    "record_history",
    "reopen",
    "save_draft",
    "send",
    "standing_revision",
    "text_of",
    "words_of",
]

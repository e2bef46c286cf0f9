"""What an action says when it will not do something. The message is a sentence for the person who asked."""

from typing import Any


class Refused(Exception):
    """The action's rules do not allow it; the text says why and is shown as it stands."""


class Stale(Exception):
    """Somebody else saved since this form was opened. `current` is what is stored now; nothing was overwritten."""

    def __init__(self, current: Any) -> None:
        super().__init__("Somebody else has saved since you opened this page.")
        self.current = current

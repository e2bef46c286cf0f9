"""What an action says when it will not do something. The message is a sentence for the person who asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError


class Refused(Exception):
    """The action's rules do not allow it; the text says why and is shown as it stands."""


class Stale(Exception):
    """Somebody else saved since this form was opened. `current` is what is stored now; nothing was overwritten."""

    def __init__(self, current: Any) -> None:
        super().__init__("Somebody else has saved since you opened this page.")
        self.current = current


@contextmanager
def frozen_is_refused() -> Iterator[None]:
    """Turn the database's own refusal to change a frozen month into the product's.

    Actions look before they write; this is for whoever began to write while the month was being frozen. Also a
    decorator, to be put above the transaction.
    """
    try:
        yield
    except IntegrityError as error:
        said = getattr(error.__cause__, "diag", None)
        if said is not None and said.constraint_name == "month_is_frozen":
            raise Refused(said.message_primary) from error
        raise

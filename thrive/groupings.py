"""The five needs-based groupings of the THRIVE Framework, with their definitions. Pure.

They are needs, never tiers or services: one service may meet several, and a person's need changes. The words are
reference data, read once from the file beside the code.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

_FIXTURES: Final = Path(__file__).resolve().parent / "fixtures"


@dataclass(frozen=True)
class Grouping:
    """A need, in the framework's terms."""

    code: str
    name: str
    who: str
    definition: str
    question: str  # what a mapper asks of a service
    offers: tuple[str, ...]
    also_called: tuple[str, ...]


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((_FIXTURES / "groupings.json").read_text(encoding="utf-8"))
    return told


@cache
def groupings() -> tuple[Grouping, ...]:
    """All five, in the framework's order."""
    ordered = sorted(_told()["groupings"], key=lambda each: int(each["order"]))
    return tuple(
        Grouping(
            each["code"], each["name"], each["who"], each["definition"], each["mapping_question"],
            tuple(each["offers"]), tuple(each["also_known_as"]),
        )
        for each in ordered
    )  # fmt: skip


CODES: Final = ("thriving", "advice", "help", "more_help", "risk_support")


def grouping(code: str) -> Grouping | None:
    """The grouping of a code, if there is one."""
    return next((each for each in groupings() if each.code == code), None)


def choices() -> list[tuple[str, str]]:
    """Code and name."""
    return [(each.code, each.name) for each in groupings()]


def tier_hint(tag: str) -> tuple[str, ...]:
    """The groupings that a service once called 'tier 3' *may* meet: a hint for a person, never a conversion."""
    number = tag.lower().removeprefix("tier").strip()
    rows = _told()["tier_hints"]["rows"]
    return next((tuple(row["likely"]) for row in rows if str(row["tier"]) == number), ())

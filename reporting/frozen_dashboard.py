"""The dashboard of a frozen month: written into the closing snapshot as plain JSON and read back as the same values.

A month is shown as it was frozen and never worked out again from live rows. A field that a later release adds to the
picture needs a default, so that the months frozen before it still open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from programme.dates import FuzzyDate
from reporting.dashboard import ProgrammePicture
from reporting.what_changed import WhatChanged

if TYPE_CHECKING:
    from cattrs import Converter


@dataclass(frozen=True)
class DashboardContent:
    """Everything the dashboard of one month says."""

    picture: ProgrammePicture
    changed: WhatChanged


def to_record(told: DashboardContent) -> dict[str, Any]:
    """The dashboard as JSON: days as ISO 8601, ratings and states by their values."""
    record: dict[str, Any] = _converter().unstructure(told)
    return record


def from_record(record: Mapping[str, Any]) -> DashboardContent:
    """Read back what `to_record` wrote. Raises an exception of cattrs where it is something else."""
    return _converter().structure(record, DashboardContent)


@cache
def _converter() -> "Converter":
    from cattrs.preconf.json import make_converter

    converter = make_converter()
    # A date's own alternatives are dates; in its class that can only be written as a name.
    converter.register_structure_hook_func(
        lambda kind: kind == FuzzyDate.__name__, lambda value, _: converter.structure(value, FuzzyDate)
    )
    return converter

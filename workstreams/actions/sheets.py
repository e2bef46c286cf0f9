"""A spreadsheet on its way in: kept while its reader looks at what would change, brought in or thrown away."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from programme.clock import now
from programme.models import Programme, User
from programme.refusals import Refused
from programme.tables import Problem, ReadSheet, Row, read
from workstreams import sheets
from workstreams.actions.plan_changes import Outcome, apply
from workstreams.models import PlanSheet
from workstreams.sheets import Understood

KEPT_DAYS = 2
MOST_CHANGES = 500


@transaction.atomic
def begin(*, programme: Programme, content: bytes, name: str, by: User, at: datetime | None = None) -> PlanSheet:
    """Keep what a file says, to be looked at. Earlier sheets of the same person go. Raises Refused in words."""
    found = read(content, name)
    if not any(sheet.rows for sheet in found):
        raise Refused(f"{name} has no rows below its headings.")
    moment = at or now()
    PlanSheet.objects.filter(programme=programme, by=by).delete()
    PlanSheet.objects.filter(created_at__lt=moment - timedelta(days=KEPT_DAYS)).delete()
    kept = [asdict(sheet) for sheet in found]
    return PlanSheet.objects.create(programme=programme, by=by, name=name[:200], sheets=kept, created_at=moment)


def understood(*, sheet: PlanSheet, editable: Collection[int]) -> Understood:
    """What the kept file asks for, as the plan stands now."""
    found = [_as_read(each) for each in sheet.sheets]
    told = sheets.understand(found, sheets.known(sheet.programme, editable))
    if len(told.changes) > MOST_CHANGES:
        raise Refused(f"This file changes {len(told.changes):,} milestones. Bring in at most {MOST_CHANGES} at once.")
    return told


def _as_read(told: dict[str, Any]) -> ReadSheet:
    return ReadSheet(
        told["name"], told["columns"], [Row(**row) for row in told["rows"]], [Problem(**p) for p in told["problems"]]
    )


def try_out(*, found: Understood, by: User) -> Outcome:
    """What bringing it in would do: the same work, taken back at the end."""
    return apply(changes=found.changes, by=by, dry_run=True)


@transaction.atomic
def bring_in(*, sheet: PlanSheet, editable: Collection[int], by: User, at: datetime | None = None) -> Outcome:
    """Make every change of the file, or none. Raises Refused where a cell is wrong or there is nothing to change."""
    kept = PlanSheet.objects.select_for_update().filter(pk=sheet.pk).first()
    if kept is None:
        raise Refused("This file has already been brought in or thrown away.")
    found = understood(sheet=kept, editable=editable)
    if found.problems:
        raise Refused("Some cells of the file are wrong. Nothing was saved.")
    if not found.changes:
        raise Refused("The file changes nothing.")
    outcome = apply(changes=found.changes, by=by, at=at)
    if outcome.saved:
        kept.delete()
    return outcome


@transaction.atomic
def discard(*, sheet: PlanSheet) -> None:
    """Throw a file away that was not brought in."""
    sheet.delete()

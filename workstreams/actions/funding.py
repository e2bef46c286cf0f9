"""Funding lines: added, changed with a reason, taken out."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.history import recorded
from programme.models import User
from programme.refusals import Refused, Stale
from workstreams.models import FundingLine, Workstream
from workstreams.money import HIGHEST, Amounts


@dataclass(frozen=True)
class Funding:
    """What one source gives in one financial year."""

    source: str
    year: int
    recurrent: bool
    amounts: Amounts
    note: str = ""


@transaction.atomic
def add(*, workstream: Workstream, funding: Funding, by: User | None, at: datetime | None = None) -> FundingLine:
    """Add a line. Raises Refused where the source has one for that year already."""
    _check(workstream, funding)
    moment = at or now()
    with recorded(by=by, action="Added a funding line", at=moment):
        return FundingLine.objects.create(workstream=workstream, changed_by=by, changed_at=moment, **_columns(funding))


@transaction.atomic
def change(
    *, line: FundingLine, funding: Funding, reason: str, version: int, by: User | None, at: datetime | None = None
) -> FundingLine:
    """Change a line, with the reason. Raises Stale or Refused."""
    current = _locked(line, version)
    if not reason.strip():
        raise Refused("Say why it changes.")
    _check(current.workstream, funding, but=current)
    for name, value in _columns(funding).items():
        setattr(current, name, value)
    moment = at or now()
    with recorded(by=by, action="Changed a funding line", reason=reason, at=moment):
        return _saved(current, reason, by, moment)


@transaction.atomic
def remove(*, line: FundingLine, reason: str, version: int, by: User | None, at: datetime | None = None) -> FundingLine:
    """Take a line out that should not be there. History keeps it."""
    current = _locked(line, version)
    if not reason.strip():
        raise Refused("Say why it is taken out.")
    moment = at or now()
    current.removed_at = moment
    with recorded(by=by, action="Took a funding line out", reason=reason, at=moment):
        return _saved(current, reason, by, moment)


def _locked(line: FundingLine, version: int) -> FundingLine:
    current = FundingLine.objects.select_for_update(of=("self",)).select_related("workstream").get(pk=line.pk)
    if current.version != version:
        raise Stale(current)
    if current.removed_at:
        raise Refused("This line has been taken out.")
    return current


def _saved(line: FundingLine, reason: str, by: User | None, moment: datetime) -> FundingLine:
    line.version += 1
    line.reason, line.changed_by, line.changed_at = reason, by, moment
    line.save()
    return line


def _columns(funding: Funding) -> dict[str, object]:
    money = funding.amounts
    return {
        "source": funding.source,
        "year": funding.year,
        "recurrent": funding.recurrent,
        "budget": money.budget,
        "forecast": money.forecast,
        "actual": money.actual,
        "note": funding.note,
    }


def _check(workstream: Workstream, funding: Funding, *, but: FundingLine | None = None) -> None:
    money = funding.amounts
    if any(
        amount is not None and not 0 <= amount <= HIGHEST for amount in (money.budget, money.forecast, money.actual)
    ):
        raise Refused("An amount cannot be less than £0 or more than £10 billion.")
    same = FundingLine.objects.standing().filter(
        workstream=workstream, source__iexact=funding.source, year=funding.year, recurrent=funding.recurrent
    )
    if same.exclude(pk=but.pk if but else 0).exists():
        raise Refused(f"{funding.source} has a line of that kind for that year already. Change that one.")

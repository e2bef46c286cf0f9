"""Findings, evidence, and the library of what works."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from programme.clock import day_of, now
from programme.history import recorded
from programme.models import Place, User
from programme.refusals import Refused, Stale
from thrive.maturity.actions.reviews import refuse_released
from thrive.maturity.models import Domain, Element, Evidence, Finding, Practice, Review
from workstreams.models import Milestone, MonthlyUpdate


@dataclass(frozen=True)
class Found:
    """A finding: of which kind, about what."""

    kind: str
    domain: Domain
    text: str
    element: Element | None = None


def _standing(review: Review) -> Review:
    current = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    refuse_released(current)
    return current


@transaction.atomic
def find(*, review: Review, findings: Iterable[Found], by: User | None, at: datetime | None = None) -> list[Finding]:
    """Write down what was found. Raises Refused once the review is released."""
    current = _standing(review)
    with recorded(by=by, action="Wrote down a finding", at=at or now()):
        return Finding.objects.bulk_create(
            Finding(review=current, domain=each.domain, element=each.element, kind=each.kind, text=each.text)
            for each in findings
        )


@transaction.atomic
def reword(
    *,
    finding: Finding,
    kind: str,
    text: str,
    version: int,
    by: User,
    element: Element | None = None,
    at: datetime | None = None,
) -> Finding:
    """Change a finding. Raises Stale or Refused."""
    _standing(finding.review)
    current = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if current.version != version:
        raise Stale(current)
    current.kind, current.text, current.element = kind, text, element
    current.version += 1
    with recorded(by=by, action="Changed a finding", at=at or now()):
        current.save()
    return current


@transaction.atomic
def drop_finding(*, finding: Finding, by: User, at: datetime | None = None) -> None:
    """Take a finding out; history keeps it. Raises Refused once the review is released."""
    _standing(finding.review)
    with recorded(by=by, action="Took a finding out", at=at or now()):
        finding.delete()


@dataclass(frozen=True)
class Shown:
    """A piece of evidence."""

    kind: str
    title: str
    url: str = ""
    milestone: Milestone | None = None
    update: MonthlyUpdate | None = None
    expires_on: date | None = None


@transaction.atomic
def add_evidence(
    *, review: Review, element: Element, shown: Shown, by: User | None, at: datetime | None = None
) -> Evidence:
    """Put a piece of evidence to an element. Raises Refused once the review is released."""
    current = _standing(review)
    with recorded(by=by, action="Added evidence", at=at or now()):
        return Evidence.objects.create(review=current, element=element, **vars(shown))


@transaction.atomic
def drop_evidence(*, evidence: Evidence, by: User, at: datetime | None = None) -> None:
    """Take a piece of evidence away; history keeps it. Raises Refused once the review is released."""
    _standing(evidence.review)
    with recorded(by=by, action="Took evidence away", at=at or now()):
        evidence.delete()


@dataclass(frozen=True)
class Worth:
    """Something for the library."""

    kind: str
    domain: str
    text: str
    place: Place | None = None
    url: str = ""
    source: str = ""


@transaction.atomic
def add_practices(*, practices: Iterable[Worth], by: User | None, at: datetime | None = None) -> list[Practice]:
    """Add to the library."""
    with recorded(by=by, action="Added to the library", at=at or now()):
        return Practice.objects.bulk_create(
            Practice(**vars(each), link_state="unknown" if each.url else "none") for each in practices
        )


@transaction.atomic
def check_practice(
    *, practice: Practice, url: str, link_state: str, on: date, version: int, by: User, at: datetime | None = None
) -> Practice:
    """Say what became of a link, as looked at on a day. Raises Stale or Refused."""
    moment = at or now()
    if on > day_of(moment):
        raise Refused("Enter the day on which it was checked, not one ahead.")
    if bool(url) == (link_state == "none"):
        raise Refused("Enter the address, or say that there is no link.")
    current = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    if current.version != version:
        raise Stale(current)
    current.url, current.link_state, current.checked_on = url, link_state, on
    current.version += 1
    with recorded(by=by, action="Checked a link of the library", at=moment):
        current.save()
    return current

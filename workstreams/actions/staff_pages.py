"""Freezing, proposing, publishing and withdrawing the page that staff read, and its public link."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from programme.clock import now
from programme.history import recorded
from programme.models import Programme, User
from programme.refusals import Refused, Stale
from workstreams.models import StaffPage, StaffPageStep, StaffPageVersion, Workstream
from workstreams.staff_content import Content

Kind = StaffPageStep.Kind
TOKEN_BYTES = 32


@transaction.atomic
def publish(
    *,
    programme: Programme,
    workstream: Workstream | None,
    content: Content,
    version: int,
    by: User | None,
    at: datetime | None = None,
) -> StaffPageVersion:
    """Freeze the page and let it be read. A proposal that waits is overtaken by it."""
    return _freeze(programme, workstream, content, version, kind=Kind.PUBLISHED, by=by, moment=at or now())


@transaction.atomic
def propose(
    *,
    programme: Programme,
    workstream: Workstream | None,
    content: Content,
    version: int,
    by: User | None,
    at: datetime | None = None,
) -> StaffPageVersion:
    """Freeze the page and ask the office to publish exactly that."""
    return _freeze(programme, workstream, content, version, kind=Kind.PROPOSED, by=by, moment=at or now())


@transaction.atomic
def approve(*, page: StaffPage, version: int, by: User | None, at: datetime | None = None) -> StaffPageVersion:
    """Publish what was proposed, as it was frozen then."""
    current = _locked(page, version)
    proposal = _proposal(current)
    _happened(current, Kind.PUBLISHED, by, at or now(), version=proposal)
    return proposal


@transaction.atomic
def decline(*, page: StaffPage, version: int, reason: str, by: User | None, at: datetime | None = None) -> None:
    """Send a proposal back, with the reason. What is published stays."""
    current = _locked(page, version)
    _happened(current, Kind.DECLINED, by, at or now(), version=_proposal(current), reason=_said(reason))


@transaction.atomic
def withdraw(*, page: StaffPage, version: int, reason: str, by: User | None, at: datetime | None = None) -> None:
    """Take the page off. Its public link goes with it."""
    current, moment = _locked(page, version), at or now()
    _refuse_unpublished(current)
    if current.public_token:
        current.public_token = None
        _happened(current, Kind.LINK_OFF, by, moment)
    _happened(current, Kind.WITHDRAWN, by, moment, reason=_said(reason))


@transaction.atomic
def switch_link(*, page: StaffPage, version: int, kind: str, by: User | None, at: datetime | None = None) -> StaffPage:
    """Switch the public link on, renew it (the old address then leads nowhere), or switch it off."""
    current = _locked(page, version)
    if kind == Kind.LINK_ON:
        _refuse_unpublished(current)
        if current.public_token:
            raise Refused("The public link is on already.")
    elif not current.public_token:
        raise Refused("The public link is off.")
    current.public_token = None if kind == Kind.LINK_OFF else secrets.token_urlsafe(TOKEN_BYTES)
    _happened(current, Kind(kind), by, at or now())
    return current


def page_of(programme: Programme, workstream: Workstream | None) -> StaffPage | None:
    """The page of a workstream or programme, once anything has been frozen for it."""
    return StaffPage.objects.filter(programme=programme, workstream=workstream).first()


def _freeze(
    programme: Programme,
    workstream: Workstream | None,
    content: Content,
    version: int,
    *,
    kind: StaffPageStep.Kind,
    by: User | None,
    moment: datetime,
) -> StaffPageVersion:
    if not any(section.blocks for section in content.sections):
        raise Refused("Choose at least one section that has something to say.")
    Programme.objects.select_for_update().get(pk=programme.pk)
    found = page_of(programme, workstream)
    if found is None:
        if version:
            raise Stale(None)
        with recorded(by=by, action="Began the page for staff"):
            found = StaffPage.objects.create(programme=programme, workstream=workstream)
    current = _locked(found, version)
    newest = current.versions.aggregate(newest=Max("number"))["newest"] or 0
    frozen = StaffPageVersion.objects.create(page=current, number=newest + 1, content=content.as_json, by=by, at=moment)
    _happened(current, kind, by, moment, version=frozen)
    return frozen


def _locked(page: StaffPage, version: int) -> StaffPage:
    current = StaffPage.objects.select_for_update().get(pk=page.pk)
    if current.version != version:
        raise Stale(current)
    return current


def _happened(
    page: StaffPage,
    kind: StaffPageStep.Kind,
    by: User | None,
    moment: datetime,
    *,
    version: StaffPageVersion | None = None,
    reason: str = "",
) -> None:
    page.version += 1
    with recorded(by=by, action=str(kind.label), reason=reason):
        page.save()
    StaffPageStep.objects.create(page=page, kind=kind, version=version, reason=reason, by=by, at=moment)


def _proposal(page: StaffPage) -> StaffPageVersion:
    found = page.proposal
    if found is None:
        raise Refused("No proposal is waiting.")
    return found


def _refuse_unpublished(page: StaffPage) -> None:
    if page.published is None:
        raise Refused("Nothing is published.")


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused("Say why.")
    return reason

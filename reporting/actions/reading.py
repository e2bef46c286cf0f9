"""Handing out files: checked against their hash, every copy remembered, and links for people without an account."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from programme.clock import now
from programme.history import recorded
from programme.models import User
from programme.refusals import Refused
from reporting import storage
from reporting.editions import Edition
from reporting.models import BoardReport, Download, ReportLink

LINK_DAYS = (7, 30, 90)
OPENED = "opened"
INSIDE = "They may read what stays inside the trust."
_signer = signing.Signer(salt="reporting.report-link")


def file_of(report: BoardReport) -> bytes:
    """The finished PDF, checked against its hash. Raises Refused where the file is missing or was altered."""
    try:
        content = storage.get(report.file)
    except OSError as error:
        raise Refused("The file of this report is missing from the server's storage.") from error
    except storage.NotReachedError as error:
        raise Refused(f"{error} Try again in a few minutes.") from error
    if hashlib.sha256(content).hexdigest() != report.sha256:
        raise Refused("The file of this report has been altered on the server, so it is not handed out.")
    return content


@transaction.atomic
def record_download(*, report: BoardReport, user: User, form: str = "pdf", at: datetime | None = None) -> None:
    """Remember who took a copy, and in which form."""
    Download.objects.create(report=report, user=user, form=form, at=at or now())


# -- links -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_link(
    *, report: BoardReport, for_whom: str, days: int, by: User, inside: bool = False, at: datetime | None = None
) -> ReportLink:
    """A link to a published report for somebody without an account, for so many days.

    `inside` says that they may read what stays inside the trust, as board members do; without it there is no link to
    such an edition.
    """
    current = BoardReport.objects.select_for_update().get(pk=report.pk)
    if not current.can_be_opened:
        raise Refused("Only a published report can be sent by a link.")
    if days not in LINK_DAYS:
        raise Refused(f"A link works for {', '.join(map(str, LINK_DAYS))} days.")
    if current.stays_inside and not inside:
        words = Edition(current.edition).words.lower()
        raise Refused(
            f"The {words} stays inside the trust. Say that they may read it, or send the commissioner report."
        )
    moment = at or now()
    with recorded(by=by, action="Made a link to the report", reason=INSIDE if current.stays_inside else "", at=moment):
        return ReportLink.objects.create(
            report=current, for_whom=for_whom, by=by, at=moment, expires_at=moment + timedelta(days=days)
        )


@transaction.atomic
def revoke_link(*, link: ReportLink, by: User, at: datetime | None = None) -> None:
    """End a link at once."""
    moment = at or now()
    with recorded(by=by, action="Ended a link to the report", at=moment):
        if not ReportLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=moment, revoked_by=by):
            raise Refused("This link has been ended already.")


def address_of(link: ReportLink) -> str:
    """The whole address to send."""
    return settings.PUBLIC_URL + reverse("shared-report", args=[_signer.sign(str(link.pk))])


def open_link(token: str, moment: datetime) -> ReportLink | None:
    """The link behind an address, while it works: signed by us, not ended, and its report still to be read."""
    try:
        key = int(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    people = ("report__period", "report__programme", "report__snapshot")
    link = ReportLink.objects.filter(pk=key).select_related(*people).first()
    return link if link and link.is_open(moment) and link.report.can_be_opened else None


@transaction.atomic
def record_use(*, link: ReportLink, form: str = OPENED, at: datetime | None = None) -> None:
    """Remember that a link was followed, or a copy taken by it."""
    Download.objects.create(report=link.report, link=link, form=form, at=at or now())

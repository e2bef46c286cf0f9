"""Finding the report that a file is: by its fingerprint, or by the mark it bears. A fixed number of queries."""

import hashlib
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from programme.models import User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from programme.templatetags.words import day
from reporting.authenticity import Standing, Verdict, looks_like_pdf, marks_in, state_sentence
from reporting.models import BoardReport, BoardReportQuerySet

MOST_MARKS = 10
INSIDE = "This edition is made for people inside the trust. Please do not pass it on."


@dataclass(frozen=True)
class Checked:
    """The answer, and the fingerprint that anybody can work out for themselves."""

    verdict: Verdict
    sha256: str
    standing: Standing | None = None


def check(content: bytes, user: User | AnonymousUser) -> Checked:
    """Say what a file is. A draft is known only to those who may read drafts."""
    fingerprint = hashlib.sha256(content).hexdigest()
    if not looks_like_pdf(content):
        return Checked(Verdict.NOT_A_PDF, fingerprint)
    known = _known_to(user)
    if report := known.filter(sha256=fingerprint).first():
        return Checked(Verdict.GENUINE, fingerprint, _standing(report, user))
    marked = Q(pk=None)
    for snapshot, edition in marks_in(content)[:MOST_MARKS]:
        marked |= Q(snapshot__sha256=snapshot, **({"edition": edition} if edition else {}))
    if report := known.filter(marked).first():
        return Checked(Verdict.CHANGED, fingerprint, _standing(report, user))
    return Checked(Verdict.UNKNOWN, fingerprint)


def _known_to(user: User | AnonymousUser) -> BoardReportQuerySet:
    """What was ever published, whoever asks; and drafts, where the one who asks may read them."""
    drafting = programmes_allowing(user, Permission.READ_DRAFT_REPORTS)
    told = BoardReport.objects.exclude(sha256="").filter(Q(state__in=BoardReport.TOLD) | Q(programme__in=drafting))
    return told.select_related("programme", "period", "snapshot", "successor").order_by("-version")


def _standing(report: BoardReport, user: User | AnonymousUser) -> Standing:
    """How it stands. Who may not read it learns what the file says itself and whether it stands, but not why not."""
    reads = BoardReport.objects.visible_to(user).filter(pk=report.pk).exists()
    return Standing(
        programme=report.programme.name,
        month=str(report.period),
        edition=report.edition_words,
        version=report.version,
        as_at=report.snapshot.content["as_at_label"],
        state=state_sentence(
            report.state,
            published=day(report.published_at),
            ended=day(report.ended_at),
            reason=report.end_reason if reads else "",
            successor=report.successor.version if report.successor else None,
        ),
        note=INSIDE if report.stays_inside and not reads else "",
    )

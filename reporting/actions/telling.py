"""E-mails about reports: one a person, with a link and nothing of what the report says. Choices are obeyed.

Called inside the action whose news it is, so that the e-mail is written with it or not at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from programme.actions import mail
from programme.mail_kinds import MailKind
from programme.models import MailChoices, User
from programme.permissions import roles_with
from programme.roles import Permission
from reporting.editions import Edition
from reporting.models import BoardReport, ReportSchedule
from reporting.readers import in_roles, readers_of


@dataclass(frozen=True)
class News:
    """One thing to say: its kind, what makes it the same e-mail, the sentence, and where to read more."""

    kind: MailKind
    key: str
    sentence: str
    path: str


def waits_for_approval(report: BoardReport, moment: datetime) -> None:
    """The approver its schedule names is asked to; without one, everybody who may approve it."""
    able = [user for user in _holders(report, Permission.APPROVE_REPORTS, moment) if user.pk != report.built_by_id]
    schedule = ReportSchedule.objects.filter(reports=report).first()
    named = [user for user in able if schedule and user.pk == schedule.approver_id]
    _write(_news(MailKind.REPORT_WAITS, report, "waits for your approval."), named or able, moment)


def failed(report: BoardReport, moment: datetime) -> None:
    """The office hears that a report could not be built; why stands on its page."""
    news = _news(MailKind.REPORT_FAILED, report, "could not be built. Its page says why.", f":{report.attempt}")
    _write(news, _holders(report, Permission.BUILD_REPORTS, moment), moment)


def not_asked_for(schedule: ReportSchedule, day: str, moment: datetime) -> None:
    """The office hears that a schedule could not even ask for its report."""
    programme = schedule.programme
    words = f"{programme}: the report due by its schedule on {day} could not be made. The page of schedules says why."
    path = reverse("report-schedules", args=[programme.slug])
    news = News(MailKind.REPORT_FAILED, f"schedule:{schedule.pk}:{day}", words, path)
    _write(news, in_roles(programme.pk, roles_with(Permission.BUILD_REPORTS), moment), moment)


def published(report: BoardReport, moment: datetime) -> None:
    """Those who were chosen, by role or by name, hear that there is a report to read."""
    news = _news(MailKind.REPORT_PUBLISHED, report, "has been published.")
    _write(news, recipients(report, moment), moment)


def withdrawn(report: BoardReport, moment: datetime) -> None:
    """Those who heard of it hear that it no longer stands."""
    news = _news(MailKind.REPORT_PUBLISHED, report, "has been withdrawn. Its page says why.", ":withdrawn")
    _write(news, recipients(report, moment), moment)


def recipients(report: BoardReport, moment: datetime) -> Iterable[User]:
    """Whom a published report was announced to, as far as they may still read it."""
    able = readers_of(report.programme_id, Edition(report.edition), moment)
    named = in_roles(report.programme_id, report.told_roles, moment).values("pk")
    return able.filter(Q(pk__in=named) | Q(pk__in=report.told_people))


def _holders(report: BoardReport, permission: Permission, moment: datetime) -> Iterable[User]:
    return in_roles(report.programme_id, roles_with(permission), moment)


def _news(kind: MailKind, report: BoardReport, happened: str, key: str = "") -> News:
    path = reverse("report", args=[report.programme.slug, report.pk])
    return News(kind, f"report:{report.pk}{key}", f"{report.programme}: {report.title}, {happened}", path)


def _write(news: News, readers: Iterable[User], moment: datetime) -> None:
    readers = list(readers)
    off = dict(MailChoices.objects.filter(user__in=readers).values_list("user", "off"))
    heading = news.kind.heading
    for user in readers:
        if news.kind.value in off.get(user.pk, ()):
            continue
        context = {
            "user": user,
            "sentence": news.sentence,
            "link": settings.PUBLIC_URL + news.path,
            "public_url": settings.PUBLIC_URL,
            "service_name": settings.SERVICE_NAME,
        }
        mail.write(
            key=f"{news.kind.value}:{news.key}:{user.pk}",
            to=user,
            subject=f"{settings.SERVICE_NAME}: {heading[0].lower()}{heading[1:]}",
            body=render_to_string("emails/report.txt", context),
            at=moment,
        )

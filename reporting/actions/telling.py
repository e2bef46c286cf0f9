"""E-mails about reports: one a person, with a link and nothing of what the report says. Choices are obeyed.

Called inside the action whose news it is, so that the e-mail is written with it or not at all.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from programme.actions import mail
from programme.clock import day_of
from programme.mail_kinds import MailKind
from programme.models import MailChoices, Membership, User
from programme.permissions import roles_with
from programme.roles import Permission
from reporting.models import BoardReport, ReportSchedule


def waits_for_approval(report: BoardReport, moment: datetime) -> None:
    """The approver its schedule names, or everybody who may approve it, is asked to."""
    schedule = ReportSchedule.objects.filter(reports=report).select_related("approver").first()
    asked: Iterable[User] = [schedule.approver] if schedule else _holders(report, Permission.APPROVE_REPORTS, moment)
    words = f"{report.title}, waits for your approval."
    _tell(MailKind.REPORT_WAITS, report, (each for each in asked if each.pk != report.built_by_id), words, moment)


def failed(report: BoardReport, moment: datetime) -> None:
    """The office hears that a report could not be built; why stands on its page."""
    words = f"{report.title}, could not be built. Its page says why."
    office = _holders(report, Permission.BUILD_REPORTS, moment)
    _tell(MailKind.REPORT_FAILED, report, office, words, moment, key=f":{report.attempt}")


def not_asked_for(schedule: ReportSchedule, day: str, moment: datetime) -> None:
    """The office hears that a schedule could not even ask for its report."""
    office = in_roles(schedule.programme_id, roles_with(Permission.BUILD_REPORTS), moment)
    words = f"the report that was due by its schedule on {day} could not be made. The page of schedules says why."
    path = reverse("report-schedules", args=[schedule.programme.slug])
    _write(
        MailKind.REPORT_FAILED, f"schedule:{schedule.pk}:{day}", str(schedule.programme), office, words, path, moment
    )


def published(report: BoardReport, moment: datetime) -> None:
    """Those whose roles were chosen hear that there is a report to read."""
    readers = in_roles(report.programme_id, report.told_roles, moment)
    _tell(MailKind.REPORT_PUBLISHED, report, readers, f"{report.title}, has been published.", moment)


def withdrawn(report: BoardReport, moment: datetime) -> None:
    """Those who heard of it hear that it no longer stands."""
    readers = in_roles(report.programme_id, report.told_roles, moment)
    words = f"{report.title}, has been withdrawn. Its page says why."
    _tell(MailKind.REPORT_PUBLISHED, report, readers, words, moment, key=":withdrawn")


def _holders(report: BoardReport, permission: Permission, moment: datetime) -> Iterable[User]:
    return in_roles(report.programme_id, roles_with(permission), moment)


def in_roles(programme: int, roles: Iterable[str], moment: datetime) -> Iterable[User]:
    """Everybody with an account in use who holds one of the roles on that day."""
    held = Membership.objects.in_force(day_of(moment)).filter(programme=programme, role__in=list(roles))
    return User.objects.filter(pk__in=held.values("user"), is_active=True).select_related("person").order_by("pk")


def _tell(
    kind: MailKind, report: BoardReport, readers: Iterable[User], words: str, moment: datetime, *, key: str = ""
) -> None:
    path = reverse("report", args=[report.programme.slug, report.pk])
    _write(kind, f"report:{report.pk}{key}", str(report.programme), readers, words, path, moment)


def _write(
    kind: MailKind, key: str, programme: str, readers: Iterable[User], words: str, path: str, moment: datetime
) -> None:
    readers = list(readers)
    off = dict(MailChoices.objects.filter(user__in=readers).values_list("user", "off"))
    for user in readers:
        if kind.value in off.get(user.pk, ()):
            continue
        context = {
            "user": user,
            "sentence": f"{programme}: {words}",
            "link": settings.PUBLIC_URL + path,
            "public_url": settings.PUBLIC_URL,
            "service_name": settings.SERVICE_NAME,
        }
        body = render_to_string("emails/report.txt", context)
        subject = f"{settings.SERVICE_NAME}: {kind.heading[0].lower()}{kind.heading[1:]}"
        mail.write(key=f"{kind.value}:{key}:{user.pk}", to=user, subject=subject, body=body, at=moment)

"""What people decide about a report: approved by somebody else, published, withdrawn. A later version supersedes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.history import recorded
from programme.models import Programme, User
from programme.refusals import Refused
from programme.roles import Role
from programme.wording import listed
from reporting.actions import telling
from reporting.editions import Edition
from reporting.models import BoardReport
from reporting.readers import Chosen, chosen, roles_reading

State = BoardReport.State


@transaction.atomic
def approve(*, report: BoardReport, by: User, at: datetime | None = None) -> None:
    """Approve a draft. Never by the person who created it."""
    current = BoardReport.objects.select_for_update().get(pk=report.pk)
    if current.built_by_id == by.pk:
        raise Refused("You created this report, so somebody else has to approve it.")
    if current.state != State.DRAFT:
        raise Refused(f"This report is not waiting for approval: it is {current.get_state_display().lower()}.")
    moment = at or now()
    with recorded(by=by, action="Approved the report", at=moment):
        current.state, current.approved_by, current.approved_at = State.APPROVED, by, moment
        current.save()


@transaction.atomic
def publish(
    *, report: BoardReport, by: User, tell: Sequence[str] = (), people: Collection[int] = (), at: datetime | None = None
) -> Chosen:
    """Publish an approved report. From then on the database refuses every change to it but its end.

    The version of its month and edition that stood until now is superseded. Whoever holds a role of `tell`, or has one
    of the accounts `people`, gets an e-mail with a link and nothing else. Who may not read the edition any more is
    skipped; the answer says who.
    """
    # The programme's row is held so that two versions published at once cannot both stand.
    Programme.objects.select_for_update().get(pk=report.programme_id)
    current = (
        BoardReport.objects.select_for_update(of=("self",)).select_related("period", "programme").get(pk=report.pk)
    )
    if current.state != State.APPROVED:
        raise Refused(f"Only an approved report can be published: this one is {current.get_state_display().lower()}.")
    own = BoardReport.objects.filter(period=current.period_id, edition=current.edition)
    later = own.filter(state=State.PUBLISHED, version__gt=current.version).first()
    if later:
        raise Refused(f"Version {later.version} has been published already, so this earlier version cannot be.")
    moment, edition = at or now(), Edition(current.edition)
    check_roles(edition, tell)
    named = chosen(current.programme_id, edition, people, moment)
    with recorded(by=by, action="Published the report", reason=named.sentence, at=moment):
        current.state, current.published_by, current.published_at = State.PUBLISHED, by, moment
        current.told_roles, current.told_people = sorted(set(tell)), sorted(user.pk for user in named.able)
        current.save()
    with recorded(by=by, action="Superseded the report", at=moment):
        for before in own.filter(state=State.PUBLISHED).exclude(pk=current.pk).select_for_update():
            before.state, before.successor = State.SUPERSEDED, current
            before.ended_at, before.ended_by = moment, by
            before.save()
    telling.published(current, moment)
    return named


def check_roles(edition: Edition, roles: Collection[str]) -> None:
    """Refuse to tell people of a report that they may not read."""
    able = {role.value for role in roles_reading(edition)}
    if unable := [str(Role(role).label) for role in roles if role not in able]:
        raise Refused(f"The {edition.words.lower()} stays inside the trust, so it is not for: {listed(unable)}.")


@transaction.atomic
def withdraw(*, report: BoardReport, reason: str, by: User, at: datetime | None = None) -> None:
    """Take a published report back, for a reason that readers see. Its file is handed out to readers no more."""
    current = (
        BoardReport.objects.select_for_update(of=("self",)).select_related("period", "programme").get(pk=report.pk)
    )
    if current.state not in BoardReport.READABLE:
        raise Refused(f"Only a published report can be withdrawn: this one is {current.get_state_display().lower()}.")
    if not reason.strip():
        raise Refused("Say why the report is withdrawn. Readers see it.")
    moment = at or now()
    with recorded(by=by, action="Withdrew the report", reason=reason, at=moment):
        current.state, current.end_reason = State.WITHDRAWN, reason.strip()
        current.ended_at, current.ended_by = moment, by
        current.save()
    telling.withdrawn(current, moment)

"""Links that are looked at again, and questions that are answered."""

from datetime import date, datetime

from django.db import transaction

from programme.clock import day_of, now
from programme.history import recorded
from programme.links import checked_link
from programme.models import Person, User
from programme.refusals import Refused
from workstreams.actions.registers import ended, locked
from workstreams.models import Document, LaunchQuestion, Workstream


@transaction.atomic
def add_link(
    *,
    workstream: Workstream,
    text: str,
    url: str,
    kind: str,
    by: User | None,
    owner: Person | None = None,
    check_after: int | None = None,
    at: datetime | None = None,
) -> Document:
    """Add a document or page. Whoever adds it has just seen that it is there, so it counts as checked."""
    try:
        link = checked_link(url)
    except ValueError as error:
        raise Refused(str(error)) from error
    day = day_of(at or now())
    with recorded(by=by, action="Added a link", at=at):
        return Document.objects.create(
            workstream=workstream,
            text=text,
            url=link,
            kind=kind,
            owner=owner,
            check_after=check_after,
            raised_on=day,
            checked_on=day,
            checked_by=by,
        )


@transaction.atomic
def check_link(*, link: Document, version: int, by: User | None, at: datetime | None = None) -> Document:
    """Say that somebody has looked and that it still holds. Raises Stale or Refused."""
    current = locked(link, version)
    with recorded(by=by, action="Checked the link", at=at):
        current.checked_on, current.checked_by = day_of(at or now()), by
        current.version += 1
        current.save()
    return current


@transaction.atomic
def ask_question(
    *,
    workstream: Workstream,
    text: str,
    by: User | None,
    asked_by: str = "",
    owner: Person | None = None,
    at: datetime | None = None,
) -> LaunchQuestion:
    """Write down a question that was asked; `owner` is who finds the answer."""
    with recorded(by=by, action="Wrote down a question", at=at):
        return LaunchQuestion.objects.create(
            workstream=workstream, text=text, asked_by=asked_by, owner=owner, raised_on=day_of(at or now())
        )


@transaction.atomic
def answer_question(
    *,
    question: LaunchQuestion,
    how: str,
    version: int,
    by: User | None,
    on: date | None = None,
    at: datetime | None = None,
) -> LaunchQuestion:
    """Answer a question, which closes it. Raises Stale or Refused."""
    current = ended(question, how, version, on, at)
    current.answered_by = by.person if by else None
    with recorded(by=by, action="Answered the question", at=at):
        current.save()
    return current

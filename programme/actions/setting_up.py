"""Setting a programme up from nothing, and the rule that makes its months."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from programme.actions import periods, programmes
from programme.history import recorded
from programme.models import Organisation, Place, Programme, User
from programme.periods import PeriodDays, PeriodRule, month_to_report, period_days
from programme.refusals import Refused, Stale
from programme.roles import Role

SLUG_LENGTH = 50


def _refuse_name(name: str, besides: Programme | None = None) -> None:
    if Programme.objects.filter(name__iexact=name).exclude(pk=besides.pk if besides else 0).exists():
        raise Refused("This name is taken. Choose another one.")


def _free_slug(name: str) -> str:
    base = slugify(name)[:SLUG_LENGTH].strip("-") or "programme"
    taken = set(Programme.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _first_month(rule: PeriodRule, today: date) -> date:
    """The month whose update can still be sent in time; where that has passed, this month."""
    reported = month_to_report(today, rule)
    return reported if period_days(reported, rule).due_on >= today else today


@transaction.atomic
def begin(*, name: str, mandate: str, by: User, today: date) -> Programme:
    """Create a programme of which its creator is administrator, with its first months; the rest is asked next."""
    _refuse_name(name)
    programme = programmes.create(name=name, slug=_free_slug(name), by=by, mandate=mandate, setting_up=True)
    programmes.give_role(programme=programme, user=by, role=Role.ADMINISTRATOR, since=today, by=by)
    periods.make_ahead(programme=programme, today=today, since=_first_month(periods.rule_of(programme), today))
    return programme


@transaction.atomic
def rename(*, programme: Programme, version: int, name: str, mandate: str, by: User) -> Programme:
    """Change the programme's name and mandate. Its address stays, so that links still work."""
    current = _current(programme, version)
    _refuse_name(name, current)
    with recorded(by=by, action="Changed the programme's name"):
        current.name, current.mandate = name, mandate
        current.version += 1
        current.save()
    return current


@transaction.atomic
def set_members(
    *,
    programme: Programme,
    by: User,
    partners: Iterable[Organisation] | None = None,
    places: Iterable[Place] | None = None,
) -> None:
    """Say who takes part, or where the programme works."""
    with recorded(by=by, action="Changed the programme's partners" if places is None else "Changed the places"):
        current = Programme.objects.select_for_update().get(pk=programme.pk)
        current.version += 1
        current.save(update_fields=["version"])
        if partners is not None:
            current.partners.set(partners)
        if places is not None:
            current.places.set(places)


@transaction.atomic
def set_rule(*, programme: Programme, version: int, rule: PeriodRule, by: User, today: date) -> Programme:
    """Change the rule that makes months.

    Months that have not opened yet follow it, unless somebody gave them days of their own; the others keep theirs.
    While a programme is being set up, its first open month follows too.
    """
    current = _current(programme, version)
    before = periods.rule_of(current)
    with recorded(by=by, action="Changed the rule for months"):
        current.opens_before_month_end = rule.opens_before_month_end
        current.due_working_day, current.closes_after_due = rule.due_working_day, rule.closes_after_due
        current.version += 1
        current.save()
        for period in current.periods.ordinary().filter(closed_at=None).select_for_update():
            old, new = period_days(period.month, before), period_days(period.month, rule)
            made_by_rule = PeriodDays(period.month, period.opens_on, period.due_on, period.closes_on) == old
            if made_by_rule and (period.opens_on > today or current.setting_up):
                period.opens_on, period.due_on, period.closes_on = new.opens_on, new.due_on, new.closes_on
                period.save()
    return current


def _current(programme: Programme, version: int) -> Programme:
    current = Programme.objects.select_for_update().get(pk=programme.pk)
    if current.version != version:
        raise Stale(current)
    return current


@transaction.atomic
def answered(*, programme: Programme, step: str, by: User) -> None:
    """Remember that a question of the journey was answered, also with nothing, so that it can be gone on with."""
    current = Programme.objects.select_for_update().get(pk=programme.pk)
    if current.setting_up and step not in current.setup_answered:
        with recorded(by=by, action="Answered a question of the set-up"):
            current.setup_answered = [*current.setup_answered, step]
            current.save(update_fields=["setup_answered"])


@transaction.atomic
def finish(*, programme: Programme, by: User) -> None:
    """End the journey; everything stays changeable on the programme's Manage pages."""
    current = Programme.objects.select_for_update().get(pk=programme.pk)
    if current.setting_up:
        with recorded(by=by, action="Finished setting the programme up"):
            current.setting_up = False
            current.save(update_fields=["setting_up"])

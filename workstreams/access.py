"""Rights on one workstream. Dated assignments are their only source, beside the office's programme-wide right."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.db.models.functions import Coalesce

from programme.clock import today
from programme.models import Membership, Person, Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from workstreams.models import Action, Assignment, Gate, GateCondition, Group, Workstream, WorkstreamQuerySet


def assignment_roles(user: User | AnonymousUser, workstream: Workstream) -> frozenset[str]:
    """The user's roles on the workstream today."""
    held = Assignment.objects.in_force(today()).of_workstream(workstream).of_user(user)
    return frozenset(held.values_list("role", flat=True))


def team_on(workstream: Workstream, day: date) -> list[Assignment]:
    """Everybody who has a role on the workstream on a day, for the questions below: one query for all of them."""
    return list(Assignment.objects.in_force(day).of_workstream(workstream).with_people().order_by("since", "pk"))


def roles_among(team: Collection[Assignment], user: User, workstream: Workstream) -> frozenset[str]:
    """The user's roles in a team. Who sees the programme as another role would holds nothing of their own meanwhile."""
    if user.person_id is None or (user.viewing_as and user.viewing_as.programme_id == workstream.programme_id):
        return frozenset()
    return frozenset(str(a.role) for a in team if user.person_id in {a.person_id, a.person.merged_into_id})


def writers_among(team: Collection[Assignment]) -> list[Person]:
    """Those of a team who write the update: leads first, then deputies, each once."""
    writing = [each for each in team if can_write_update([each.role])]
    ordered = sorted(writing, key=lambda each: (each.role != Assignment.Role.LEAD, each.pk))
    return list({each.who.pk: each.who for each in ordered}.values())


def can_write_update(roles: Collection[str]) -> bool:
    """Leads and deputies write the update."""
    return Assignment.Role.LEAD in roles or Assignment.Role.DEPUTY in roles


def is_lead(roles: Collection[str]) -> bool:
    """Whether a lead's role is among them."""
    return Assignment.Role.LEAD in roles


def writes_on_behalf(roles: Collection[str], permissions: Collection[Permission]) -> bool:
    """The office enters what a lead has told them, and says so; who leads the workstream writes for themselves."""
    return Permission.WRITE_ON_BEHALF in permissions and not can_write_update(roles)


def can_correct(roles: Collection[str], permissions: Collection[Permission]) -> bool:
    """A sent update is corrected by its lead's side, and by the office that answers for what is filed."""
    return can_write_update(roles) or Permission.CORRECT_FILING in permissions


def writers_of(workstream: Workstream) -> list[Person]:
    """Those in whose name the office may enter an update today: leads first, then deputies, each once."""
    return writers_among(team_on(workstream, today()))


def covers_of(user: User, day: date) -> list[tuple[Workstream, list[Person]]]:
    """The workstreams somebody leads on `day`, each with the deputies who are asked while they are away."""
    led = Assignment.objects.in_force(day).leads().of_user(user)
    keys = led.annotate(standing=Coalesce("workstream__merged_into", "workstream")).values("standing")
    deputies: dict[int, list[Person]] = defaultdict(list)
    for each in Assignment.objects.in_force(day).filter(role=Assignment.Role.DEPUTY, workstream__in=keys).with_people():
        deputies[each.workstream_id].append(each.who)
    return [(row, deputies[row.pk]) for row in Workstream.objects.filter(pk__in=keys)]


def used_elsewhere(person: Person, user: User | AnonymousUser) -> bool:
    """Whether a record is named in a programme whose filing the user may not correct."""
    allowed = programmes_allowing(user, Permission.CORRECT_FILING)
    named = Assignment.objects.filter(Q(person=person) | Q(person__merged_into=person))
    return named.exclude(workstream__programme__in=allowed).exists()


def managed_elsewhere(person: Person, user: User | AnonymousUser, permission: Permission) -> bool:
    """Whether somebody has a part in a programme in which the user does not hold `permission`."""
    allowed = programmes_allowing(user, permission)
    named = Assignment.objects.filter(Q(person=person) | Q(person__merged_into=person))
    held = Membership.objects.filter(user__person=person)
    return named.exclude(workstream__programme__in=allowed).exists() or held.exclude(programme__in=allowed).exists()


def can_edit_plan(roles: Collection[str], permissions: Collection[Permission]) -> bool:
    """Leads, deputies and the programme office keep the plan."""
    return can_write_update(roles) or Permission.EDIT_WORKSTREAMS in permissions


def can_answer_asks(roles: Collection[str], permissions: Collection[Permission]) -> bool:
    """The senior leadership team and the workstream's sponsor answer what it asks for."""
    return Permission.ANSWER_ASKS in permissions or Assignment.Role.SPONSOR in roles


def plans_kept_by(user: User, programme: Programme, permissions: Collection[Permission]) -> WorkstreamQuerySet:
    """The workstreams whose plan the user keeps: all for the office, else those they lead or deputise for."""
    seen = Workstream.objects.visible_to(user).filter(programme=programme, merged_into=None)
    if Permission.EDIT_WORKSTREAMS in permissions:
        return seen
    return seen.filter(pk__in=Workstream.objects.led_by(user, today()).values("pk"))


def can_keep_voices(roles: Collection[str], permissions: Collection[Permission]) -> bool:
    """Leads and deputies keep their workstream's voices; the participation lead and the office those of any."""
    return can_write_update(roles) or Permission.KEEP_VOICES in permissions


def can_offer_evidence(user: User, gate: Gate, permissions: Collection[Permission]) -> bool:
    """Who keeps or decides gates, and the team of its workstream; of a gate of the whole programme, any team."""
    if Permission.KEEP_GATES in permissions or Permission.DECIDE_GATES in permissions:
        return True
    workstream = gate.standing_workstream
    if workstream is not None:
        return bool(assignment_roles(user, workstream))
    held = Assignment.objects.in_force(today()).of_user(user)
    return held.filter(workstream__programme=gate.programme_id).exists()


def can_close_condition(user: User, condition: GateCondition, permissions: Collection[Permission]) -> bool:
    """Who decides gates, and the person who answers for the condition."""
    return Permission.DECIDE_GATES in permissions or is_oneself(user, condition.who)


def own_conditions(user: User, gate: Gate) -> set[int]:
    """The conditions of a gate for which the user answers; uses the prefetched conditions and their owners."""
    return {each.pk for each in gate.conditions.all() if is_oneself(user, each.who)}


def can_pass_asks(roles: Collection[str], permissions: Collection[Permission]) -> bool:
    """Who keeps an ask and who answers it pass it up to the next group, or back down."""
    return can_edit_plan(roles, permissions) or can_answer_asks(roles, permissions)


def can_keep_group(roles: Collection[str], permissions: Collection[Permission], kind: str) -> bool:
    """The office keeps all groups, the participation lead those of participation, leads those of their workstream."""
    participation = kind == Group.Kind.PARTICIPATION and Permission.KEEP_VOICES in permissions
    return participation or can_edit_plan(roles, permissions)


def keeps_group(user: User, group: Group, permissions: Collection[Permission]) -> bool:
    """Whether the user keeps this group: its terms, members and meetings."""
    return can_keep_group(_roles_on(user, group.workstream), permissions, group.kind)


def keeps_action(user: User, action: Action, permissions: Collection[Permission]) -> bool:
    """Whether the user may change an action: those who keep its workstream's registers, or the group it comes from."""
    if can_edit_plan(_roles_on(user, action.workstream), permissions):
        return True
    return action.meeting is not None and keeps_group(user, action.meeting.group, permissions)


def ends_action(user: User, action: Action, permissions: Collection[Permission]) -> bool:
    """Whoever keeps an action, and whoever owns it, says that it is done or dropped."""
    return is_oneself(user, action.who) or keeps_action(user, action, permissions)


def is_oneself(user: User, person: Person | None) -> bool:
    """Whether a person is the user. While they see the pages as another role would, nothing is their own."""
    own = user.person
    return bool(person and own and not user.viewing_as and own.survivor.pk == person.survivor.pk)


def _roles_on(user: User, workstream: Workstream | None) -> frozenset[str]:
    return assignment_roles(user, workstream.survivor) if workstream else frozenset()

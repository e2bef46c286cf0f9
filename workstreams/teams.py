"""Who writes for the workstreams of a programme, and did before: one query for the whole of it, as plain values."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models.functions import Coalesce

from programme.models import Programme, User
from workstreams.models import Assignment

FIRST_DAYS = 60  # as long is the page of what was handed over offered to somebody who has taken over


@dataclass(frozen=True)
class Held:
    """An assignment of a lead or deputy. `workstream` is the one that stands, `own` the one it was given on."""

    workstream: int
    own: int
    role: str
    since: date
    until: date | None
    people: frozenset[int]  # whose record it is, and whose duplicate that turned out to be
    name: str

    @property
    def is_lead(self) -> bool:
        """Whether it is a lead's."""
        return self.role == Assignment.Role.LEAD

    def is_in_force(self, day: date) -> bool:
        """Whether it had begun and had not ended on a day."""
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass(frozen=True)
class ProgrammeTeams:
    """Leads and deputies of every workstream of a programme, of all days, in the order they were given."""

    programme: int
    day: date
    held: tuple[Held, ...]

    def leads(self) -> dict[int, list[str]]:
        """The names of those who lead, by workstream, each once."""
        found: dict[int, dict[str, None]] = {}
        for each in self.held:
            if each.is_lead and each.is_in_force(self.day):
                found.setdefault(each.workstream, {})[each.name] = None
        return {key: list(names) for key, names in found.items()}

    def written_by(self, user: User) -> set[int]:
        """Workstreams whose update the user writes."""
        return {each.workstream for each in self._of(user)}

    def taken_over_by(self, user: User) -> set[int]:
        """Workstreams that the user has come to lead in the last days, after somebody else."""
        first = self.day - timedelta(days=FIRST_DAYS)
        mine = {each.own for each in self._of(user) if each.is_lead and each.since >= first}
        return {
            each.own
            for each in self.held
            if each.own in mine and each.is_lead and each.until and each.until < self.day
            and user.person_id not in each.people
        }  # fmt: skip

    def _of(self, user: User) -> list[Held]:
        """What the user holds. Who sees the programme as another role would holds nothing of their own meanwhile."""
        if user.person_id is None or (user.viewing_as and user.viewing_as.programme_id == self.programme):
            return []
        return [each for each in self.held if user.person_id in each.people and each.is_in_force(self.day)]


def teams_of(programme: Programme, day: date) -> ProgrammeTeams:
    """The teams of a programme. One query."""
    rows = Assignment.objects.writing().filter(workstream__programme=programme).order_by("pk")
    wanted = rows.values_list(
        Coalesce("workstream__merged_into", "workstream"), "workstream", "role", "since", "until",
        "person", "person__merged_into", Coalesce("person__merged_into__name", "person__name"),
    )  # fmt: skip
    held = (
        Held(stands, own, role, since, until, frozenset({person, merged or person}), name)
        for stands, own, role, since, until, person, merged, name in wanted
    )
    return ProgrammeTeams(programme.pk, day, tuple(held))

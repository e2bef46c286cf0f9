"""The front page of a programme as it is now: everything it says of the programme, from one gathering of facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programme.clock import now
from programme.models import Programme, ReportingPeriod, User
from reporting.dashboard import picture, with_opinions
from reporting.frozen_dashboard import DashboardContent
from reporting.homes import own_workstreams
from reporting.months import Months
from reporting.recent import what_changed
from workstreams.gathering import Gathered
from workstreams.lead_news import lead_news
from workstreams.ratings import ThreeRatings, three_of
from workstreams.teams import ProgrammeTeams, teams_of


@dataclass(frozen=True)
class Front:
    """What the dashboard says, and what its reader's own part is made from."""

    known: Gathered
    three: Mapping[int, ThreeRatings]
    teams: ProgrammeTeams
    months: Months
    told: DashboardContent

    @classmethod
    def of(cls, programme: Programme, period: ReportingPeriod, months: Months) -> "Front":
        """The front page reporting on `period`. A fixed number of queries."""
        known = Gathered(programme, now(), last_due=months.last_due, changed_since=months.end_of_the_one_before(period))
        three, teams = three_of(known), teams_of(programme, months.day)
        seen = with_opinions(picture(programme, period, months.day, known=known, teams=teams), known, three)
        return cls(known, three, teams, months, DashboardContent(seen, what_changed(known, seen)))

    def own(self, user: User) -> dict[str, Any]:
        """What stands first for a reader who writes for workstreams: what is owed, what came back, what was taken over.

        No query for somebody who writes for none.
        """
        led, taken = self.teams.written_by(user), self.teams.taken_over_by(user)
        rows = [row for row in self.known.rows if row.pk in led]
        return {
            "mine": own_workstreams(rows, self.months.to_write, self.months.day, self.told.picture),
            "news": lead_news(led, self.known.at, three=self.three),
            "taken_over": [row for row in self.known.rows if row.pk in taken],
        }

"""The quiet sentences of the dashboard: there where something waits or costs, and nowhere else."""

import pytest

from programme.roles import Role
from tests.factories import heard, money, people, work
from tests.integration.markup import faults, markup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


def test_the_dashboard_says_who_waits_and_what_it_costs_only_where_there_is_something(client):
    programme = work.programme("Own")
    crisis = work.workstream(programme, "Crisis care")
    work.sent_update(crisis, work.SEPTEMBER)
    client.force_login(people.member(programme, Role.SLT))
    heard.answered(programme)
    quiet = markup(client.get("/p/own/"))
    assert quiet.classed("app-quiet-lines") == []
    heard.voice(programme, "Ring back", when="1 June 2026")
    money.line(crisis)
    page = markup(client.get("/p/own/"))
    (lines,) = page.classed("app-quiet-lines")
    said = " ".join(lines.text.split())
    assert faults(page) == []
    assert "2 things heard. 1 of them has been waiting for an answer for more than 12 weeks." in said
    assert "Money in 2026 to 2027: the budget is £" in said

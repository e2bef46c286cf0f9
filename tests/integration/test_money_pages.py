"""Money of a workstream and of a programme: added, changed with a reason, taken out, rolled up."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from programme.refusals import Refused
from programme.roles import Role
from tests.factories import money, people, work
from tests.integration.markup import faults, markup
from workstreams.actions import funding
from workstreams.models import FundingLine
from workstreams.money import Amounts

pytestmark = pytest.mark.django_db

MONEY = "/p/own/workstreams/crisis-care/money/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def workstream(programme):
    return work.workstream(programme, "Crisis care")


@pytest.fixture
def lead(workstream, client):
    account = work.lead_of(workstream)
    client.force_login(account)
    return account


def said_so_far(line):
    return list(line.history.order_by("pgh_id").values_list("forecast", "reason"))


def last_context(line):
    return line.history.order_by("-pgh_id").first().pgh_context.metadata


def test_a_line_is_added_as_people_type_it(lead, client):
    answer = client.post(f"{MONEY}add/", money.TYPED)
    assert (answer.status_code, answer.headers["Location"]) == (302, MONEY)
    made = FundingLine.objects.get()
    assert (made.source, made.year, made.recurrent, made.amounts, made.changed_by) == (
        "ICB growth", 2026, True, Amounts(100_000, 112_000, None), lead,
    )  # fmt: skip
    happened = made.changed_at.isoformat()
    assert last_context(made) == {"user": lead.pk, "action": "Added a funding line", "at": happened}
    page = markup(client.get(MONEY))
    assert faults(page) == []
    assert "2026 to 2027: The budget is £100,000. £12,000 over budget." in page.words
    assert "“ICB growth, 2026 to 2027” has been added." in page.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"source": ""}, "Enter where the money comes from"),
        ({"year": "1999"}, "Select a valid choice"),
        ({"recurrent": ""}, "Select whether it comes every year"),
        ({"budget": "-5"}, "An amount cannot be less than £0"),
        ({"forecast": "12.50"}, "Enter whole pounds, without pence"),
        ({"actual": "lots"}, "Enter an amount in pounds, such as 12,000"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(lead, client, typed, said):
    answer = client.post(f"{MONEY}add/", money.TYPED | typed)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text
    assert page.by_id("id_budget")["value"] == (money.TYPED | typed)["budget"]
    assert FundingLine.objects.count() == 0


def test_a_source_has_one_line_of_a_kind_for_a_year(lead, client, workstream):
    money.line(workstream)
    answer = client.post(f"{MONEY}add/", money.TYPED | {"source": "icb GROWTH"})
    assert (answer.status_code, "has a line of that kind for that year already" in answer.content.decode()) == (
        422, True,
    )  # fmt: skip
    assert client.post(f"{MONEY}add/", money.TYPED | {"recurrent": "no"}).status_code == 302
    assert client.post(f"{MONEY}add/", money.TYPED | {"year": 2027}).status_code == 302


def test_a_line_is_changed_with_a_reason_and_its_page_says_what_it_was(lead, client, workstream):
    made = money.line(workstream)
    typed = money.TYPED | {"version": 1, "forecast": "90,000", "reason": "A post stays empty"}
    assert client.post(f"{MONEY}{made.pk}/change/", typed | {"reason": ""}).status_code == 422
    assert client.post(f"{MONEY}{made.pk}/change/", typed).status_code == 302
    assert said_so_far(made) == [(112_000, ""), (90_000, "A post stays empty")]
    made.refresh_from_db()
    assert last_context(made) == {
        "user": lead.pk, "action": "Changed a funding line", "reason": "A post stays empty",
        "at": made.changed_at.isoformat(),
    }  # fmt: skip
    page = markup(client.get(f"{MONEY}{made.pk}/"))
    assert faults(page) == []
    assert "£10,000 under budget." in page.words
    assert page.words.index("A post stays empty") < page.words.index("£112,000")


def test_a_stale_change_shows_what_stands_above_what_was_typed(lead, client, workstream):
    made = money.line(workstream)
    theirs = funding.Funding("ICB growth", 2026, True, Amounts(100_000, 105_000, None))
    funding.change(line=made, funding=theirs, reason="Theirs", version=1, by=None)
    typed = money.TYPED | {"version": 1, "forecast": "90,000", "reason": "Mine"}
    answer = client.post(f"{MONEY}{made.pk}/change/", typed)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    assert "£105,000" in page.words
    assert page.by_id("id_forecast")["value"] == "90,000"
    version = next(e["value"] for e in page.all("input") if e["name"] == "version")
    assert client.post(f"{MONEY}{made.pk}/change/", typed | {"version": version}).status_code == 302


def test_a_line_taken_out_leaves_totals_and_can_be_entered_again(lead, client, workstream):
    made = money.line(workstream)
    assert client.post(f"{MONEY}{made.pk}/remove/", {"version": 1, "reason": ""}).status_code == 422
    assert client.post(f"{MONEY}{made.pk}/remove/", {"version": 1, "reason": "Entered twice"}).status_code == 302
    assert "No money has been recorded yet." in markup(client.get(MONEY)).words
    page = markup(client.get(f"{MONEY}{made.pk}/"))
    assert (faults(page), "Taken out on 4 November 2026: Entered twice" in page.words) == ([], True)
    assert client.post(f"{MONEY}add/", money.TYPED).status_code == 302
    again = {"version": 2, "reason": "Again"}
    assert "has been taken out" in markup(client.post(f"{MONEY}{made.pk}/remove/", again, follow=True)).words


def test_amounts_below_nought_are_refused_by_the_action_and_the_database(workstream):
    with pytest.raises(Refused, match="less than £0"):
        money.line(workstream, budget=-1)
    made = money.line(workstream)
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingLine.objects.filter(pk=made.pk).update(actual=-1)


def test_the_programmes_money_is_rolled_up_by_year_and_source(client, programme, workstream):
    other = work.workstream(programme, "Schools")
    money.line(workstream, actual=40_000)
    money.line(other, budget=50_000, forecast=45_000)
    money.line(other, "Council", recurrent=False, budget=20_000, forecast=None)
    money.line(other, year=2025, budget=30_000, forecast=30_000, actual=31_000)
    client.force_login(people.member(programme, Role.READER))
    page = markup(client.get("/p/own/money/"))
    assert faults(page) == []
    assert "2026 to 2027: The budget is £170,000. £7,000 over budget, leaving out 1 line" in page.words
    assert "The budget was £30,000. £1,000 over budget." in page.words
    rows = [" ".join(e.text.split()) for e in page.all("tr")]
    assert "Source Council Budget £20,000 Forecast Not recorded Spent Not recorded Difference No forecast yet" in rows
    assert "Source Recurrent Budget £150,000 Forecast £157,000 Spent £40,000 Difference £7,000 over budget" in rows
    assert "Crisis care, ICB growth, 2026 to 2027: ICB growth, £12,000 over budget" in page.words


def test_who_only_reads_finds_nothing_to_change(client, programme, workstream):
    made = money.line(workstream)
    client.force_login(people.member(programme, Role.READER))
    for address in (MONEY, f"{MONEY}{made.pk}/", "/p/own/money/"):
        links = [e["href"] for e in markup(client.get(address)).all("a")]
        assert [href for href in links if href.endswith(("/add/", "/change/", "/remove/"))] == []


@pytest.mark.parametrize("address", [MONEY, "/p/own/money/"])
def test_more_lines_take_no_more_queries(client, programme, workstream, address):
    client.force_login(people.member(programme, Role.READER))
    counts = []
    for sources in (["A"], ["B", "C"]):
        for source in sources:
            money.line(workstream, source)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]

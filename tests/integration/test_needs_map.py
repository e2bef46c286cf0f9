"""The THRIVE map: who sees which service, what the pages say, and what its actions keep and refuse."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import mapped, people, work
from tests.integration.markup import faults, markup
from thrive.actions import copying, directory, mapping
from thrive.actions.directory import Entry
from thrive.actions.mapping import Help
from thrive.coverage import State
from thrive.groupings import groupings
from thrive.models import ConfirmedNone, Mapping, Service
from thrive.the_map import facts, facts_at, lands_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
MAP = "/p/own/thrive/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def town(programme):
    return mapped.place(programme, "Harbour", parent=mapped.place(None, "Coast", kind="system"))


@pytest.fixture
def mapper(programme, client):
    account = people.member(programme, Role.MAPPER, "Mo Khan")
    client.force_login(account)
    return account


@pytest.fixture
def reader(programme, client):
    account = people.member(programme, Role.READER)
    client.force_login(account)
    return account


def state(programme, place, need, ages) -> State:
    lands = lands_of(programme)
    return facts(lands.area, lands.around([place])).cell(place.pk, need, ages).state


def history(row) -> list[tuple[str, str, str]]:
    """Label, action and reason of each event of a row."""
    events = type(row).pgh_event_model.objects.filter(pgh_obj=row.pk).select_related("pgh_context").order_by("pgh_id")
    return [(e.pgh_label, e.pgh_context.metadata["action"], e.pgh_context.metadata.get("reason", "")) for e in events]


# -- scope: services belong to places ----------------------------------------------------------------------------------


def test_programmes_of_the_same_place_share_its_services_and_others_learn_nothing(programme, town, client):
    elsewhere, neighbour = work.programme("Elsewhere"), work.programme("Neighbour")
    hill = mapped.place(elsewhere, "Hill")
    neighbour.places.add(town)
    team, other = mapped.service("Night team", town), mapped.service("Hill team", hill)
    client.force_login(people.member(neighbour, Role.READER))
    assert client.get(f"/p/neighbour/thrive/services/{team.pk}/").status_code == 200
    assert client.get(f"/p/neighbour/thrive/services/{other.pk}/").status_code == 404
    assert client.get(f"/p/neighbour/thrive/cells/{hill.pk}/help/132-192/").status_code == 404


def test_a_service_of_the_whole_system_counts_in_each_of_its_places(programme, town, reader, client):
    wide = mapped.service("Online pages", town.parent)
    mapped.row(wide, town.parent, "advice", 11, 25)
    assert state(programme, town, "advice", mapped.ages(11, 16)) is State.ONE
    assert "Online pages" in markup(client.get(MAP)).words


def test_a_neighbourhood_has_a_map_of_its_own(programme, town, reader, client):
    quay = mapped.place(None, "Quay", parent=town, kind="neighbourhood")
    team = mapped.service("Practice worker", quay)
    mapped.row(team, quay, "advice", 11, 25)
    assert state(programme, town, "advice", mapped.ages(11, 16)) is State.PARTIAL
    assert "Practice worker (only in Quay)" in markup(client.get(MAP)).words
    assert "1 of 25" not in markup(client.get(MAP)).words
    assert "3 of 25 cells of Quay have a core service" in markup(client.get(f"{MAP}?place={quay.pk}")).words


# -- the pages ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(programme, town):
    night = mapped.service("Night team", town, ages=mapped.ages(11, 18), status="live", reaches=["young_carers"])
    mapped.row(night, town, "help", 11, 16)
    mapped.row(mapped.service("Day team", town), town, "help", 11, 18)
    mapped.row(mapped.service("Club", town), town, "thriving", 5, 11, core=False)
    mapped.none(town, "risk_support", 16, 25)
    return night


def test_the_map_says_in_one_sentence_and_in_every_cell_what_is_covered(filled, reader, client):
    page = markup(client.get(MAP))
    assert faults(page) == []
    assert page.classed("nhsuk-lede-text")[0].text.strip() == (
        "2 of 25 cells of Harbour have a core service at every age, 2 have a confirmed gap, 1 partial only and "
        "20 not yet mapped."
    )
    cells = [" ".join(e.text.split()) for e in page.all("td")]
    assert len(cells) == 25
    assert "Getting Help, 11 to 16, Harbour: Two or more core Day teamNight team" in cells
    assert "Getting Help, 16 to 18, Harbour: One core Day team" in cells
    assert "Getting Risk Support, 18 to 25, Harbour: Confirmed none" in cells
    assert "Nobody offers Getting Risk Support for ages 16 to 25 in Harbour" in page.words
    assert "Map a service" not in page.words  # a reader changes nothing


def test_asked_for_a_group_the_map_counts_only_what_reaches_it(filled, reader, client):
    page = markup(client.get(f"{MAP}?group=young_carers"))
    cells = [" ".join(e.text.split()) for e in page.all("td")]
    assert "Getting Help, 11 to 16, Harbour: One core Night team" in cells
    assert "Getting Help, 16 to 18, Harbour: Not yet mapped" in cells


def test_the_same_need_across_places_says_where_places_differ(filled, programme, reader, client):
    hill = mapped.place(programme, "Hill")
    mapped.none(hill, "help", 11, 16)
    page = markup(client.get(f"{MAP}levels/?ages=132-192"))
    assert faults(page) == []
    assert page.classed("nhsuk-lede-text")[0].text == (
        "0 of 5 needs have a core service at all of these ages in both places; "
        "1 is met in some places and not in others."
    )
    assert "Getting Help: Harbour has a core service; Hill does not." in page.words
    assert len(page.all("td")) == 10
    assert [e.text for e in page.all("h3")] == [each.name for each in groupings()]  # by need, for a phone
    table = markup(client.get(f"{MAP}levels/?ages=132-192&as=table"))
    assert (faults(table), table.all("h3")) == ([], [])
    mapped.row(mapped.service("Hill team", hill), hill, "advice", 11, 16)
    mapped.row(mapped.service("Line", filled.places.get()), filled.places.get(), "advice", 11, 16)
    even = markup(client.get(f"{MAP}levels/?ages=132-192")).classed("nhsuk-lede-text")[0].text
    assert even.startswith("1 of 5 needs has a core service at all of these ages in both places; 1 is met")


def test_where_help_ends_is_said_exactly_by_age(programme, town, reader, client):
    team = mapped.service("Night team", town)
    mapped.row(team, town, "help", 5, 17.5)
    mapped.none(town, "help", 17.5, 25)
    page = markup(client.get(f"{MAP}words/"))
    assert faults(page) == []
    assert (
        "Nobody offers Getting Help for ages 17 years 6 months to 25 years in Harbour: a person has looked and found "
        "nothing."
    ) in page.words
    assert "Nobody has looked yet at Getting Help for ages birth to 5 in Harbour." in page.words


def test_what_changed_is_read_from_history_between_any_two_days(programme, town, reader, client):
    mapped.none(town, "help", 11, 18, at=datetime(2026, 9, 30, 9, tzinfo=UTC))
    team = mapped.service("Night team", town, at=datetime(2026, 10, 1, 9, tzinfo=UTC))
    row = mapped.row(team, town, "help", 11, 16, at=datetime(2026, 10, 10, 9, tzinfo=UTC))
    mapping.remove(mappings=[row], reason="Funding ended", by=None, at=datetime(2026, 10, 20, 9, tzinfo=UTC))

    def said(since: int, until: int) -> str:
        days = f"since_day={since}&since_month=10&since_year=2026&until_day={until}&until_month=10&until_year=2026"
        page = markup(client.get(f"{MAP}changes/?{days}"))
        assert faults(page) == []
        return page.words

    came = said(5, 12)
    assert "Getting Help, 11 to 16, Harbour: from confirmed none to one core. New: Night team." in came
    assert "Getting Help, 11 to 16, Harbour: from one core to confirmed none. No longer: Night team." in said(12, 25)
    assert "Nothing on the map changed between these days." in said(21, 25)


def test_the_past_map_knows_what_a_service_was_then(programme, town):
    team = mapped.service("Night team", town, at=datetime(2026, 10, 1, 9, tzinfo=UTC))
    mapped.row(team, town, "help", 11, 16, at=datetime(2026, 10, 1, 9, tzinfo=UTC))
    closed = Entry(name="Night team", provider=team.provider, places=[town], offer="Gone", status="closed")
    directory.change(service=team, entry=closed, version=1, by=None, at=datetime(2026, 10, 20, 9, tzinfo=UTC))
    lands, ages = lands_of(programme), mapped.ages(11, 16)
    found = {
        day: facts_at(lands.area, lands.around(lands.own), datetime(2026, 10, day, 12, tzinfo=UTC)) for day in (10, 21)
    }
    states = {day: each.cell(town.pk, "help", ages).state for day, each in found.items()}
    assert states == {10: State.ONE, 21: State.NOT_MAPPED}
    assert state(programme, town, "help", ages) is State.NOT_MAPPED


@pytest.mark.parametrize("address", ["", "levels/", "words/", "changes/", "services/", "rows/"])
def test_a_part_has_the_words_of_the_page_without_the_page(filled, mapper, client, address):
    part = client.get(f"{MAP}{address}", headers=HTMX)
    assert "<html" not in part.content.decode()
    assert faults(markup(part), part=True) == []


@pytest.mark.parametrize("address", ["", "levels/", "words/"])
def test_a_programme_without_places_is_told_so(programme, reader, client, address):
    page = markup(client.get(f"{MAP}{address}"))
    assert faults(page) == []
    assert "This programme has no places yet" in page.words


def pages_of(service: Service, town) -> list[str]:
    return [
        "", "levels/", "words/", "changes/", "services/", f"services/{service.pk}/", "rows/",
        f"cells/{town.pk}/help/132-192/", f"copy/?source={town.pk}&target={town.parent.pk}",
    ]  # fmt: skip


def test_no_page_asks_the_database_more_often_when_there_is_more(filled, programme, town, mapper, client):
    programme.places.add(town.parent)

    def asked() -> list[int]:
        counts = []
        for address in pages_of(filled, town):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"{MAP}{address}").status_code == 200
            counts.append(len(queries))
        return counts

    few = asked()
    for number in range(3):
        team = mapped.service(f"Team {number}", town, reaches=["send"], by=mapper)
        mapped.row(team, town, "help", 11, 18, by=mapper)
        mapped.row(filled, town, "advice", 11 + number, 12 + number, by=mapper)
        mapped.none(town, "more_help", number, number + 1, by=mapper)
        directory.assure(services=[team], on=date(2026, 11, 1), by=mapper)
    assert asked() == few
    assert max(few) <= 3 + 10


# -- the directory -----------------------------------------------------------------------------------------------------


def names_on(client, query: str) -> list[str]:
    page = markup(client.get(f"{MAP}services/?{query}", headers=HTMX))
    return [e.text for e in page.all("a") if e["href"].startswith(f"{MAP}services/") and "th" in e.parents]


def test_services_are_found_by_words_place_age_need_group_and_state(programme, town, reader, client):
    hill = mapped.place(programme, "Hill")
    night = mapped.service("Night team", town, ages=mapped.ages(11, 18), tags=["AMBIT"], reaches=["send"])
    mapped.row(night, town, "help", 11, 18)
    mapped.service("Hill club", hill, offer="Games after school.", status="closed")
    assert names_on(client, "") == ["Hill club", "Night team"]
    assert names_on(client, "sort=-name") == ["Night team", "Hill club"]
    assert names_on(client, "q=games") == ["Hill club"]
    assert names_on(client, "q=night+harbour") == ["Night team"]
    assert names_on(client, f"place={town.pk}") == ["Night team"]
    assert names_on(client, f"place={hill.pk}&need=help") == []
    assert names_on(client, "need=help&age=17") == ["Night team"]
    assert names_on(client, "age=18") == ["Hill club"]
    assert names_on(client, "group=send") == ["Night team"]
    assert names_on(client, "status=closed") == ["Hill club"]
    assert names_on(client, "status=stale") == ["Night team"]
    assert names_on(client, "age=nonsense&place=x&status=y&sort=z") == ["Hill club", "Night team"]


def test_a_service_is_added_changed_and_checked(programme, town, mapper, client):
    typed = mapped.typed(mapped.service("Day team", town), town)
    answer = client.post(f"{MAP}services/add/", typed | {"name": "Night team", "age_from": "11", "age_to": "17½"})
    made = Service.objects.get(name="Night team")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{MAP}services/{made.pk}/")
    assert (made.age_from, made.age_to, made.tags, made.takes_self_referral) == (132, 210, ["AMBIT", "tier 3"], True)
    page = markup(client.get(f"{MAP}services/{made.pk}/"))
    assert faults(page) == []
    assert "“tier 3” says nothing for sure. Ask whether it meets Getting Help, Getting More Help and" in page.words
    assert "Never checked" in page.words

    on = {"on_day": "3", "on_month": "11", "on_year": "2026"}
    assert client.post(f"{MAP}services/{made.pk}/check/", on).status_code == 302
    assert "Checked on 3 November 2026 by Mo Khan" in markup(client.get(f"{MAP}services/{made.pk}/")).words

    stale = client.post(f"{MAP}services/{made.pk}/change/", typed | {"name": "Evening team", "version": 1})
    page = markup(stale)
    assert (stale.status_code, faults(page)) == (409, [])
    assert "Somebody else saved while you were typing" in page.words
    assert page.by_id("id_name")["value"] == "Evening team"
    assert (
        client.post(f"{MAP}services/{made.pk}/change/", typed | {"name": "Evening team", "version": 2}).status_code
        == 302
    )
    assert [action for _, action, _ in history(made)] == [
        "Added the service", "Confirmed the service as checked on 3 November 2026", "Changed the service",
    ]  # fmt: skip
    told = markup(client.get(f"{MAP}services/{made.pk}/history/")).words
    assert "Mo Khan changed the service “Evening team”: name from Night team to Evening team" in told


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": ""}, "Enter the name of the service"),
        ({"age_to": "30"}, "Enter an age from 0 to 25, such as 16"),
        ({"age_from": "18", "age_to": "16"}, "Enter an age above the one it begins at"),
        ({"places": []}, "Select at least one place"),
        ({"status": "planned"}, "Select the milestone that will bring it about"),
        ({"website": "not a link"}, "The link must not contain spaces, quotation marks or brackets"),
        ({"name": "Day team"}, "Harbour Trust has a service called Day team already. Change that one."),
    ],
)
def test_a_service_that_cannot_be_is_refused_with_what_was_typed(town, mapper, client, typed, error):
    given = mapped.typed(mapped.service("Day team", town), town) | {"name": "Night team"} | typed
    answer = client.post(f"{MAP}services/add/", given)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert error in page.classed("nhsuk-error-summary")[0].text
    assert page.by_id("id_name")["value"] == given["name"]


def test_a_planned_service_names_its_milestone_and_its_cell_says_so(programme, town, mapper, client):
    milestone = work.milestone(work.workstream(programme), "Hub opens", when="March 2027")
    hub = mapped.service("Hub", town, status="planned", milestone=milestone)
    mapped.row(hub, town, "risk_support", 11, 18)
    assert "Hub (planned: Hub opens)" in markup(client.get(MAP)).words
    page = markup(client.get(f"{MAP}cells/{town.pk}/risk_support/132-192/"))
    assert "Planned" in page.words
    assert "To be filled by Hub opens" in page.words


def test_a_service_keeps_places_its_writer_cannot_see_and_those_that_are_mapped(programme, town):
    hill = mapped.place(None, "Hill")
    team = mapped.service("Night team", town, hill)
    entry = Entry(name="Night team", provider=team.provider, places=[town.parent], offer="Helps")
    mapped.row(team, town, "help", 11, 16)
    with pytest.raises(Refused, match="It is still mapped in Harbour"):
        directory.change(service=team, entry=entry, version=1, by=None, seen={town.pk, town.parent.pk})
    mapping.remove(mappings=list(Mapping.objects.all()), reason="Moved", by=None)
    directory.change(service=team, entry=entry, version=1, by=None, seen={town.pk, town.parent.pk})
    assert {place.name for place in team.places.all()} == {"Coast", "Hill"}


# -- the mapping -------------------------------------------------------------------------------------------------------


def test_a_row_is_added_changed_and_taken_off_with_its_history(programme, town, mapper):
    team = mapped.service("Night team", town)
    row = mapped.row(team, town, "help", 11, 16, by=mapper)
    weaker = Help("help", mapped.ages(11, 15), "partial", "audit", "Sample", date(2026, 11, 1))
    mapping.change(mapping=row, to=weaker, version=1, by=mapper)
    with pytest.raises(Stale):
        mapping.change(mapping=row, to=weaker, version=1, by=mapper)
    changed = Mapping.objects.get(pk=row.pk)
    assert (changed.contribution, changed.ages.words, changed.reviewed_by) == ("partial", "11 to 15", mapper)
    mapping.remove(mappings=[row], reason="It has closed", by=mapper)
    assert history(row) == [
        ("insert", "Mapped", ""), ("update", "Changed a row of the map", ""),
        ("delete", "Took off the map", "It has closed"),
    ]  # fmt: skip


def test_the_same_service_need_and_ages_are_mapped_once(town):
    team = mapped.service("Night team", town, ages=mapped.ages(11, 18))
    mapped.row(team, town, "help", 11, 16)
    mapped.row(team, town, "help", 16, 18)
    with pytest.raises(Refused, match="already mapped to Getting Help in Harbour for 11 to 16"):
        mapped.row(team, town, "help", 15, 16)
    with pytest.raises(Refused, match="Night team is for 11 to 18, not for 5 to 11"):
        mapped.row(team, town, "advice", 5, 11)
    with pytest.raises(Refused, match="Night team does not serve Coast"):
        mapped.row(team, town.parent, "advice", 11, 16)
    assert Mapping.objects.count() == 2


def test_nothing_offered_is_refused_while_something_is(town, mapper):
    team = mapped.service("Night team", town.parent)
    row = mapped.row(team, town.parent, "help", 11, 16)
    with pytest.raises(Refused, match="Night team is mapped to Getting Help there for 15 to 16"):
        mapped.none(town, "help", 15, 18)
    mapped.none(town, "help", 15, 18, group="refugees")  # it reaches nobody of this group, so that can be said
    mapping.remove(mappings=[row], reason="Ended", by=mapper)
    made = mapped.none(town, "help", 15, 18, by=mapper)
    with pytest.raises(Refused, match="recorded already"):
        mapped.none(town, "help", 15, 18)
    assert history(made) == [("insert", "Confirmed that nothing is offered", "All teams were asked")]
    with pytest.raises(Stale):
        mapping.withdraw_none(none=made, reason="A team was found", version=7, by=mapper)
    mapping.withdraw_none(none=made, reason="A team was found", version=1, by=mapper)
    assert ConfirmedNone.objects.get().group == "refugees"


def test_a_cell_is_mapped_in_place_and_the_whole_matrix_comes_with_it(programme, town, mapper, client):
    team, cell = mapped.service("Night team", town), f"{MAP}cells/{town.pk}/help/132-192/"
    asked = client.get(f"{cell}map/", headers=HTMX)
    assert faults(markup(asked), part=True) == []
    wrong = client.post(f"{cell}map/", mapped.HELP, headers=HTMX)
    assert wrong.status_code == 422
    assert "Select a service" in markup(wrong).classed("nhsuk-error-summary")[0].text
    done = client.post(f"{cell}map/", mapped.HELP | {"service": team.pk, "age_to": "18"}, headers=HTMX)
    page = markup(done)
    assert (done.status_code, faults(page, part=True)) == (200, [])
    assert page.by_id("matrix")["hx-swap-oob"] == "true"
    assert "2 of 25 cells of Harbour" in page.by_id("matrix").text
    assert state(programme, town, "help", mapped.ages(11, 16)) is State.ONE


def test_a_gap_is_confirmed_without_scripts_and_taken_back(programme, town, mapper, client):
    cell = f"{MAP}cells/{town.pk}/risk_support/192-216/"
    on = {"on_day": "3", "on_month": "11", "on_year": "2026"}
    assert client.post(f"{cell}none/", on | {"evidence": "Ask Emily Jones, born 3 May 2010"}).status_code == 422
    answer = client.post(f"{cell}none/", on | {"evidence": "All teams were asked"})
    assert (answer.status_code, answer.headers["Location"]) == (302, cell)
    page = markup(client.get(cell))
    assert "Mo Khan looked on 3 November 2026 and found nothing for 16 to 18: “All teams were asked”" in page.words
    none = ConfirmedNone.objects.get()
    answer = client.post(f"{MAP}none/{none.pk}/take-back/", {"version": 1, "reason": "A team was found"})
    assert answer.status_code == 302
    assert state(programme, town, "risk_support", mapped.ages(16, 18)) is State.NOT_MAPPED


def test_many_rows_change_together_or_go_together(town, mapper, client):
    team = mapped.service("Night team", town)
    rows = [mapped.row(team, town, need, 11, 16) for need in ("advice", "help", "more_help")]
    two = {"row": [row.pk for row in rows[:2]]}
    assert client.get(f"{MAP}rows/change/").status_code == 302
    page = markup(client.get(f"{MAP}rows/change/", two))
    assert (faults(page), "Change 2 rows" in page.words) == ([], True)
    refused = client.post(f"{MAP}rows/change/", two | {"deed": "partial"})
    assert (refused.status_code, "Enter why" in markup(refused).words) == (422, True)
    assert (
        client.post(f"{MAP}rows/change/", two | {"deed": "partial", "reason": "Two posts are empty"}).status_code == 302
    )
    weights = dict(Mapping.objects.values_list("grouping", "contribution"))
    assert weights == {"advice": "partial", "help": "partial", "more_help": "core"}
    looked = two | {"deed": "review", "on_day": "3", "on_month": "11", "on_year": "2026"}
    assert client.post(f"{MAP}rows/change/", looked).status_code == 302
    assert Mapping.objects.filter(reviewed_on=date(2026, 11, 3), reviewed_by=mapper).count() == 2
    assert client.post(f"{MAP}rows/change/", two | {"deed": "remove", "reason": "Closed"}).status_code == 302
    assert [row.grouping for row in Mapping.objects.all()] == ["more_help"]


def test_a_place_is_copied_row_by_row_after_a_look(programme, town, mapper, client):
    hill = mapped.place(programme, "Hill")
    both, here = mapped.service("Both", town, hill), mapped.service("Only here", town)
    for team in (both, here):
        mapped.row(team, town, "help", 11, 16)
    mapped.row(both, town, "advice", 11, 16)
    mapped.row(both, hill, "advice", 15, 18)
    page = markup(client.get(f"{MAP}copy/?source={town.pk}&target={hill.pk}"))
    assert faults(page) == []
    assert "Mapped there already, for 15 to 18" in page.words
    boxes = {e["value"]: "checked" in e.attributes for e in page.all("input") if e["name"] == "row"}
    assert sorted(boxes.values()) == [False, True]  # what does not serve the other place is ticked on purpose only
    typed = {"source": town.pk, "target": hill.pk}
    assert client.post(f"{MAP}copy/", typed).status_code == 422
    assert client.post(f"{MAP}copy/", typed | {"row": list(boxes)}).status_code == 302
    made = Mapping.objects.filter(place=hill, grouping="help")
    assert {(row.service.name, row.reviewed_on, row.evidence) for row in made} == {
        ("Both", None, "Copied from Harbour. April 2026"), ("Only here", None, "Copied from Harbour. April 2026"),
    }  # fmt: skip
    assert [c.in_the_way != "" for c in copying.look(source=town, target=hill)] == [True, True, True]
    assert here.places.filter(pk=hill.pk).exists()


def test_the_programmes_history_tells_what_was_done_to_the_map_and_to_no_other(programme, town, mapper, client):
    elsewhere = mapped.place(work.programme("Elsewhere"), "Hill")
    mapped.row(mapped.service("Hill team", elsewhere), elsewhere, "help")
    team = mapped.service("Night team", town, by=mapper)
    mapped.row(team, town, "help", 11, 16, by=mapper)
    mapped.none(town, "risk_support", 16, 18, by=mapper)
    page = markup(client.get("/p/own/history/?kind=map"))
    assert faults(page) == []
    told = [" ".join(e.text.split()) for e in page.classed("app-history__entry")]
    assert any("Mo Khan confirmed that nothing is offered: “Harbour”" in each for each in told)
    assert any("Mo Khan mapped: “Night team”, in: Harbour; need: Getting Help" in each for each in told)
    assert "Hill" not in page.words

"""The map as a spreadsheet, in and out and undone, and the directory as open data."""

import json
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme import tables
from programme.refusals import Refused
from programme.roles import Role
from tests.factories import mapped, people, work
from tests.integration.markup import faults, markup
from thrive.actions import importing, mapping
from thrive.models import ConfirmedNone, MapImport, Mapping, MapSheet, Service

pytestmark = pytest.mark.django_db

MAP = "/p/own/thrive/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def town(programme):
    return mapped.place(programme, "Harbour")


@pytest.fixture
def mapper(programme, client):
    account = people.member(programme, Role.MAPPER, "Mo Khan")
    client.force_login(account)
    return account


@pytest.fixture
def hub(programme):
    return work.workstream(programme, "Hub team")


@pytest.fixture
def team(town):
    made = mapped.service(
        "Night team", town, ages=mapped.ages(11, 18), tags=["AMBIT"], reaches=["send"], ways_in=["spa", "self"]
    )
    mapped.row(made, town, "help", 11, 16)
    return made


def downloaded(client) -> dict[str, list[list[object]]]:
    answer = client.get(f"{MAP}map.xlsx")
    assert answer.headers["Content-Type"] == tables.XLSX
    book = openpyxl.load_workbook(BytesIO(answer.content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def brought(client, sheets: dict[str, list[list[object]]]):
    """The answer to a file with these sheets: where it is looked at."""
    made = [
        tables.Sheet(name, [str(h) for h in rows[0]], [[c if c is not None else "" for c in row] for row in rows[1:]])  # type: ignore[misc]
        for name, rows in sheets.items()
    ]
    file = SimpleUploadedFile("map.xlsx", tables.written(made))
    answer = client.post(f"{MAP}sheet/", {"file": file})
    assert answer.status_code == 302, markup(answer).words
    return answer.headers["Location"]


def put(rows: list[list[object]], number: int, heading: str, value: object) -> None:
    rows[number][rows[0].index(heading)] = value


def added(rows: list[list[object]], **cells: object) -> None:
    named = {heading.replace("_", " "): value for heading, value in cells.items()}
    rows.append([named.get(str(heading), "") for heading in rows[0]])


def test_what_goes_out_comes_back_and_changes_nothing(team, town, mapper, hub, client):
    none = mapped.none(town, "risk_support", 16, 25, group="young_carers")
    mapped.service("Hub", town, status="planned", milestone=work.milestone(hub, "Doors open", when="May 2027"))
    book = downloaded(client)
    assert list(book) == ["Services", "Mapping", "Confirmed nones", "How to use this file"]
    assert book["Services"][2][:2] == [team.pk, "Night team"]
    assert book["Mapping"][1][1:7] == ["Night team", "Harbour", "Getting Help", "11", "16", "Core"]
    assert book["Confirmed nones"][1] == [
        none.pk, "Harbour", "Getting Risk Support", "16", "25", "Young carers", "All teams were asked",
        "30 September 2026", 1,
    ]  # fmt: skip
    assert "Hub team: Doors open" in book["Services"][1]
    page = markup(client.get(brought(client, book)))
    assert faults(page) == []
    assert "This file changes nothing" in page.words


def test_every_mistake_is_told_by_sheet_row_and_column(team, mapper, client):
    book = downloaded(client)
    services, rows = book["Services"], book["Mapping"]
    put(services, 1, "Provider", "Nobody Trust")
    put(services, 1, "Wait in weeks", "soon")
    put(services, 1, "Ways in", "By owl")
    put(rows, 1, "To age", "sixteen")
    added(rows, Service="Unknown team", Place="Atlantis", Need="Tier 3", From_age="11", To_age="16", How_much="A bit")
    added(rows, ID=9_999, Service="Night team", Place="Harbour", Need="Getting Help", Version=1)
    page = markup(client.get(brought(client, book)))
    assert faults(page) == []
    lines = [" ".join(e.text.split()) for e in page.all("tr")][1:]
    for wanted in (
        "Where Sheet Services, row 2, column C (Provider)What is wrong No organisation is called “Nobody Trust”.",
        "Where Sheet Services, row 2, column M (Wait in weeks)What is wrong “soon” is not a number.",
        "Where Sheet Mapping, row 2, column F (To age)What is wrong “sixteen” is not an age such as 16 or 6 months.",
        "Where Sheet Mapping, row 3, column C (Place)What is wrong No place of this programme is called “Atlantis”.",
        "Where Sheet Mapping, row 4, column A (ID)What is wrong No row of these places has the ID 9999.",
    ):
        assert wanted in lines
    assert any("column D (Need)" in line and "“Tier 3” is not one of: Thriving" in line for line in lines)
    address = f"{MAP}sheet/{MapSheet.objects.get().pk}/"
    assert client.post(address).status_code == 422
    assert (Service.objects.count(), Mapping.objects.count(), MapImport.objects.count()) == (1, 1, 0)


def test_what_only_the_map_can_tell_is_told_by_row_too(team, mapper, client):
    book = downloaded(client)
    added(
        book["Mapping"], Service="Night team", Place="Harbour", Need="Getting Help", From_age="15", To_age="18",
        How_much="Core",
    )  # fmt: skip
    words = markup(client.get(brought(client, book))).words
    assert "Sheet Mapping, row 3" in words
    assert "Night team is already mapped to Getting Help in Harbour for 11 to 16. Change that row" in words


def test_a_file_is_brought_in_as_a_whole_and_undone_as_a_whole(team, town, mapper, client):
    book = downloaded(client)
    services, rows = book["Services"], book["Mapping"]
    put(services, 1, "Hours", "Every night")
    put(rows, 1, "How much", "Partial")
    added(
        services, Service="Day team", Provider="Harbour Trust", Places="Harbour", What_it_does="=SUM(1) meets in town",
        From_age="0", To_age="25", Status="Live",
    )  # fmt: skip
    added(rows, Service="Day team", Place="Harbour", Need="Thriving", From_age="6 months", To_age="5", How_much="Core")
    address = brought(client, book)
    page = markup(client.get(address))
    assert "4 lines of the map will change or be added" in page.words
    assert Service.objects.count() == 1
    assert client.post(address).status_code == 302
    batch = MapImport.objects.get()
    assert batch.counts == {
        "services added": 1, "services changed": 1, "rows added": 1, "rows changed": 1, "confirmed nones added": 0,
        "confirmed nones changed": 0,
    }  # fmt: skip
    new = Service.objects.get(name="Day team")
    assert (new.batch, new.offer, new.mappings.get().ages.words) == (
        batch,
        "=SUM(1) meets in town",
        "6 months to 5 years",
    )
    team.refresh_from_db()
    assert (team.hours, team.tags, team.reaches) == ("Every night", ["AMBIT"], ["send"])

    undo = f"{MAP}imports/{batch.pk}/undo/"
    page = markup(client.get(undo))
    assert faults(page) == []
    assert "1 service added, 1 service changed, 1 row added and 1 row changed" in page.words
    assert client.post(undo).status_code == 302
    assert [(s.name, s.hours) for s in Service.objects.all()] == [("Night team", "")]
    assert [(row.contribution, row.service.name) for row in Mapping.objects.all()] == [("core", "Night team")]
    assert client.post(undo).status_code == 422
    assert "Undone on" in markup(client.get(f"{MAP}sheet/")).words


def test_an_import_that_somebody_built_on_is_not_undone(team, town, mapper, client):
    book = downloaded(client)
    put(book["Mapping"], 1, "How much", "Partial")
    client.post(brought(client, book))
    row = Mapping.objects.get()
    mapping.weigh(mappings=[row], contribution="core", reason="It grew", by=mapper)
    with pytest.raises(Refused, match="somebody has changed Night team, Getting Help, 11 to 16 since"):
        importing.undo(batch=MapImport.objects.get(), by=mapper)
    assert Mapping.objects.get().contribution == "core"


def test_a_file_that_is_out_of_date_is_told_which_row_somebody_changed(team, mapper, client):
    book = downloaded(client)
    put(book["Mapping"], 1, "How much", "Partial")
    mapping.weigh(mappings=list(Mapping.objects.all()), contribution="partial", reason="Grew", by=mapper)
    put(book["Mapping"], 1, "Where it can be found", "Page 4")
    words = markup(client.get(brought(client, book))).words
    assert "Sheet Mapping, row 2" in words
    assert "Somebody has changed it since the file was written" in words


def wrong_cells(page) -> list[str]:
    rows = [" ".join(each.text.split()) for each in page.all("tr")][1:]
    return [row.removeprefix("Where ").replace("What is wrong", ":") for row in rows]


def test_confirmed_nones_come_in_change_and_are_undone_with_the_file(team, town, mapper, client):
    none = mapped.none(town, "risk_support", 16, 25)
    book = downloaded(client)
    nones = book["Confirmed nones"]
    put(nones, 1, "How it is known", "The council was asked, too")
    put(nones, 1, "Looked on", "1 November 2026")
    added(nones, Place="Harbour", Need="Getting Advice", From_age="0", To_age="5", How_it_is_known="Hubs were asked")
    added(
        nones, Place="Harbour", Need="Getting Help", From_age="11", To_age="16",
        For_whom="Refugees and people seeking asylum", How_it_is_known="No interpreters",
        Looked_on="2 November 2026",
    )  # fmt: skip
    address = brought(client, book)
    words = markup(client.get(address)).words
    assert "3 lines of the map will change or be added" in words
    assert "New confirmed none: Getting Advice, birth to 5, Harbour" in words
    client.post(address)
    batch = MapImport.objects.get()
    assert {what: count for what, count in batch.counts.items() if count} == {
        "confirmed nones added": 2, "confirmed nones changed": 1,
    }  # fmt: skip
    none.refresh_from_db()
    assert (none.evidence, str(none.on), none.by, none.version) == (
        "The council was asked, too", "2026-11-01", mapper, 2,
    )  # fmt: skip
    assert {(each.grouping, each.group) for each in batch.nones.all()} == {("advice", ""), ("help", "refugees")}
    undo = f"{MAP}imports/{batch.pk}/undo/"
    assert "2 confirmed nones added and 1 confirmed none changed" in markup(client.get(undo)).words
    assert client.post(undo).status_code == 302
    [left] = ConfirmedNone.objects.all()
    assert (left.pk, left.evidence, str(left.on), left.by) == (none.pk, "All teams were asked", "2026-09-30", None)


def test_what_is_wrong_with_a_confirmed_none_is_told_by_cell(team, town, mapper, client):
    mapped.none(town, "risk_support", 16, 25)
    book = downloaded(client)
    nones = book["Confirmed nones"]
    put(nones, 1, "Need", "Getting Advice")
    put(nones, 1, "To age", "18")
    put(nones, 1, "For whom", "Young carers")
    added(nones, Place="Atlantis", Need="Tier 3", From_age="5", To_age="3", For_whom="Wizards", Looked_on="1 May 2030")
    added(nones, ID=9_999, Place="Harbour", Version=1)
    page = markup(client.get(brought(client, book)))
    keeps = "Take it back on its page, or leave the ID empty for a new one."
    assert wrong_cells(page)[:4] == [
        f"Sheet Confirmed nones, row 2, column C (Need): A confirmed none keeps its need. {keeps}",
        f"Sheet Confirmed nones, row 2, column D (From age): A confirmed none keeps its ages. {keeps}",
        f"Sheet Confirmed nones, row 2, column F (For whom): A confirmed none keeps its group. {keeps}",
        "Sheet Confirmed nones, row 3, column B (Place): No place of this programme is called “Atlantis”.",
    ]
    told = " ".join(wrong_cells(page)[4:])
    for column in ("C (Need)", "E (To age)", "F (For whom)", "G (How it is known)", "H (Looked on)"):
        assert f"row 3, column {column}" in told
    assert "row 4, column A (ID): No confirmed none of these places has the ID 9999." in told
    assert not MapImport.objects.exists()


def test_nothing_is_confirmed_where_the_same_file_or_somebody_else_says_otherwise(team, town, mapper, client):
    none = mapped.none(town, "risk_support", 16, 25)
    book = downloaded(client)
    put(book["Confirmed nones"], 1, "How it is known", "Asked again")
    added(
        book["Confirmed nones"], Place="Harbour", Need="Getting Help", From_age="11", To_age="16",
        How_it_is_known="Asked",
    )  # fmt: skip
    mapping.look_again(none=none, evidence="Asked twice", on=none.on, version=1, by=mapper)
    told = wrong_cells(markup(client.get(brought(client, book))))
    assert told == [
        "Sheet Confirmed nones, row 2: Somebody has changed it since the file was written.",
        "Sheet Confirmed nones, row 3: Night team is mapped to Getting Help there for 11 to 16.",
    ]


def test_a_planned_service_names_its_milestone_in_the_file(team, mapper, hub, client):
    wanted = work.milestone(hub, "Doors open", when="May 2027")
    book = downloaded(client)
    put(book["Services"], 1, "Status", "Planned")
    assert wrong_cells(markup(client.get(brought(client, book)))) == [
        "Sheet Services, row 2, column U (Milestone): A planned service names its milestone."
    ]
    put(book["Services"], 1, "Milestone", "Doors shut")
    assert wrong_cells(markup(client.get(brought(client, book)))) == [
        "Sheet Services, row 2, column U (Milestone): No milestone of this programme is called “Doors shut”."
    ]
    put(book["Services"], 1, "Milestone", "doors open")
    client.post(brought(client, book))
    team.refresh_from_db()
    assert (team.status, team.milestone) == ("planned", wanted)
    client.post(f"{MAP}imports/{MapImport.objects.get().pk}/undo/")
    team.refresh_from_db()
    assert (team.status, team.milestone) == ("live", None)
    work.milestone(work.workstream(hub.programme, "Other team"), "Doors open", when="June 2027")
    put(book["Services"], 1, "Version", team.version)
    assert wrong_cells(markup(client.get(brought(client, book))))[0].endswith(
        "2 milestones are called “doors open”. Write the workstream, too: “Hub team: Doors open”."
    )


def test_a_sheet_that_waits_is_its_senders_own(team, programme, mapper, client):
    address = brought(client, downloaded(client))
    client.force_login(people.member(programme, Role.MAPPER))
    assert client.get(address).status_code == 404


def test_what_is_no_spreadsheet_is_refused_in_words(mapper, client):
    answer = client.post(f"{MAP}sheet/", {"file": SimpleUploadedFile("map.xlsx", b"no")})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert "map.xlsx is not an Excel file of the type .xlsx" in page.words


def test_services_are_open_data_that_other_directories_take_up(team, town, mapper, client):
    with CaptureQueriesContext(connection) as few:
        first = json.loads(client.get(f"{MAP}services.json").content)
    mapped.row(mapped.service("Day team", town, ways_in=["self"], hours="Weekdays"), town, "thriving")
    with CaptureQueriesContext(connection) as many:
        told = json.loads(client.get(f"{MAP}services.json").content)
    assert len(few) == len(many)
    assert (first["total_items"], told["total_items"]) == (1, 2)
    night = told["contents"][1]
    assert night["id"] == first["contents"][0]["id"]
    assert {key: night[key] for key in ("name", "status", "minimum_age", "maximum_age", "description")} == {
        "name": "Night team", "status": "active", "minimum_age": 11.0, "maximum_age": 18.0,
        "description": "Meets young people in town.",
    }  # fmt: skip
    assert night["organization"]["name"] == "Harbour Trust"
    terms = {(a["taxonomy_term"]["taxonomy"], a["taxonomy_term"]["name"]) for a in night["attributes"]}
    assert ("THRIVE Framework needs-based groupings", "Getting Help") in terms
    assert ("Local tags", "AMBIT") in terms
    assert "Mo Khan" not in json.dumps(told)

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
from thrive.models import MapImport, Mapping, MapSheet, Service

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


def test_what_goes_out_comes_back_and_changes_nothing(team, mapper, client):
    book = downloaded(client)
    assert list(book) == ["Services", "Mapping", "How to use this file"]
    assert book["Services"][1][:2] == [team.pk, "Night team"]
    assert book["Mapping"][1][1:7] == ["Night team", "Harbour", "Getting Help", "11", "16", "Core"]
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
    assert "4 services and rows will change or be added" in page.words
    assert Service.objects.count() == 1
    assert client.post(address).status_code == 302
    batch = MapImport.objects.get()
    assert batch.counts == {"services added": 1, "services changed": 1, "rows added": 1, "rows changed": 1}
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

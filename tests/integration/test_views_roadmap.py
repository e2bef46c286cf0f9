"""The roadmap, many milestones at once, spreadsheets out and in, and new baselines on their pages."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.actions import programmes
from programme.history import recorded
from programme.models import Place
from programme.roles import Role
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams.actions import baselines, dependencies, milestones
from workstreams.actions import workstreams as work_actions
from workstreams.models import BaselineRequest, Milestone, MilestoneDate, PlanSheet

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
ROADMAP = "/p/own/roadmap/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def crisis(programme):
    return work.workstream(programme, "Crisis care")


@pytest.fixture
def schools(programme):
    return work.workstream(programme, "Schools")


@pytest.fixture
def rota(crisis):
    return work.milestone(crisis, "Rota agreed", when="December 2026")


@pytest.fixture
def training(schools):
    return work.milestone(schools, "Staff trained", when="January 2027")


@pytest.fixture
def office(programme, client):
    account = people.member(programme, Role.OFFICE)
    client.force_login(account)
    return account


@pytest.fixture
def lead(crisis, client):
    account = work.lead_of(crisis)
    client.force_login(account)
    return account


def titles(page) -> list[str]:
    return [" ".join(e.text.split()).removeprefix("Milestone ") for e in page.all("th") if e["scope"] == "row"]


# -- the roadmap -------------------------------------------------------------------------------------------------------


def test_the_roadmap_shows_what_is_overdue_and_what_is_coming_across_workstreams(
    office, client, rota, training, crisis
):
    work.milestone(crisis, "Line opens", when="September 2026")
    work.milestone(crisis, "Far away", when="2029")
    work.milestone(crisis, "Never dated")
    done = work.milestone(crisis, "Done long ago", when="May 2026")
    milestones.complete(milestone=done, when=work.said("2 June 2026"), version=1, by=office)
    page = markup(client.get(ROADMAP))
    assert faults(page) == []
    assert titles(page) == ["Line opens", "Rota agreed", "Staff trained"]
    assert "3 milestones are overdue or due in the next 12 months." in page.words
    assert "Overdue by 35 days" in page.words
    everything = markup(client.get(ROADMAP, {"months": "all"}))
    assert titles(everything) == ["Line opens", "Rota agreed", "Staff trained", "Far away", "Never dated"]
    assert faults(everything) == []


@pytest.mark.usefixtures("rota", "training")
def test_the_roadmap_can_be_narrowed_to_a_workstream_a_place_and_what_is_critical(office, client, programme, crisis):
    with recorded(by=None, action="Added places"):
        place, other = Place.objects.create(name="Harbour"), Place.objects.create(name="Hillside")
    programmes.edit(
        programme=programme, version=1, mandate="Help", scope="", governance="", partners=[], places=[place, other],
        by=office,
    )  # fmt: skip
    here = milestones.add(
        workstream=crisis, title="Room found", when=work.said("March 2027"), places=[other], by=office
    )
    milestones.add(workstream=crisis, title="Vital", when=work.said("April 2027"), is_critical=True, by=office)
    vital = "Vital Critical"
    assert titles(markup(client.get(ROADMAP, {"workstream": "schools"}))) == ["Staff trained"]
    assert titles(markup(client.get(ROADMAP, {"critical": "1"}))) == [vital]
    assert titles(markup(client.get(ROADMAP, {"place": place.pk}))) == ["Rota agreed", "Staff trained", vital]
    assert here.title in titles(markup(client.get(ROADMAP, {"place": other.pk})))
    assert len(titles(markup(client.get(ROADMAP, {"place": "none", "months": "7", "workstream": "gone"})))) == 4


def test_a_filter_gives_the_list_alone_to_htmx_and_an_empty_roadmap_says_so(office, client, rota):
    part = markup(client.get(ROADMAP, {"critical": "1"}, headers=HTMX))
    assert (faults(part, part=True), part.all("html")) == ([], [])
    assert "No milestone matches these filters." in part.source


def test_a_milestone_after_its_workstreams_closure_is_marked(office, client, crisis, rota):
    work_actions.set_status(workstream=crisis, status="completed", since=work.TODAY, by=office)
    page = markup(client.get(ROADMAP))
    assert "After closure" in page.words
    plan = markup(client.get("/p/own/workstreams/crisis-care/plan/"))
    assert "This workstream closed on 4 November 2026." in plan.words
    assert "After closure" in plan.words
    added = client.post("/p/own/workstreams/crisis-care/plan/add/", {"title": "Follow-up", "when": "March 2027"})
    assert added.status_code == 302


# -- many at once ------------------------------------------------------------------------------------------------------


def typed(*rows: Milestone, reason: str = "", **changed: str) -> dict[str, str]:
    """The form as it stands, with changes."""
    said = {"reason": reason}
    for row in rows:
        when = row.dates.order_by("at", "pk").last()
        said |= {
            f"r{row.pk}-version": str(row.version),
            f"r{row.pk}-when": when.window.display() if when else "",
            f"r{row.pk}-why": "",
            f"r{row.pk}-owner": "",
        }
    return said | changed


EDIT = f"{ROADMAP}edit/"


def test_many_milestones_are_changed_after_a_page_that_says_what_will_change(office, client, rota, training):
    dependencies.add(milestone=training, needs=rota, by=office)
    page = markup(client.get(EDIT))
    assert (faults(page), titles(page)) == ([], ["Rota agreedCrisis care", "Staff trainedSchools"])
    data = typed(rota, training, reason="Funding came late", **{f"r{rota.pk}-when": "February 2027"})
    check = markup(client.post(EDIT, data))
    assert faults(check) == []
    assert "1 milestone will change. Nothing is saved yet." in check.words
    assert "Date: from December 2026 to February 2027, because “Funding came late”" in check.words
    assert "“Staff trained” (Schools, January 2027) begins before this is done" in check.words
    assert MilestoneDate.objects.count() == 2
    saved = client.post(EDIT, data | {"confirm": "1"})
    assert (saved.status_code, saved.headers["Location"]) == (302, ROADMAP)
    assert MilestoneDate.objects.latest("pk").reason == "Funding came late"
    assert "1 milestone has been changed." in markup(client.get(ROADMAP)).words


def test_each_row_says_what_is_wrong_with_it_and_nothing_is_saved_unless_it_is_chosen(office, client, rota, training):
    data = typed(
        rota, training, reason="", **{
            f"r{rota.pk}-when": "as soon as we can", f"r{training.pk}-when": "May 2027",
            f"r{training.pk}-why": "The trainer is ill",
        },
    )  # fmt: skip
    answer = client.post(EDIT, data | {"confirm": "1"})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert "Enter a date such as 24 December 2026" in page.classed("nhsuk-error-summary")[0].text
    assert page.by_id(f"id_r{rota.pk}-when")["value"] == "as soon as we can"
    assert "Go on with the 1 change that can be made" in page.words
    assert MilestoneDate.objects.count() == 2
    check = markup(client.post(EDIT, data | {"only_right": "1"}))
    assert "Left as they are" in check.words
    saved = client.post(EDIT, data | {"only_right": "1", "confirm": "1"})
    assert saved.status_code == 302
    assert [d.words for d in MilestoneDate.objects.order_by("pk")] == ["December 2026", "January 2027", "May 2027"]


@pytest.mark.parametrize(
    ("when", "said"), [("", "It cannot be taken away"), ("May 2027", "Say why the date of “Rota agreed” changes")]
)
def test_a_date_is_not_taken_away_and_gives_its_reason(office, client, rota, when, said):
    answer = client.post(EDIT, typed(rota, **{f"r{rota.pk}-when": when}))
    assert (answer.status_code, said in markup(answer).classed("nhsuk-error-summary")[0].text) == (422, True)


def test_a_row_that_somebody_else_changed_is_shown_and_nothing_is_saved(office, client, rota, training):
    data = typed(rota, training, reason="Late", **{
        f"r{rota.pk}-when": "May 2027", f"r{training.pk}-when": "June 2027",
    })  # fmt: skip
    milestones.move(milestone=rota, when=work.said("April 2027"), reason="Theirs", version=1, by=office)
    answer = client.post(EDIT, data | {"confirm": "1"})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    assert "Rota agreed: Somebody else has changed this milestone since. Stored now: April 2027" in page.source
    assert page.by_id(f"id_r{rota.pk}-when")["value"] == "May 2027"
    assert MilestoneDate.objects.count() == 3
    version = next(e["value"] for e in page.all("input") if e["name"] == f"r{rota.pk}-version")
    assert client.post(EDIT, data | {"confirm": "1", f"r{rota.pk}-version": version}).status_code == 302
    assert MilestoneDate.objects.count() == 5


def test_a_lead_changes_only_the_plans_they_keep(lead, client, rota, training):
    assert titles(markup(client.get(EDIT))) == ["Rota agreedCrisis care"]
    data = typed(rota, training, reason="Mine", **{f"r{training.pk}-when": "June 2027"})
    assert client.post(EDIT, data | {"confirm": "1"}).status_code == 302
    assert MilestoneDate.objects.count() == 2


def test_an_owner_is_given_to_many(office, client, rota, training, crisis):
    person = str(work.lead_of(crisis).person_id)
    data = typed(rota, training, **{f"r{rota.pk}-owner": person, f"r{training.pk}-owner": person})
    assert client.post(EDIT, data | {"confirm": "1"}).status_code == 302
    assert {str(m.owner_id) for m in Milestone.objects.all()} == {person}


# -- spreadsheets ------------------------------------------------------------------------------------------------------


def downloaded(client, **query):
    answer = client.get(f"{ROADMAP}file/", query)
    assert (answer.status_code, answer["Content-Disposition"][:11]) == (200, "attachment;")
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def sent_back(client, book, name="plan.xlsx"):
    out = io.BytesIO()
    book.save(out)
    return upload(client, out.getvalue(), name)


def upload(client, content: bytes, name: str):
    return client.post(f"{ROADMAP}sheet/", {"file": SimpleUploadedFile(name, content)})


def column(sheet, heading):
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def put(sheet, row: int, heading: str, value) -> None:
    sheet.cell(row=row, column=column(sheet, heading)).value = value


def test_a_sheet_goes_out_with_its_dates_in_words_and_comes_back_unchanged(office, client, rota, training):
    book = downloaded(client)
    rows = [[cell.value for cell in row][:7] for row in book["Milestones"].iter_rows(min_row=2)]
    assert rows == [
        [rota.pk, "Crisis care", "Rota agreed", None, None, "no", "December 2026"],
        [training.pk, "Schools", "Staff trained", None, None, "no", "January 2027"],
    ]
    answer = sent_back(client, book)
    page = markup(client.get(answer.headers["Location"]))
    assert (faults(page), "This file changes nothing" in page.words) == ([], True)
    assert "The sheet “How to use this file” was left alone." in page.words


def test_a_sheet_shows_what_would_change_and_is_saved_as_one_piece(office, client, rota, training, crisis):
    milestones.add_phase(workstream=crisis, name="Begin", order=1, by=office)
    book = downloaded(client)
    sheet = book["Milestones"]
    put(sheet, 2, "Due", "Spring 2027")
    put(sheet, 2, "Why the date changes", "The supplier is late")
    put(sheet, 2, "Phase", "begin")
    put(sheet, 2, "Owner", work.lead_of(crisis).name)
    put(sheet, 3, "Done on", "2 November 2026")
    put(sheet, 3, "Evidence link", "https://example.nhs.uk/a")
    sheet.append([None, "Schools", "=Visits begin", None, None, "yes", "24 December 2026"])
    sheet.cell(row=4, column=3).data_type = "s"
    check = client.get(sent_back(client, book).headers["Location"])
    page = markup(check)
    assert (check.status_code, faults(page)) == (200, [])
    assert "3 milestones will change or be added. Nothing is saved yet." in page.words
    for said in (
        "Date: from December 2026 to Spring 2027, because “The supplier is late”",
        "Phase: from none to Begin",
        "Evidence link: from none to https://example.nhs.uk/a",
        "Done: 2 November 2026",
        "New milestone, due 24 December 2026",
    ):
        assert said in page.words
    assert (Milestone.objects.count(), MilestoneDate.objects.count()) == (2, 2)
    saved = client.post(check.wsgi_request.path)
    assert (saved.status_code, saved.headers["Location"]) == (302, ROADMAP)
    assert sorted(Milestone.objects.values_list("title", "is_critical")) == [
        ("=Visits begin", True), ("Rota agreed", False), ("Staff trained", False),
    ]  # fmt: skip
    assert MilestoneDate.objects.count() == 5
    assert PlanSheet.objects.count() == 0
    history: Any = vars(Milestone)["history"]
    event = history.rel.related_model.objects.filter(pgh_obj=rota).latest("pgh_id")
    assert event.pgh_context.metadata["user"] == office.pk


def test_what_is_wrong_is_told_by_cell_and_nothing_is_saved(office, client, rota, training):
    book = downloaded(client)
    sheet = book["Milestones"]
    put(sheet, 2, "Due", "as soon as we can")
    put(sheet, 2, "Owner", "Nobody Known")
    put(sheet, 3, "ID", 999999)
    sheet.append([rota.pk, "Crisis care", "Twice"])
    sheet.append([None, "No such workstream", "New", None, None, "perhaps", "May 2027"])
    sheet.append([None, "Schools", "", None, None, "no", "Winter 2026"])
    answer = client.get(sent_back(client, book).headers["Location"])
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    said = [" ".join(row.text.split()) for row in page.all("tr")][1:]
    assert [line.removeprefix("Where ").split("What is wrong ") for line in said] == [
        ["Sheet Milestones, row 2, column E (Owner)", "Nobody called “Nobody Known” is named in this programme."],
        [
            "Sheet Milestones, row 2, column G (Due)",
            "“as soon as we can” is not a date such as 24 December 2026 or Spring 2027.",
        ],
        [
            "Sheet Milestones, row 3, column A (ID)",
            "There is no milestone 999999 in this programme. Leave the cell empty for a new one.",
        ],
        ["Sheet Milestones, row 4, column A (ID)", f"The milestone {rota.pk} also stands in row 2 of Milestones."],
        [
            "Sheet Milestones, row 5, column B (Workstream)",
            "There is no workstream “No such workstream” in this programme.",
        ],
        ["Sheet Milestones, row 6, column C (Milestone)", "Enter what will be delivered."],
        [
            "Sheet Milestones, row 6, column G (Due)",
            "“Winter 2026” can be read in more than one way. Write “Winter 2026 to 2027” or “Winter 2025 to 2026”.",
        ],
    ]
    refused = client.post(answer.wsgi_request.path)
    assert (refused.status_code, refused.headers["Location"]) == (302, answer.wsgi_request.path)
    assert (Milestone.objects.count(), MilestoneDate.objects.count()) == (2, 2)


def test_a_row_that_changed_since_the_download_is_told_and_nothing_is_saved(office, client, rota, training):
    book = downloaded(client)
    put(book["Milestones"], 2, "Milestone", "Rota signed")
    milestones.move(milestone=rota, when=work.said("April 2027"), reason="Theirs", version=1, by=office)
    put(book["Milestones"], 2, "Due", "April 2027")
    answer = client.get(sent_back(client, book).headers["Location"])
    assert answer.status_code == 422
    assert "row 2What is wrong Somebody else has changed this milestone since." in markup(answer).words
    client.post(answer.wsgi_request.path)
    assert Milestone.objects.get(pk=rota.pk).title == "Rota agreed"


def test_a_lead_cannot_change_other_plans_by_a_sheet(lead, client, rota, training):
    book = downloaded(client)
    put(book["Milestones"], 3, "Milestone", "Mine now")
    answer = client.get(sent_back(client, book).headers["Location"])
    assert "You do not keep the plan of Schools, so this row cannot change." in markup(answer).words


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.csv", b"ID,Milestone", "plan.csv is not an Excel file of the type .xlsx"),
        ("plan.xlsx", b"", "The file is empty"),
        ("plan.xlsx", b"PK\x03\x04 broken", "plan.xlsx is not an Excel file"),
    ],
)
def test_other_files_are_refused_beside_the_field(office, client, name, content, said):
    answer = upload(client, content, name)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text


def test_a_sheet_is_its_senders_own_and_can_be_thrown_away(office, client, programme, rota):
    address = sent_back(client, downloaded(client)).headers["Location"]
    other = people.member(programme, Role.ADMINISTRATOR)
    client.force_login(other)
    assert client.get(address).status_code == 404
    client.force_login(office)
    assert client.post(address, {"discard": "1"}).headers["Location"] == f"{ROADMAP}sheet/"
    assert PlanSheet.objects.count() == 0


# -- new baselines -----------------------------------------------------------------------------------------------------

PLAN = "/p/own/workstreams/crisis-care/plan/"
ASKED = {"version": 1, "when": "March 2027", "reason": "Scope grew"}


def test_a_new_baseline_is_asked_for_and_agreed_to_by_somebody_else(lead, client, programme, rota):
    page = markup(client.get(f"{PLAN}{rota.pk}/baseline/"))
    assert faults(page) == []
    asked = client.post(f"{PLAN}{rota.pk}/baseline/", ASKED)
    assert (asked.status_code, asked.headers["Location"]) == (302, f"{PLAN}{rota.pk}/")
    waiting = markup(client.get(f"{PLAN}{rota.pk}/baseline/"))
    assert "It waits for a decision" in waiting.words
    request = BaselineRequest.objects.get()
    client.force_login(people.member(programme, Role.SLT))
    assert "1 new baseline waits for your decision" in markup(client.get(ROADMAP)).words
    listed = markup(client.get(f"{ROADMAP}baselines/"))
    assert (faults(listed), "1 new baseline waits for a decision." in listed.words) == ([], True)
    address = f"{ROADMAP}baselines/{request.pk}/"
    decide = markup(client.get(address))
    assert (faults(decide), "Scope grew" in decide.words) == ([], True)
    agreed = client.post(address, {"version": 1, "outcome": "agreed"})
    assert (agreed.status_code, agreed.headers["Location"]) == (302, f"{ROADMAP}baselines/")
    shown = markup(client.get(f"{PLAN}{rota.pk}/"))
    assert "New baseline agreed: first planned for December 2026" in shown.words
    assert faults(shown) == []


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"version": 1}, 422, "Select whether you agree"),
        ({"version": 1, "outcome": "refused"}, 422, "Say why you refuse"),
        ({"version": 0, "outcome": "agreed"}, 409, "Somebody else has changed this milestone"),
    ],
)
def test_a_decision_that_cannot_be_taken_is_said_in_place(client, rota, data, status, said):
    client.force_login(work.lead_of(rota.workstream))
    client.post(f"{PLAN}{rota.pk}/baseline/", ASKED)
    client.force_login(people.member(rota.workstream.programme, Role.APPROVER))
    answer = client.post(f"{ROADMAP}baselines/{BaselineRequest.objects.get().pk}/", data)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (status, [])
    assert said in page.classed("nhsuk-error-summary")[0].text


def test_who_asked_is_told_that_somebody_else_decides(client, programme, rota):
    both = people.member(programme, Role.APPROVER)
    programmes.give_role(programme=programme, user=both, role=Role.OFFICE, since=people.SINCE, by=None)
    client.force_login(both)
    client.post(f"{PLAN}{rota.pk}/baseline/", ASKED)
    address = f"{ROADMAP}baselines/{BaselineRequest.objects.get().pk}/"
    assert "somebody else has to decide" in markup(client.get(address)).words
    assert client.post(address, {"version": 1, "outcome": "agreed"}).status_code == 422


def test_a_refused_baseline_is_shown_with_its_reason(lead, client, programme, rota):
    client.post(f"{PLAN}{rota.pk}/baseline/", ASKED)
    slt = people.member(programme, Role.SLT)
    baselines.refuse(request=BaselineRequest.objects.get(), version=1, by=slt, reason="The first plan holds")
    for address in (f"{PLAN}{rota.pk}/", f"{ROADMAP}baselines/"):
        page = markup(client.get(address))
        assert (faults(page), "The first plan holds" in page.words) == ([], True)


def test_who_asked_for_a_baseline_withdraws_it_on_a_page_and_history_tells_both(client, lead, programme, rota):
    client.post(f"{PLAN}{rota.pk}/baseline/", ASKED)
    address = f"{ROADMAP}baselines/{BaselineRequest.objects.get().pk}/withdraw/"
    for where in (f"{PLAN}{rota.pk}/", f"{PLAN}{rota.pk}/baseline/", f"{ROADMAP}baselines/"):
        assert address in markup(client.get(where)).links(where)
    page = markup(client.get(address))
    assert (faults(page), "Scope grew" in page.words) == ([], True)
    assert client.post(address, {"reason": "Small again"}).status_code == 302
    assert client.post(address, {}).status_code == 422
    shown = markup(client.get(f"{PLAN}{rota.pk}/"))
    assert (faults(shown), "Withdrawn by" in shown.words) == ([], True)
    client.post(f"{PLAN}{rota.pk}/baseline/", ASKED)
    slt = people.member(programme, Role.SLT, "Sal Slater")
    client.force_login(slt)
    assert client.get(address).status_code == 403
    baselines.agree(request=BaselineRequest.objects.waiting().get(), version=1, by=slt)
    told = [
        " ".join(e.text.split()) for e in markup(client.get(f"{PLAN}{rota.pk}/history/")).classed("app-history__entry")
    ]
    assert (
        "Sal Slater agreed to a new baseline of the milestone “Rota agreed”: baseline from December 2026 to" in told[0]
    )
    assert "withdrew a new baseline of the milestone “Rota agreed”: asked for:" in told[1]
    assert "because “Small again”" in told[1]


# -- queries -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", [ROADMAP, EDIT, f"{ROADMAP}file/", f"{ROADMAP}baselines/", f"{PLAN}{{pk}}/", f"{PLAN}{{pk}}/waits/"]
)
def test_pages_of_the_plan_ask_the_database_as_often_for_many_as_for_one(office, client, schools, rota, address):
    crisis = rota.workstream

    def more(count):
        for _ in range(count):
            one, two = work.milestone(crisis, when="March 2027"), work.milestone(schools, when="April 2027")
            dependencies.add(milestone=one, needs=rota, by=office)
            dependencies.add(milestone=two, needs=one, by=office)
            dependencies.add(milestone=rota, needs=work.milestone(schools, when="May 2026"), by=office)
            baselines.ask(milestone=one, when=work.said("May 2027"), reason="Grew", version=1, by=office)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address.format(pk=rota.pk)).status_code == 200
        return len(queries.captured_queries)

    more(1)
    few = asked()
    more(4)
    assert asked() == few

"""History in words: who changed what, when it happened and why, to those who may see it."""

from datetime import UTC, datetime

import pghistory.models
import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme import kept as ground
from programme import trail
from programme.actions import periods, programmes
from programme.history import recorded
from programme.models import Organisation, Person
from programme.roles import Role
from programme.status import Rag
from reporting.views.history import strands_of
from tests.factories import people, work
from tests.integration.markup import faults, markup
from tests.integration.test_protection import PROTECTED
from thrive import kept as thrive
from thrive.maturity import kept as maturity
from workstreams import kept, narrative
from workstreams.actions import milestones, updates
from workstreams.actions import workstreams as actions
from workstreams.actions.importing import import_page
from workstreams.models import Milestone, MonthlyUpdate

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
CRISIS = "/p/own/workstreams/crisis-care/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def workstream(programme):
    return work.workstream(programme, "Crisis care", lead=people.user("Dana Whitlock"))


@pytest.fixture
def reader(programme, client):
    account = people.member(programme, Role.READER)
    client.force_login(account)
    return account


@pytest.fixture
def office(programme):
    return people.member(programme, Role.OFFICE, "Olu Office")


def sentences(client, address: str) -> list[str]:
    """The entries of a page, each as one line."""
    page = markup(client.get(address))
    assert faults(page) == []
    return [" ".join(e.text.split()) for e in page.classed("app-history__entry")]


# -- sentences ---------------------------------------------------------------------------------------------------------


def test_a_milestone_that_moved_and_was_done_says_so_in_sentences(reader, client, workstream):
    lead = work.lead_of(workstream)
    made = work.milestone(workstream, "Rota agreed", when="December 2026", moved_to=["March 2027"])
    milestones.complete(
        milestone=made, when=work.said("1 November 2026"), version=2, by=lead, note="Signed off",
        at=datetime(2026, 11, 3, 14, 14, tzinfo=UTC),
    )  # fmt: skip
    assert sentences(client, f"{CRISIS}plan/{made.pk}/history/") == [
        (
            "On 3 November 2026 at 2:14pm Dana Whitlock recorded the milestone as done: “Rota agreed”, "
            "done: 1 November 2026, because “Signed off”."
        ),
        (
            "On 2 April 2026 at 10am Dana Whitlock moved the milestone “Rota agreed”: "
            "forecast from December 2026 to March 2027, because “The supplier is late”."
        ),
        "On 2 March 2026 at 9am Dana Whitlock added the milestone “Rota agreed”: baseline: December 2026.",
    ]


def test_an_update_says_what_happened_to_it_and_never_what_was_only_typed(reader, client, workstream):
    lead = work.lead_of(workstream)
    when = datetime(2026, 11, 3, 9, tzinfo=UTC)
    sent = work.sent_update(workstream, work.OCTOBER, rating=Rag.AMBER, at=when)
    updates.recall(update=sent.update, by=lead, at=datetime(2026, 11, 3, 10, tzinfo=UTC))
    updates.save_draft(
        workstream=workstream, period=sent.update.period, version=1, by=lead,
        words=updates.DraftWords({"progress": "half-typed words"}),
    )  # fmt: skip
    address = f"{CRISIS}updates/2026-10/history/"
    assert sentences(client, address) == [
        "On 3 November 2026 at 10am Dana Whitlock recalled the update “October 2026”.",
        (
            "On 3 November 2026 at 9am Dana Whitlock sent the update “October 2026”: "
            "rated Amber: “Two posts are vacant. Interviews are on 20 November”."
        ),
    ]
    for page in (address, f"{CRISIS}history/", "/p/own/history/"):
        assert b"half-typed" not in client.get(page).content
    assert sentences(client, f"{CRISIS}updates/2026-09/history/") == []


def test_what_an_import_made_is_one_entry_for_each_workstream(reader, client, programme, office):
    text = "Night care\nLead: Jo Bramley\n\nMarch 2024 update:\n- Rota agreed.\n"
    import_page(
        programme=programme, parsed=narrative.parse(text), source="Our page", text=text, by=office,
        at=datetime(2026, 11, 2, 9, tzinfo=UTC),
    )  # fmt: skip
    (entry,) = sentences(client, "/p/own/workstreams/night-care/history/")
    assert entry.startswith("On 2 November 2026 at 9am Olu Office imported a page, because “Our page”:")
    for line in ("workstream “Night care”: added", "assignment “Jo Bramley”: added; as: Lead", "update “March 2024”"):
        assert line in entry


def test_several_things_done_at_one_moment_stay_apart_and_each_keeps_its_date(reader, client, workstream):
    lead, when = work.lead_of(workstream), datetime(2026, 10, 1, 9, tzinfo=UTC)
    for title in ("Rota agreed", "Staff trained"):
        milestones.add(workstream=workstream, title=title, by=lead, when=work.said("March 2027"), at=when)
    told = [line for line in sentences(client, f"{CRISIS}history/") if "milestone" in line]
    assert sorted(told) == [
        f"On 1 October 2026 at 10am Dana Whitlock added the milestone “{title}”: baseline: March 2027."
        for title in ("Rota agreed", "Staff trained")
    ]


def test_who_sent_an_update_without_an_account_is_named(reader, client, workstream):
    updates.send(
        workstream=workstream, period=work.period(workstream.programme, work.OCTOBER), items=work.WORDS,
        rating=Rag.GREEN, reason="", by=None, by_name="Jo Bramley", at=datetime(2026, 11, 3, 9, tzinfo=UTC),
    )  # fmt: skip
    (told,) = sentences(client, f"{CRISIS}updates/2026-10/history/")
    assert told == "On 3 November 2026 at 9am Jo Bramley sent the update “October 2026”: rated Green."


def test_a_merge_and_its_undoing_are_told_on_the_page_of_the_workstream_that_stands(
    reader, client, programme, workstream, office
):
    double = work.workstream(programme, "Crisis line")
    actions.merge(duplicate=double, into=workstream, by=office, reason="Entered twice")
    actions.unmerge(workstream=double, by=office, reason="They are two")
    told = " ".join(sentences(client, f"{CRISIS}history/"))
    assert "Olu Office merged two workstreams: “Crisis line”, merged into: Crisis care" in told
    assert "merged into taken away (was Crisis care)" in told
    assert "because “They are two”" in told


def test_names_are_those_of_the_time(reader, client, programme, workstream, office):
    jo = people.person("Jo Bramley")
    actions.assign(workstream=workstream, person=jo, role="deputy", since=work.TODAY, by=office)
    with recorded(by=office, action="Renamed a person", reason="She married"):
        jo.name = "Jo Harbour"
        jo.save()
    told = " ".join(sentences(client, f"{CRISIS}history/"))
    assert "Olu Office assigned a deputy lead: “Jo Bramley”, as: Deputy lead; from: 4 November 2026." in told
    assert "Jo Harbour" not in told


def test_the_programmes_page_tells_its_words_partners_and_places(reader, client, programme, office):
    with recorded(by=None, action="Made a partner"):
        trust = Organisation.objects.create(name="Harbour Trust")
    edit = {"programme": programme, "scope": "", "governance": "", "places": [], "by": office}
    programmes.edit(version=1, mandate="Help sooner", partners=[trust], **edit)
    programmes.edit(version=2, mandate="Help sooner", partners=[], **edit)
    newest, before, *_ = sentences(client, "/p/own/history/?kind=programme")
    assert "Olu Office changed the programme's page: “Harbour Trust”, removed." in newest
    assert "mandate from “What the board asked for” to “Help sooner”" in before
    assert "partner “Harbour Trust”: added" in before


def test_a_month_that_was_closed_is_told(reader, client, programme, office):
    periods.close(period=work.period(programme, work.SEPTEMBER), by=office, at=datetime(2026, 10, 20, 9, tzinfo=UTC))
    assert sentences(client, "/p/own/history/?kind=months") == [
        "On 20 October 2026 at 10am Olu Office closed the month “September 2026”: closed on: 20 October 2026."
    ]


def test_what_an_account_changed_on_a_page_without_an_action_is_told_without_its_address(client, programme, office):
    keeper = people.member(programme, Role.ADMINISTRATOR, "Ada Admin")
    from programme.history import during_request

    with during_request(by=keeper, action="POST /account/somewhere/"):
        office.email = "olu@example.org"
        office.save()
    client.force_login(keeper)
    told = " ".join(sentences(client, "/p/own/history/?kind=people"))
    assert "Ada Admin changed the account “olu@example.org”: email address from" in told
    assert "/account/" not in told


# -- pages -------------------------------------------------------------------------------------------------------------


def test_the_programmes_history_filters_by_kind_and_by_person(reader, client, programme, workstream, office):
    work.milestone(workstream, "Rota agreed", when="December 2026")
    lead = work.lead_of(workstream)
    everything = sentences(client, "/p/own/history/")
    assert any("moved" in line or "added the milestone" in line for line in everything)
    assert all("milestone" in line for line in sentences(client, "/p/own/history/?kind=milestones"))
    mine = sentences(client, f"/p/own/history/?by={lead.pk}")
    assert mine
    assert all("Dana Whitlock added the milestone" in line for line in mine)
    assert "in Crisis care." in mine[0]
    assert sentences(client, "/p/own/history/?kind=nonsense&by=0") == everything
    part = client.get(f"/p/own/history/?by={lead.pk}", headers=HTMX)
    assert b"<html" not in part.content
    assert faults(markup(part), part=True) == []


def test_records_of_people_are_told_to_those_who_keep_them_only(client, programme, office, workstream):
    programmes.give_role(programme=programme, user=office, role=Role.SLT, since=work.TODAY, by=None)
    for role, sees in ((Role.READER, False), (Role.SLT, False), (Role.ADMINISTRATOR, True)):
        client.force_login(people.member(programme, role))
        page = client.get("/p/own/history/?kind=people").content.decode()
        assert ("Olu Office" in page and "gave the role" in page) is sees
        assert ("example.org" in page) is sees


def test_another_programme_is_never_told(reader, client, programme, workstream):
    other = work.programme("Other")
    elsewhere = work.workstream(other, "Secret strand")
    work.milestone(elsewhere, "Secret milestone", when="December 2026")
    assert b"Secret" not in client.get("/p/own/history/").content


def test_pages_are_turned_with_links_that_htmx_shortens(reader, client, workstream, monkeypatch):
    monkeypatch.setattr(trail, "ROWS_A_PAGE", 4)
    for number in range(6):
        work.milestone(workstream, f"Milestone {number}", when="December 2026")
    first = markup(client.get(f"{CRISIS}history/"))
    assert faults(first) == []
    assert f"{CRISIS}history/?page=2" in first.links(f"{CRISIS}history/")
    assert f"{CRISIS}history/?page=0" not in first.links(f"{CRISIS}history/")
    seen = [line for number in range(1, 9) for line in sentences(client, f"{CRISIS}history/?page={number}")]
    for number in range(6):
        assert any(f"“Milestone {number}”" in line for line in seen)
    assert "Older changes" not in markup(client.get(f"{CRISIS}history/?page=20")).words
    assert client.get(f"{CRISIS}history/?page=-3").status_code == 200
    part = client.get(f"{CRISIS}history/?page=2", headers=HTMX)
    assert b"<html" not in part.content


def test_every_object_leads_to_its_history(reader, client, workstream):
    made = work.milestone(workstream, "Rota agreed", when="December 2026")
    work.sent_update(workstream, work.SEPTEMBER)
    for page, history in (
        (CRISIS, f"{CRISIS}history/"),
        (f"{CRISIS}plan/{made.pk}/", f"{CRISIS}plan/{made.pk}/history/"),
        (f"{CRISIS}updates/2026-09/", f"{CRISIS}updates/2026-09/history/"),
        ("/p/own/programme/", "/p/own/history/?kind=programme"),
    ):
        assert history in markup(client.get(page)).links(page)


def test_the_number_of_queries_does_not_grow_with_what_was_changed(client, programme, workstream, office):
    client.force_login(office)
    costs = []
    for number in (1, 2, 3):
        work.milestone(workstream, f"Milestone {number}", when="December 2026", moved_to=["March 2027"])
        work.sent_update(work.workstream(programme), work.SEPTEMBER)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/p/own/history/").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2]
    assert costs[0] <= 60


def test_somebody_elses_words_are_never_markup(reader, client, workstream):
    made = work.milestone(workstream, "<script>alert(1)</script>", when="December 2026")
    assert b"<script>alert" not in client.get(f"{CRISIS}plan/{made.pk}/history/").content


# -- everything that is kept is told, or left out on purpose ---------------------------------------------------------


def test_everything_that_is_kept_is_told_or_left_out_by_name():
    """A new tracked or append-only model gets its words in kept.py, or a line here that says why it has none."""
    described = {each.model for each in (*kept.KEPT, *kept.APPENDED, *thrive.KEPT, *maturity.KEPT)}
    described |= {strand.source.model for strand in strands_of(work.programme("Any"), with_people=True)}  # type: ignore[attr-defined]
    left_out = {*ground.SHARED, *ground.OWN_AFFAIR, *kept.SILENT}
    tracked = {model.pgh_tracked_model for model in apps.get_models() if issubclass(model, pghistory.models.Event)}
    names = {getattr(model, "__name__", "") for model in tracked - described - left_out}
    # Imports have pages of their own, and a report says on its page who built, approved and published it.
    # What a milestone waits for and where it counts stand on its page; a page for staff tells its own steps, and its
    # public address is nobody's to read. Words that were changed because they named somebody are told nowhere.
    own_pages = {"ImportBatch", "MapImport", "BoardReport", "StaffPage", "MilestoneDependency", "MilestonePlace"}
    # Schedules, board dates and links stand on their own pages, with who made them.
    own_pages |= {"ReportSchedule", "BoardDate", "ReportLink"}
    assert names == own_pages | {"Voice"}


def test_every_table_that_is_only_added_to_is_told_or_left_out_by_name():
    ours = [model for model in apps.get_models() if not issubclass(model, pghistory.models.Event)]
    added_to = {model for model in ours if model._meta.db_table in PROTECTED} - {pghistory.models.Context}
    silent = {model.__name__ for model in added_to - {each.model for each in kept.APPENDED}}
    # Bullets, asks and what became of promises are told with the event that sent them; snapshots and downloads stand on
    # the report's page, e-mails on the page of updates. Looking at pages as a role would changes nothing.
    with_their_event, elsewhere = {"UpdateItem", "Ask", "PromiseOutcome"}, {"Snapshot", "Download"}
    # A new baseline is told when it is decided on, and its request on the milestone's page. Voices, plain pages
    # and pages for staff have trails of their own on their pages; a score is told with the change of its risk.
    own_trails = {
        "RiskScore",
        "BaselineRequest",
        "VoiceStep",
        "PlainPage",
        "StaffPageVersion",
        "StaffPageStep",
    }
    # Versions of the maturity framework are never changed, and what people scored or agreed stands on its own pages;
    # what was taken forward is told as the recommendation that it became.
    maturity_pages = {"Framework", "Level", "Domain", "Element", "Kloe", "Crosswalk", "Score", "Consensus"}
    maturity_pages |= {"TakenForward"}
    elsewhere |= maturity_pages
    # Versions of what the principles ask are never changed, and every rater's answers stand on the assessment's page.
    elsewhere |= {"PrincipleSet", "PrincipleItem", "PrincipleAnswer"}
    assert silent == with_their_event | elsewhere | own_trails | {"Reminder", "MailAttempt", "RoleViewing"}


def test_models_with_words_are_really_kept():
    assert {each.model for each in kept.KEPT} >= {Milestone}
    assert MonthlyUpdate in kept.SILENT
    assert Person in {strand.source.model for strand in strands_of(work.programme("Any"), with_people=True)}  # type: ignore[attr-defined]

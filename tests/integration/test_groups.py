"""Groups, their members and their meetings, with the decisions and actions that are minuted there."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme import tables
from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import groups, people, work
from tests.integration.markup import faults, markup
from workstreams.actions import groups as actions
from workstreams.actions import meetings
from workstreams.actions.meetings import MinutedAction, Minutes
from workstreams.models import Action, Decision, Group, Meeting

pytestmark = pytest.mark.django_db

GROUPS = "/p/own/groups/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def office(programme, client):
    account = people.member(programme, Role.OFFICE, "Olu Office")
    client.force_login(account)
    return account


def day(name: str, text: str) -> dict[str, str]:
    return dict(zip((f"{name}_day", f"{name}_month", f"{name}_year"), text.split(), strict=True))


TYPED = {"version": "", "name": "Crisis steering group", "kind": "steering", "cadence": "two_months"}


def test_a_group_is_added_changed_joined_left_and_ended_and_history_tells_it(programme, office, client):
    assert faults(markup(client.get(f"{GROUPS}add/"))) == []
    assert client.post(f"{GROUPS}add/", TYPED | {"terms": "Decides about money."}).status_code == 302
    group = Group.objects.get()
    address = f"{GROUPS}{group.pk}/"
    changed = TYPED | {"version": 1, "terms_url": "https://example.nhs.uk/terms"}
    assert client.post(f"{address}change/", changed).status_code == 302
    member = {"person": people.member(programme, Role.SLT, "Sam Chair").person_id, "role": "chair"}
    assert client.post(f"{address}members/add/", member | day("since", "1 10 2026")).status_code == 302
    again = client.post(f"{address}members/add/", member | day("since", "1 10 2026"))
    assert (again.status_code, "belongs to this group already" in markup(again).words) == (422, True)
    page = markup(client.get(address))
    assert faults(page) == []
    for words in ("It meets every 2 months", "Sam Chair", "Chair", "https://example.nhs.uk/terms"):
        assert words in page.words
    left = client.post(f"{address}members/{group.members.get().pk}/end/", day("until", "3 11 2026"))
    assert left.status_code == 302
    assert "Former members (1)" in markup(client.get(address)).words
    ended = {"version": 2, "reason": "Its work is done"} | day("on", "4 11 2026")
    assert client.post(f"{address}end/", ended).status_code == 302
    assert "This group ended on 4 November 2026." in markup(client.get(address)).words
    told = [" ".join(e.text.split()) for e in markup(client.get(f"{address}history/")).classed("app-history__entry")]
    assert [line.split("Olu Office ")[1].split(" “")[0].split(":")[0] for line in told] == [
        "ended the group", "said until when somebody belongs to the group", "added a member to the group",
        "changed the group", "added a group",
    ]  # fmt: skip
    assert faults(markup(client.get("/p/own/history/?kind=groups"))) == []


def test_what_is_wrong_is_said_and_a_stale_save_shows_both(programme, office, client):
    empty = client.post(f"{GROUPS}add/", {})
    assert empty.status_code == 422
    for words in ("Enter the name of the group", "Select what kind of group it is", "Select how often it meets"):
        assert words in markup(empty).words
    group = groups.group(programme, "Rota group")
    twice = client.post(f"{GROUPS}add/", TYPED | {"name": "Rota group"})
    assert (twice.status_code, "There is a group called" in markup(twice).words) == (422, True)
    actions.change(group=group, facts=actions.GroupFacts("Rota team", "task", "weekly"), version=1, by=office)
    stale = client.post(f"{GROUPS}{group.pk}/change/", TYPED | {"version": 1, "name": "Mine"})
    page = markup(stale)
    assert (stale.status_code, faults(page)) == (409, [])
    assert "Rota team" in page.words
    assert page.by_id("id_name")["value"] == "Mine"


def test_groups_report_upwards_and_never_in_a_circle(programme, office):
    upper = groups.group(programme, "Steering group")
    lower = groups.group(programme, "Rota group", reports_to=upper)
    with pytest.raises(Refused, match="reports to this group already"):
        actions.change(
            group=upper, facts=actions.GroupFacts("Steering group", "steering", "monthly", reports_to=lower),
            version=1, by=office,
        )  # fmt: skip
    with pytest.raises(Refused, match="before they joined"):
        actions.end_member(member=upper.members.get(), until=date(2025, 1, 1), by=office)


def test_who_keeps_which_group(programme, client):
    crisis = work.workstream(programme, "Crisis care")
    ours = groups.group(programme, "Rota group", workstream=crisis)
    young = groups.group(programme, "Young people", kind="participation")
    steering = groups.group(programme, "Steering group", kind="steering")

    def keeps(account) -> list[bool]:
        client.force_login(account)
        return [client.get(f"{GROUPS}{each.pk}/meetings/add/").status_code == 200 for each in (ours, young, steering)]

    assert keeps(work.lead_of(crisis)) == [True, False, False]
    assert keeps(people.member(programme, Role.PARTICIPATION)) == [False, True, False]
    assert keeps(people.member(programme, Role.SLT)) == [False, False, False]
    assert keeps(people.member(programme, Role.OFFICE)) == [True, True, True]
    client.force_login(work.lead_of(crisis))
    other = client.post(f"{GROUPS}add/", TYPED | {"kind": "steering"})
    assert (other.status_code, "Select one of your own workstreams" in markup(other).words) == (422, True)


def minutes(person, **more: str) -> dict[str, object]:
    typed = {"version": 0, **day("on", "3 11 2026"), "came": [person.pk], "notes": "The rota was looked at."}
    typed |= {"decision1_text": "Open at night", "decision1_options": "At weekends only"}
    typed |= {"action1_text": "Ring round", "action1_owner": person.pk, **day("action1_due", "20 11 2026")}
    return typed | more


def test_a_meeting_is_written_down_in_one_form(programme, office, client):
    owner = people.member(programme, Role.SLT, "Sam Owner").person
    assert owner is not None
    group = groups.group(programme, "Steering group", members=[owner])
    address = f"{GROUPS}{group.pk}/meetings/"
    assert faults(markup(client.get(f"{address}add/"))) == []
    assert client.post(f"{address}add/", minutes(owner)).status_code == 302
    meeting, decision, action = Meeting.objects.get(), Decision.objects.get(), Action.objects.get()
    assert (decision.decider, decision.meeting, decision.group, decision.options, decision.decided_on) == (
        "Steering group", meeting, group, "At weekends only", groups.HELD,
    )  # fmt: skip
    assert (action.owner, action.meeting, action.due_on, action.raised_on) == (
        owner, meeting, date(2026, 11, 20), groups.HELD,
    )  # fmt: skip
    page = markup(client.get(f"{address}{meeting.pk}/"))
    assert faults(page) == []
    for words in ("1 decision was taken and 1 action was agreed.", "Sam Owner", "Open at night", "The rota was looked"):
        assert words in page.words
    more = {"version": 1, **day("on", "3 11 2026"), "notes": "Longer", "action1_text": "Book a room"}
    assert client.post(f"{address}{meeting.pk}/change/", more).status_code == 302
    assert (Action.objects.count(), Decision.objects.count(), meeting.attendance.count()) == (2, 1, 0)
    stale = client.post(f"{address}{meeting.pk}/change/", more | {"notes": "Mine"})
    page = markup(stale)
    assert (stale.status_code, faults(page)) == (409, [])
    assert page.by_id("id_notes").text.strip() == "Mine"
    assert "Book a room" in page.words
    told = markup(client.get(f"{GROUPS}{group.pk}/history/")).words
    for words in ("wrote down a meeting", "changed the minutes", "Ring round", "Sam Owner"):
        assert words in told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"on_day": "5"}, "Enter a date that is not in the future"),
        ({"action2_owner": "{owner}"}, "Enter what is to be done"),
        ({"decision2_options": "None"}, "Enter what was decided"),
        ({"apologies": "{owner}"}, "cannot have come and sent apologies"),
        ({"notes": "My son Sam waits"}, "looks like the name of a person"),
    ],
)
def test_what_is_wrong_with_minutes_is_said_and_nothing_is_kept(programme, office, client, more, said):
    owner = people.person("Sam Owner")
    work.assign(work.workstream(programme), owner, "sponsor")
    group = groups.group(programme, members=[owner])
    typed = minutes(owner) | {key: value.format(owner=owner.pk) for key, value in more.items()}
    answer = client.post(f"{GROUPS}{group.pk}/meetings/add/", typed)
    page = markup(answer)
    assert (answer.status_code, faults(page), Meeting.objects.count(), Action.objects.count()) == (422, [], 0, 0)
    assert said in page.words
    assert page.by_id("id_action1_text").text.strip() == "Ring round"


def test_a_group_meets_once_on_a_day_and_never_in_the_future(programme, office):
    group = groups.group(programme)
    groups.meeting(group)
    with pytest.raises(Refused, match="has been written down already"):
        groups.meeting(group)
    with pytest.raises(Refused, match="once it has taken place"):
        meetings.hold(group=group, minutes=Minutes(on=date(2026, 11, 5)), by=office)
    with pytest.raises(Stale):
        meetings.change(meeting=group.meetings.get(), minutes=Minutes(on=groups.HELD), version=7, by=office)


def test_an_owner_says_that_a_minuted_action_is_done(programme, client):
    owner = people.member(programme, Role.SLT, "Sam Owner")
    assert owner.person is not None
    group = groups.group(programme, members=[owner.person])
    action = groups.meeting(group, actions=[MinutedAction("Ring round", owner.person)]).actions.get()
    address = f"/p/own/actions/{action.pk}/"
    client.force_login(people.member(programme, Role.READER))
    assert (client.get(address).status_code, client.get(f"{address}done/").status_code) == (200, 403)
    client.force_login(owner)
    assert faults(markup(client.get(address))) == []
    assert client.get(f"{address}change/").status_code == 403
    typed = {"version": 1, "ending": "done", "how": "All were rung"} | day("on", "4 11 2026")
    assert client.post(f"{address}done/", typed).status_code == 302
    assert client.post(f"{address}done/", typed).status_code == 409
    action.refresh_from_db()
    assert (action.ending, action.closed_how) == ("done", "All were rung")


def test_a_newer_decision_takes_the_place_of_an_older_one_that_stays_readable(programme, office, client):
    old = groups.meeting(groups.group(programme, "Steering group")).decisions.get()
    typed = {"text": "Open at night and at weekends", "decided_by_words": "Steering group"}
    assert faults(markup(client.get(f"/p/own/decisions/{old.pk}/replace/"))) == []
    answer = client.post(f"/p/own/decisions/{old.pk}/replace/", typed | day("decided_on", "4 11 2026"))
    new = Decision.objects.get(text__contains="weekends")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/p/own/decisions/{new.pk}/")
    old.refresh_from_db()
    assert old.superseded_by == new
    page = markup(client.get(f"/p/own/decisions/{old.pk}/"))
    assert (faults(page), "This decision no longer stands." in page.words) == ([], True)
    again = client.post(f"/p/own/decisions/{old.pk}/replace/", typed | day("decided_on", "4 11 2026"))
    assert (again.status_code, "has been replaced already" in markup(again).words) == (422, True)
    listed = markup(client.get("/p/own/decisions/"))
    assert (faults(listed), "Replaced by" in listed.words) == ([], True)
    assert "Replaced by" not in markup(client.get("/p/own/decisions/?standing=1")).words


def test_pages_of_groups_ask_the_database_as_often_for_three_as_for_one(programme, office, client):
    def fill() -> None:
        made = groups.group(programme, members=[people.person(), people.person()])
        for held in (1, 2, 3):
            groups.meeting(made, on=date(2026, 10, held))
        for held in range(2):
            groups.meeting(group, on=date(2026, 9, 2 * programme.groups.count() + held))
            actions.add_member(group=group, role="member", since=people.SINCE, by=office, person=people.person())

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    group = groups.group(programme, "First")
    meeting = groups.meeting(group)
    fill()
    pages = [GROUPS, f"{GROUPS}{group.pk}/", f"{GROUPS}{group.pk}/meetings/{meeting.pk}/", "/p/own/decisions/"]
    first = [count(page) for page in pages]
    fill()
    fill()
    assert [count(page) for page in pages] == first


def test_empty_pages_say_what_comes_next(programme, office, client):
    group = groups.group(programme, members=[people.person()])
    actions.end_member(member=group.members.get(), until=date(2026, 2, 1), by=office)
    words = markup(client.get(f"{GROUPS}{group.pk}/")).words
    assert "Nobody has been named yet." in words
    assert "After the next one, write down who came" in words
    assert "None is here yet." in markup(client.get("/p/own/decisions/")).words


def test_all_registers_are_one_workbook_in_words(programme, office, client):
    crisis = work.workstream(programme, "Crisis care")
    work.risk(crisis, "=Nurses leave")
    work.ask(crisis)
    groups.link(crisis)
    groups.question(crisis)
    groups.meeting(groups.group(programme, "Steering group"))
    answer = client.get("/p/own/registers/download/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="registers-own.xlsx"'
    sheets = {sheet.name: sheet for sheet in tables.read(BytesIO(answer.content).read(), "registers.xlsx")}
    assert list(sheets) == ["Risks", "Issues", "Asks", "Actions", "Decisions", "Links", "Questions"]
    assert sheets["Risks"].rows[0].cells["Risk"] == "=Nurses leave"
    assert sheets["Risks"].rows[0].cells["Band"] == "High"
    assert sheets["Actions"].rows[0].cells["Comes from"] == "Minuted at Steering group, 3 November 2026"
    one = client.get("/p/own/registers/download/?workstream=crisis-care")
    kept = {sheet.name: sheet.rows for sheet in tables.read(BytesIO(one.content).read(), "registers.xlsx")}
    assert (len(kept["Risks"]), kept["Actions"]) == (1, [])

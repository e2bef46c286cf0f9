"""Schedules: their page, and the tick that makes each date once, whatever happens around it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from programme.actions import periods
from programme.mail_kinds import MailKind
from programme.models import Mail
from programme.refusals import Refused, Stale
from programme.roles import Role
from reporting import actions, snapshots
from reporting.actions import requesting, scheduling
from reporting.editions import Edition
from reporting.models import BoardReport, ReportSchedule, ScheduledRun
from reporting.schedule_dates import Basis
from tests.factories import people, reports, work
from tests.integration.markup import faults, markup

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 11, 4, 12, tzinfo=UTC)
DUE = datetime(2026, 11, 13, 7, tzinfo=UTC)  # the second working day after October's window closes, at 7am
LIST = "/p/own/reports/schedules/"


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def october():
    own = work.programme("Own")
    work.workstream(own, "Crisis care")
    return work.period(own, work.OCTOBER)


@pytest.fixture
def office(october, client):
    account = people.member(october.programme, Role.OFFICE)
    client.force_login(account)
    return account


@pytest.fixture
def approver(october):
    return people.member(october.programme, Role.APPROVER)


@pytest.fixture
def schedule(october, office, approver):
    return reports.schedule(october, office, approver, at=BEGAN)


def named(schedule: ReportSchedule, people: list[int], **changes: Any) -> scheduling.Wanted:
    """The same schedule, which tells these people as well."""
    names = ("edition", "basis", "working_days", "hour", "told_roles", "approver")
    kept = {name: getattr(schedule, name) for name in names} | {"edition": Edition(schedule.edition)}
    return scheduling.Wanted(**kept | {"told_people": people} | changes)


def made() -> list[tuple[str, str, int]]:
    found = BoardReport.objects.order_by("pk").select_related("period")
    return [(str(each.period), each.edition, each.version) for each in found]


# -- the tick ----------------------------------------------------------------------------------------------------------


def test_a_report_is_made_when_it_is_due_and_not_before_and_not_again(schedule, office):
    assert scheduling.tick(at=DUE - timedelta(seconds=1)) == 0
    assert scheduling.tick(at=DUE) == 1
    for later in (timedelta(), timedelta(minutes=1), timedelta(days=3), timedelta(days=20)):
        assert scheduling.tick(at=DUE + later) == 0
    report = BoardReport.objects.get()
    assert (report.schedule, report.built_by, report.requested_at) == (schedule, office, DUE)
    decided = report.snapshot.content["readiness"]["decision"]
    assert decided == (
        "The report was made by its schedule (2 working days after the window closes, at 7am) on 13 November 2026 at "
        "7am, without waiting."
    )


def test_three_days_without_beat_make_exactly_what_was_missed_once(schedule):
    assert scheduling.tick(at=DUE - timedelta(hours=1)) == 0
    assert [scheduling.tick(at=DUE + timedelta(days=3, minutes=n)) for n in range(3)] == [1, 0, 0]
    assert made() == [("October 2026", "full", 1)]
    assert scheduling.tick(at=DUE + timedelta(days=40)) == 1  # November's, due on 14 December
    assert [month for month, *_ in made()] == ["October 2026", "November 2026"]


def test_a_paused_schedule_makes_nothing_and_does_not_make_up_for_the_pause(schedule, office):
    scheduling.pause(schedule=schedule, by=office, at=DUE - timedelta(days=1))
    assert scheduling.tick(at=DUE + timedelta(hours=1)) == 0
    scheduling.resume(schedule=schedule, by=office, at=DUE + timedelta(days=1))
    assert scheduling.tick(at=DUE + timedelta(days=2)) == 0
    assert scheduling.tick(at=DUE + timedelta(days=40)) == 1


def test_before_each_board_date_the_newest_closed_month_is_reported(october, office, approver):
    reports.schedule(october, office, approver, at=BEGAN, basis=Basis.BEFORE_BOARD, working_days=3, hour=16)
    meets = scheduling.add_board_date(programme=october.programme, on=date(2026, 11, 24), by=office)
    assert scheduling.add_board_date(programme=october.programme, on=date(2026, 11, 24), by=office) == meets
    assert scheduling.tick(at=datetime(2026, 11, 19, 15, 59, tzinfo=UTC)) == 0
    assert scheduling.tick(at=datetime(2026, 11, 19, 16, tzinfo=UTC)) == 1
    assert made() == [("October 2026", "full", 1)]


def test_a_report_that_cannot_be_asked_for_is_tried_three_times_and_the_office_is_told(schedule, monkeypatch, office):
    def broken(**_period: object) -> None:
        raise ValueError("The section “Risks” could not be read")

    with monkeypatch.context() as patch:
        patch.setattr(snapshots, "compose", broken)
        for attempt in (1, 2, 3, 3):
            assert scheduling.tick(at=DUE + timedelta(minutes=attempt)) == 0
            assert ScheduledRun.objects.get().attempts == attempt
    run = ScheduledRun.objects.get()
    assert (run.state, run.failure) == ("failed", "ValueError: The section “Risks” could not be read")
    assert (BoardReport.objects.count(), Mail.objects.filter(key__startswith=MailKind.REPORT_FAILED.value).count()) == (
        0,
        1,
    )
    assert scheduling.tick(at=DUE + timedelta(days=1)) == 0


def test_a_fault_that_passes_leaves_no_trace_but_the_attempt(schedule, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(requesting, "readiness", None)
        assert scheduling.tick(at=DUE) == 0
    assert scheduling.tick(at=DUE + timedelta(minutes=1)) == 1
    run = ScheduledRun.objects.get()
    assert (run.state, run.attempts, run.failure, run.report) == ("made", 2, "", BoardReport.objects.get())


def test_one_schedules_fault_does_not_keep_others_waiting(schedule, october, office, approver, monkeypatch):
    other = work.programme("Other")
    elsewhere = (people.member(other, Role.OFFICE), people.member(other, Role.APPROVER))
    reports.schedule(work.period(other, work.OCTOBER), *elsewhere, at=BEGAN)
    whole = snapshots.compose

    def broken(*, period, **more):
        if period.programme_id == october.programme_id:
            raise ValueError("no")
        return whole(period=period, **more)

    monkeypatch.setattr(snapshots, "compose", broken)
    assert scheduling.tick(at=DUE) == 1
    assert [report.programme for report in BoardReport.objects.all()] == [other]


def test_the_approver_of_the_schedule_is_asked_and_nobody_else(schedule, october, approver):
    people.member(october.programme, Role.APPROVER, "Another approver")
    scheduling.tick(at=DUE)
    held = actions.claim(report_id=BoardReport.objects.get().pk)
    assert held is not None
    actions.finish(held, reports.rendered(), DUE)
    waiting = Mail.objects.filter(key__startswith=MailKind.REPORT_WAITS.value)
    assert [mail.to for mail in waiting] == [approver]


# -- setting it up -----------------------------------------------------------------------------------------------------


def test_nobody_approves_what_is_made_in_their_name(october, office, approver):
    with pytest.raises(Refused, match="somebody else has to approve them"):
        reports.schedule(october, approver, approver)
    with pytest.raises(Refused, match="may not approve reports"):
        reports.schedule(october, office, people.member(october.programme, Role.READER))


def test_the_office_sets_a_schedule_up_sees_its_next_five_dates_and_changes_it(client, october, office, approver):
    empty = markup(client.get(LIST))
    assert faults(empty) == []
    assert "No report is made by itself yet." in empty.words
    form = markup(client.get(f"{LIST}new/"))
    assert faults(form) == []
    plan = {
        "edition": "commissioner",
        "basis": "after_close",
        "working_days": "2",
        "hour": "7",
        "approver": approver.pk,
    }
    wrong = client.post(f"{LIST}new/", plan | {"working_days": "0"})
    assert (wrong.status_code, faults(markup(wrong))) == (422, [])
    assert client.post(f"{LIST}new/", plan | {"told_roles": ["commissioner"]}).headers["Location"] == LIST
    page = markup(client.get(LIST))
    assert faults(page) == []
    assert "The next report is made by itself on 13 November 2026 at 7am, for October 2026." in page.words
    dates = [e.text for e in page.all("th") if e["role"] == "rowheader"]
    assert [text.removeprefix("Made on ") for text in dates] == [
        f"{day} at 7am"
        for day in ("13 November 2026", "14 December 2026", "15 January 2027", "12 February 2027", "12 March 2027")
    ]
    made = ReportSchedule.objects.get()
    assert faults(markup(client.get(f"{LIST}{made.pk}/"))) == []
    client.post(f"{LIST}{made.pk}/", plan | {"working_days": "5", "version": "1"})
    stale = client.post(f"{LIST}{made.pk}/", plan | {"working_days": "6", "version": "1"})
    assert (stale.status_code, faults(markup(stale))) == (409, [])
    assert ReportSchedule.objects.get().working_days == 5
    with pytest.raises(Stale):
        scheduling.change_schedule(schedule=made, wanted=None, version=1, by=office)  # type: ignore[arg-type]


def test_pause_take_up_again_run_now_and_end(client, schedule, october):
    one = f"{LIST}{schedule.pk}/"
    client.post(f"{one}pause/")
    paused = markup(client.get(LIST))
    assert faults(paused) == []
    assert "Paused: nothing is made until you take it up again." in paused.words
    client.post(f"{one}pause/")
    assert "No report is going to be made" not in markup(client.get(LIST)).words
    assert faults(markup(client.get(f"{one}run/"))) == []
    twice = [client.post(f"{one}run/").headers["Location"] for _ in range(2)]
    assert twice == [f"/p/own/reports/{BoardReport.objects.get().pk}/"] * 2
    assert made() == [("September 2026", "full", 1)]
    assert faults(markup(client.get(f"{one}end/"))) == []
    client.post(f"{one}end/")
    assert "No report is made by itself yet." in markup(client.get(LIST)).words
    assert scheduling.tick(at=DUE) == 0
    assert client.get(one).status_code == 404


def test_the_boards_dates_are_added_and_removed(client, october, office):
    wrong = client.post(LIST, {"on_day": "31", "on_month": "2", "on_year": "2027"})
    assert (wrong.status_code, faults(markup(wrong))) == (422, [])
    client.post(LIST, {"on_day": "24", "on_month": "11", "on_year": "2026"})
    page = markup(client.get(LIST))
    assert faults(page) == []
    assert "24 November 2026 Remove" in page.words
    known = october.programme.board_dates.get()
    assert faults(markup(client.get(f"/p/own/reports/board-dates/{known.pk}/remove/"))) == []
    client.post(f"/p/own/reports/board-dates/{known.pk}/remove/")
    assert "No date is known." in markup(client.get(LIST)).words


def test_a_month_whose_window_is_moved_moves_its_date(schedule, october, office):
    days = {"opens_on": october.opens_on, "due_on": october.due_on, "closes_on": date(2026, 11, 20)}
    periods.change_days(period=october, version=october.version, reason="Half-term", by=office, **days)
    assert scheduling.next_for(ReportSchedule.objects.get(), BEGAN)[0].day == date(2026, 11, 24)


def test_the_list_asks_the_database_as_often_for_three_schedules_as_for_one(
    client, schedule, october, approver, django_assert_num_queries
):
    scheduling.change_schedule(
        schedule=schedule, wanted=named(schedule, [approver.pk]), version=1, by=schedule.by, at=BEGAN
    )
    scheduling.tick(at=DUE)
    with django_assert_num_queries(11 + 3):
        client.get(LIST)
    for edition in (Edition.HIGHLIGHT, Edition.COMMISSIONER):
        reports.schedule(october, schedule.by, approver, at=BEGAN, edition=edition, told_people=[approver.pk])
    scheduling.tick(at=DUE)
    with django_assert_num_queries(11 + 3):
        client.get(LIST)


# -- nobody who posts waits --------------------------------------------------------------------------------------------


def test_posting_an_update_asks_nothing_of_the_broker(october, django_capture_on_commit_callbacks):
    """So it cannot wait for one that is dead or silent. Whoever waits for its e-mail is served by the tick."""
    with django_capture_on_commit_callbacks() as asked:
        work.sent_update(work.workstream(october.programme), work.OCTOBER)
    assert asked == []

"""The demo tells the same story on any day: somebody is late, somebody silent, something Red, a month open."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.test import override_settings

from programme.actions import periods
from programme.models import Membership, Person, Programme, User
from programme.periods import add_months, month_to_report, period_days
from programme.refusals import Refused
from programme.roles import Role
from programme.status import Rag
from reporting import actions
from reporting.actions import scheduling
from reporting.dashboard import UpdateState, picture
from reporting.demo import build_demo
from reporting.demo.story import RULE, StoryTime, read, story_time, working_day
from reporting.models import BoardReport, ReportLink
from reporting.months import month_on_show
from thrive import assessed, coverage, map_words
from thrive.models import PrincipleAssessment, Service
from thrive.principles import Verdict
from thrive.the_map import facts, lands_of
from workstreams.actions import updates
from workstreams.asks import lines
from workstreams.models import Ask, Assignment, Decision, Milestone, MonthlyUpdate, Rating, UpdateRevision, Workstream
from workstreams.ratings import three_ratings
from workstreams.sections import Section

DAY = date(2026, 11, 18)
A_MONTH_LATER = date(2026, 12, 16)
State = BoardReport.State


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Both programmes with their PDFs, made once for this file; each test's own writes are rolled back to here."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("reports")),
        transaction.atomic(),
    ):
        build_demo(today=DAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def mid_mersey(demo, db):
    return Programme.objects.get(slug="mid-mersey")


@pytest.fixture
def community(demo, db):
    return Programme.objects.get(slug="community")


def seen(programme, day=DAY):
    shown = month_on_show(programme, day)
    assert shown is not None
    return picture(programme, shown, day)


def account(name):
    return User.objects.get(email=f"{name}@demo.example")


# -- the story ---------------------------------------------------------------------------------------------------------


def test_both_programmes_have_their_workstreams(mid_mersey, community):
    assert mid_mersey.workstreams.count() == 13
    assert community.workstreams.count() == 12
    assert mid_mersey.workstreams.get(slug="mhst-primary").parent.slug == "mhst"
    assert community.workstreams.get(slug="care-processes").predecessor.slug == "cpa-to-cmhf"


def test_there_is_somebody_late_somebody_silent_something_red_and_something_overdue(mid_mersey):
    programme = seen(mid_mersey)

    assert programme.month == date(2026, 10, 1)
    assert {line.slug for line in programme.not_in} == {"access-and-crisis", "data-and-outcomes", "complex-needs-hub"}
    silent = next(line for line in programme.lines if line.slug == "complex-needs-hub")
    assert silent.update_words.endswith("Silent since June 2026")
    assert UpdateState.SENT_LATE in {line.update_state for line in programme.lines}
    ratings = {line.slug: line.rating for line in programme.lines}
    assert [slug for slug, rag in ratings.items() if rag is Rag.RED] == ["neurodevelopmental", "eating-disorders"]
    assert ratings["crisis-line"] is Rag.COMPLETE
    assert [m.workstream for m in programme.milestones_overdue] == [
        "Neurodevelopmental pathway",
        "Workforce and training",
    ]
    assert programme.milestones_next


def test_somebody_waits_for_an_answer_somebody_has_one_and_ratings_differ(mid_mersey):
    asked = Ask.objects.filter(workstream__programme=mid_mersey).with_state().unanswered()
    waiting = {line.ask.workstream.slug: line.days_past for line in lines(asked, DAY)}
    assert waiting == {"workforce": 13, "access-and-crisis": 5, "getting-advice": 0}
    assert Decision.objects.get(ask__workstream__slug="access-and-crisis").decider == "Marguerite Osei"
    three = three_ratings(mid_mersey, datetime(2026, 11, 18, 18, tzinfo=UTC))
    slugs = {each.pk: each.slug for each in mid_mersey.workstreams.all()}
    said = {slugs[key]: (each.declared, each.derived.rating, each.assured) for key, each in three.items()}
    assert said["workforce"] == (Rag.AMBER, Rag.RED, None)
    assert said["access-and-crisis"][:2] == (Rag.NOT_REPORTED, Rag.NOT_REPORTED)
    declared, _, assured = said["getting-advice"]
    assert (declared, assured.rag if assured else None) == (Rag.GREEN, Rag.AMBER)
    assert {slugs[key] for key, each in three.items() if each.unanswered} >= {"access-and-crisis", "getting-advice"}


def test_every_red_says_its_way_back(mid_mersey):
    reds = Rating.objects.filter(workstream__programme=mid_mersey, rating="red", kind="declared")
    assert reds.count() == 7
    assert all(red.path_action and red.path_by and red.path_owner_name for red in reds)


def test_a_date_that_moved_three_times_keeps_its_baseline(mid_mersey):
    moved = Milestone.objects.get(workstream__slug="eating-disorders", version=4)

    statements = moved.dates.values_list("statement", "words")

    assert list(statements) == [
        ("baseline", "August 2026"),
        ("forecast", "October 2026"),
        ("forecast", "January 2027"),
        ("forecast", "April 2027"),
    ]
    assert all(stated.reason for stated in moved.dates.filter(statement="forecast"))


def test_documented_months_are_history_and_were_rated_by_nobody(mid_mersey):
    documented = MonthlyUpdate.objects.filter(workstream__slug="access-and-crisis", is_example=False)

    months = documented.order_by("period__month").values_list("period__month", "period__kind")
    assert [f"{month:%Y-%m}" for month, _ in months] == [
        "2022-08", "2022-09", "2022-10", "2022-11", "2023-01", "2023-03", "2023-05", "2023-09"
    ]  # fmt: skip
    assert {kind for _, kind in months} == {"history"}
    assert not Rating.objects.filter(revision__update__in=documented).exists()
    assert not MonthlyUpdate.objects.filter(period__kind="ordinary", is_example=False).exists()


def test_no_month_without_a_period_lies_between_the_first_example_and_now(mid_mersey):
    months = list(mid_mersey.periods.ordinary().order_by("month").values_list("month", flat=True))

    assert months == [add_months(date(2025, 10, 1), ahead) for ahead in range(17)]
    assert not mid_mersey.periods.filter(month__gt=date(2023, 9, 1), month__lt=months[0]).exists()
    open_now = mid_mersey.periods.ordinary().filter(closed_at=None, opens_on__lte=DAY).values_list("month", flat=True)
    assert sorted(open_now) == [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]


# -- the people --------------------------------------------------------------------------------------------------------


def test_everybody_is_invented(mid_mersey):
    told = read("people")
    assert set(Person.objects.values_list("name", flat=True)) == {person["name"] for person in told["people"]}
    assert User.objects.count() == User.objects.filter(is_demo=True, email__endswith="@demo.example").count() == 13


def test_each_role_can_sign_in_and_has_its_rights(mid_mersey, community):
    held = {
        programme.slug: set(Membership.objects.filter(programme=programme).values_list("role", flat=True))
        for programme in (mid_mersey, community)
    }
    only_mid_mersey = {Role.MAPPER, Role.FACILITATOR, Role.PARTICIPATION}
    assert held == {"mid-mersey": set(Role), "community": set(Role) - only_mid_mersey}
    assert all(user.check_password("demo-programme") for user in User.objects.all()[:2])
    for name in ("lead", "deputy", "sponsor"):
        assert not account(name).memberships.exists()
        assert Assignment.objects.in_force(DAY).filter(person=account(name).person, role=name).exists()


def test_the_lead_has_a_month_that_is_late_and_a_month_that_is_open_to_post(mid_mersey):
    lead = account("lead")
    workstream = Workstream.objects.led_by(lead, DAY).get()
    due = mid_mersey.periods.get(month=date(2026, 10, 1))
    current = mid_mersey.periods.get(month=month_to_report(DAY, periods.rule_of(mid_mersey)))

    assert (current.month, due.due_on) == (date(2026, 11, 1), date(2026, 11, 6))
    for period in (due, current):
        assert not workstream.updates.filter(period=period).exists()
        sent = updates.send(
            workstream=workstream,
            period=period,
            items={Section.PROGRESS: ["The team moved in."]},
            rating=Rag.GREEN,
            reason="",
            by=lead,
        )
        assert sent.number == 1


# -- the reports -------------------------------------------------------------------------------------------------------


def test_reports_stand_where_readers_need_them(mid_mersey, community):
    stands = {
        programme.slug: list(
            programme.reports.order_by("period__month", "edition", "version").values_list(
                "period__month", "edition", "state"
            )
        )
        for programme in (mid_mersey, community)
    }

    assert stands == {
        "mid-mersey": [
            (date(2026, 8, 1), "full", State.PUBLISHED),
            (date(2026, 9, 1), "commissioner", State.PUBLISHED),
            (date(2026, 9, 1), "full", State.PUBLISHED),
            (date(2026, 9, 1), "young_people", State.PUBLISHED),
            (date(2026, 10, 1), "commissioner", State.DRAFT),
            (date(2026, 10, 1), "full", State.DRAFT),
        ],
        "community": [
            (date(2026, 9, 1), "full", State.SUPERSEDED),
            (date(2026, 9, 1), "full", State.PUBLISHED),
        ],
    }
    for report in BoardReport.objects.all():
        assert actions.file_of(report).startswith(b"%PDF")
    for report in BoardReport.objects.published():
        assert (report.built_by, report.approved_by, report.published_by) == (
            account("office"), account("approver"), account("office")
        )  # fmt: skip
    in_order = BoardReport.objects.published().filter(
        requested_at__lte=F("built_at"), built_at__lt=F("approved_at"), approved_at__lt=F("published_at")
    )
    assert in_order.count() == 5


def test_two_schedules_run_the_boards_dates_are_known_and_somebody_has_a_link(mid_mersey):
    evening = datetime(2026, 11, 18, 18, tzinfo=UTC)
    first, second = mid_mersey.report_schedules.all()
    assert [len(scheduling.next_for(each, evening)) for each in (first, second)] == [5, 3]
    assert scheduling.tick(at=evening) == 0
    [link] = ReportLink.objects.all()
    assert link.is_open(evening)
    assert link.report == mid_mersey.reports.published().get(edition="commissioner")


def test_a_report_of_the_past_knows_nothing_of_what_came_later(mid_mersey):
    then = mid_mersey.reports.get(period__month=date(2026, 8, 1), edition="full").snapshot.content
    now = mid_mersey.reports.get(period__month=date(2026, 10, 1), edition="full").snapshot.content

    def eating_disorders(content):
        workstream = next(w for w in content["workstreams"] if w["slug"] == "eating-disorders")
        own = (m["movement"] for m in content["milestones"] if m["workstream"] == "eating-disorders")
        return workstream["rating"], [movement for movement in own if movement.startswith("Moved")]

    assert then["as_at"] == "2026-09-11T10:15:00+01:00"
    assert eating_disorders(then) == ("amber", ["Moved twice: was August 2026, now 153 days later"])
    assert eating_disorders(now)[0] == "red"
    assert eating_disorders(now)[1][0].startswith("Moved 3 times")


# -- day after day -----------------------------------------------------------------------------------------------------


def rows():
    ours = [apps.get_app_config(label) for label in ("programme", "workstreams", "thrive", "maturity", "reporting")]
    return {model: model._base_manager.count() for app in ours for model in app.get_models()}


def test_the_next_start_of_the_same_day_does_nothing_and_is_quick(mid_mersey, django_assert_max_num_queries):
    before = rows()

    with django_assert_max_num_queries(65):
        build_demo(today=DAY)

    assert rows() == before


def test_a_month_later_the_month_is_told_and_what_was_sent_or_typed_stays(mid_mersey):
    sent_before = set(UpdateRevision.objects.values_list("pk", "by_name", "at"))
    office_report = mid_mersey.reports.get(state=State.DRAFT, edition="full")
    typed = half_typed(mid_mersey.workstreams.get(slug="complex-needs-hub"), date(2026, 10, 1))

    build_demo(today=A_MONTH_LATER)

    assert sent_before <= set(UpdateRevision.objects.values_list("pk", "by_name", "at"))
    programme = seen(mid_mersey, A_MONTH_LATER)
    assert programme.month == date(2026, 11, 1)
    assert {line.slug for line in programme.not_in} == {"access-and-crisis", "data-and-outcomes", "complex-needs-hub"}
    assert Rag.RED in {line.rating for line in programme.lines}
    filled = UpdateRevision.objects.get(
        update__workstream__slug="access-and-crisis", update__period__month=date(2026, 10, 1)
    )
    assert (filled.at.date(), filled.by) == (date(2026, 12, 2), account("lead"))
    assert {p.month for p in mid_mersey.periods.ordinary().filter(closed_at=None, opens_on__lte=A_MONTH_LATER)} == {
        date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
    }  # fmt: skip
    typed.refresh_from_db()
    assert (typed.sections, typed.update.revisions.count()) == ({"progress": "Half a sentence"}, 0)
    office_report.refresh_from_db()
    assert office_report.state == State.PUBLISHED
    assert mid_mersey.reports.get(state=State.DRAFT, edition="full").period.month == date(2026, 11, 1)
    assert no_workstream_repeats_itself(mid_mersey)


def half_typed(workstream, month):
    """What somebody trying the demo began to write and did not send."""
    period = workstream.programme.periods.get(month=month)
    words = updates.DraftWords(sections={"progress": "Half a sentence"})
    return updates.save_draft(workstream=workstream, period=period, words=words, version=0, by=account("office"))


def no_workstream_repeats_itself(programme):
    """Whether the words of each sent month differ from those of the month sent before."""
    for workstream in programme.workstreams.all():
        sent = UpdateRevision.objects.filter(update__workstream=workstream).order_by("update__period__month")
        words = [[item.text for item in revision.items.all()] for revision in sent.prefetch_related("items")]
        if any(earlier == later for earlier, later in pairwise(words)):
            return False
    return True


# -- the calendar, without a database ----------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)], ids=str)
def test_on_every_day_a_period_is_open_and_the_story_stands_after_the_newest_month_due(start):
    for day in (start + timedelta(days=n) for n in range(366)):
        story = story_time(working_day(day, 1, 18).replace(year=day.year, month=day.month, day=day.day))
        newest_due = add_months(story.month, -1)
        assert period_days(newest_due, RULE).due_on < day <= period_days(story.month, RULE).due_on
        current = period_days(month_to_report(day, RULE), RULE)
        assert current.opens_on <= day <= current.closes_on


def test_relative_words_are_written_out():
    story = StoryTime(working_day(date(2026, 11, 1), 10, 18), date(2026, 11, 1))

    assert story.words("{month:+2} onwards") == "January 2027 onwards"
    assert story.words("{day:+20}") == "3 December 2026"
    assert story.words("{season:+1} to {season:+2}") == "Winter 2026 to 2027 to Spring 2027"
    in_january = StoryTime(working_day(date(2027, 1, 1), 10, 18), date(2027, 1, 1))
    assert in_january.words("{season:+0}, {season:+1}") == "Winter 2026 to 2027, Spring 2027"
    with pytest.raises(ValueError, match="cannot be read"):
        story.window("some day")


# -- the command and the closing ---------------------------------------------------------------------------------------


def test_production_refuses_the_demo(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not put into production"):
        call_command("build_demo", stdout=StringIO())


def test_a_month_is_closed_once_and_history_says_by_whom(mid_mersey):
    period = mid_mersey.periods.get(month=date(2026, 10, 1))

    period = periods.close(period=period, by=account("office"))

    event = apps.get_model("programme.ReportingPeriodEvent")._base_manager.filter(pgh_obj=period).order_by("pk").last()
    assert period.closed_at is not None
    told = {"user": account("office").pk, "action": "Closed the month", "at": period.closed_at.isoformat()}
    assert event.pgh_context.metadata == told
    with pytest.raises(Refused, match="October 2026 is already closed"):
        periods.close(period=period, by=account("office"))


def test_the_map_shows_every_state_there_is_and_says_that_its_services_are_examples(mid_mersey, community):
    lands = lands_of(mid_mersey)
    found = facts(lands.area, lands.around(lands.own))
    names = {place.pk: place.name for place in lands.own}
    cells = [cell for place in lands.main for cell in map_words.matrix(found, place.pk, names).cells]
    assert len(cells) == 4 * 25
    assert {cell.state for cell in cells} == set(coverage.State)
    assert set(Service.objects.values_list("is_example", flat=True)) == {True}
    assert Service.objects.of_programme(community).count() == Service.objects.of_programme(mid_mersey).count()


def test_two_raters_hold_the_system_against_the_principles_twice_and_differ(mid_mersey, community):
    [series] = assessed.series(assessed.assessed(PrincipleAssessment.objects.all().of_programme(mid_mersey)))
    both = (series.baseline, *series.follow_ups)
    assert [(each.assessment.kind, each.assessment.is_example, len(each.raters)) for each in both] == [
        ("Baseline", True, 2), ("Follow-up", True, 2),
    ]  # fmt: skip
    assert not any(each.is_open for each in both)
    assert {verdict.verdict for verdict in series.latest.standings} >= {Verdict.LIKE, Verdict.SPLIT, Verdict.NOT_YET}
    assert any("Now THRIVE-like" in row.words for row in series.compared)

"""What the database itself refuses, tried as the application's own role: nobody rewrites what was said and done.

The application connects as a role that cannot change a protected row, cannot switch the triggers off, and cannot
write a row of history without saying who, what and why.
"""

from datetime import UTC, date, datetime

import pghistory.models
import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, migrations, transaction
from django.db.migrations.loader import MigrationLoader
from psycopg import errors

from programme.actions import invitations, mail, notifications, periods, programmes, roles
from programme.history import recorded
from programme.mail_kinds import MailKind
from programme.models import MailAttempt, Membership, Organisation, Person, Place, ReportingPeriod, RoleViewing
from programme.protection import RevokeChanges
from programme.refusals import Refused
from programme.roles import Role
from programme.status import Rag
from reporting import actions, pdf
from reporting.actions import reading, scheduling
from reporting.models import BoardReport, Download, Snapshot
from tests.factories import (
    closing,
    filling,
    gates,
    groups,
    heard,
    mapped,
    matured,
    money,
    pages,
    people,
    principled,
    reports,
    work,
)
from thrive.maturity.models import Consensus, Crosswalk, Domain, Element, Framework, Kloe, Level, Score, TakenForward
from thrive.models import MapImport, PrincipleAnswer, PrincipleItem, PrincipleSet
from workstreams.actions import (
    asks,
    assuring,
    baselines,
    handover,
    milestones,
    pilots,
    plain,
    registers,
    reminding,
    thresholds,
    updates,
)
from workstreams.actions import closing as closing_actions
from workstreams.actions import workstreams as work_actions
from workstreams.changes import Outcome
from workstreams.models import (
    Ask,
    AskEvent,
    BaselineDecision,
    BaselineRequest,
    ClosingStep,
    GateDate,
    GateOutcome,
    HandoverNote,
    Milestone,
    MilestoneDate,
    MilestoneRehoming,
    MonthlyUpdate,
    PhaseDate,
    PlainPage,
    PromiseOutcome,
    Rating,
    RatingAnswer,
    RatingQuestion,
    Reminder,
    RiskScore,
    StaffPageStep,
    StaffPageVersion,
    SustainmentAnswer,
    UpdateEvent,
    UpdateItem,
    UpdateRevision,
    VoiceStep,
    WorkstreamStatus,
)

pytestmark = pytest.mark.django_db

# What is only ever added to, by its nature: words sent, dates stated, judgements, events, statuses, frozen figures.
APPEND_ONLY = (
    UpdateRevision, UpdateItem, UpdateEvent, PromiseOutcome, Rating, RatingQuestion, RatingAnswer, Ask, AskEvent,
    MilestoneDate, PhaseDate, WorkstreamStatus, HandoverNote, Snapshot, Download, MailAttempt, Reminder, RoleViewing,
    BaselineRequest, BaselineDecision, ClosingStep, SustainmentAnswer, MilestoneRehoming,
    VoiceStep, PlainPage, StaffPageVersion, StaffPageStep,
    Framework, Level, Domain, Element, Kloe, Crosswalk, Score, Consensus, TakenForward,
    PrincipleSet, PrincipleItem, PrincipleAnswer,
    RiskScore, GateDate, GateOutcome,
)  # fmt: skip
CONTEXT = "pghistory_context"


def revoked() -> dict[str, bool]:
    """Tables the migrations take rights on away, and whether inserting is among them."""
    found: dict[str, bool] = {}
    for migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values():
        for operation in migration.operations:
            if isinstance(operation, RevokeChanges):
                found |= dict.fromkeys(operation.tables, operation.insert)
    return found


PROTECTED = sorted(revoked())


def history_models():
    return [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]


def refusal(statement: str) -> type[BaseException] | None:
    """How PostgreSQL answered a statement: its own error, or None where it did as it was told."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return type(error.__cause__ or error)
    return None


@pytest.fixture
def programme(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.MEDIA_ROOT = tmp_path
    return work.programme("Own")


@pytest.fixture
def filled(programme):
    """At least one row in every protected table."""
    office, approver = people.member(programme, Role.OFFICE), people.member(programme, Role.APPROVER)
    with recorded(by=None, action="Added partners"):
        partner = Organisation.objects.create(name="Harbour Trust")
        place = Place.objects.create(name="Harbour")
    programmes.edit(
        programme=programme, version=1, mandate="Help sooner", scope="", governance="", partners=[partner],
        places=[place], by=office,
    )  # fmt: skip
    workstream = work.workstream(programme, "Crisis care")
    work_actions.add_objective(workstream=workstream, number=1, text="Answer at night", by=office)
    milestones.add_phase(workstream=workstream, name="Begin", order=1, window=work.said("Spring 2027"), by=office)
    moved = work.milestone(workstream, when="December 2026", moved_to=["March 2027"])
    again = baselines.ask(milestone=moved, when=work.said("April 2027"), reason="Grew", version=2, by=office)
    baselines.agree(request=again, version=2, by=approver)
    with recorded(by=office, action="Said where the milestone counts"):
        moved.places.add(place)
    dates = pilots.PilotDates(*(work.said(f"{month} 2027") for month in ("January", "February", "March")))
    pilots.plan(workstream=workstream, name="Text line", dates=dates, by=office)
    sent = work.sent_update(workstream, work.SEPTEMBER)
    keep_promise(sent)
    fill_registers(programme, workstream, office)
    assurer = people.member(programme, Role.ASSURER)
    given = assuring.assure(update=sent.update, rating=Rag.AMBER, reason="Two posts are vacant", by=assurer)
    assuring.answer(question=given.questions.get(), text="They start on Monday", by=work.lead_of(workstream))
    money.line(workstream)
    map_something(place, office)
    matured.everything(programme, place, by=office)
    plain.save(workstream=workstream, texts={"doing": "We open at night."}, version=0, by=office)
    pages.published(programme, workstream, by=office)
    heard.step(heard.voice(programme, workstream=workstream))
    gates.conditional(programme)
    report = reports.published(work.period(programme, work.SEPTEMBER), office, approver)
    actions.record_download(report=report, user=office)
    reading.make_link(report=report, for_whom="The council", days=30, by=office, inside=True)
    reports.schedule(report.period, office, approver)
    scheduling.add_board_date(programme=programme, on=work.TODAY, by=office)
    notifications.choose(user=office, off=[MailKind.SOON])
    notifications.take_leave(user=office, since=work.TODAY, until=work.TODAY, today=work.TODAY)
    silent = work.workstream(programme, "Silent")
    reminding.chase(period=work.period(programme, work.OCTOBER), by=office)
    mail.deliver_waiting()
    fill_closing(silent, workstream, by=approver)
    roles.view_as(programme=programme, role="reader", began=True, by=office)
    invitations.invite(programme=programme, person=people.person(), email="new@example.org", by=office)
    return programme


def map_something(place, by) -> None:
    team = mapped.service("Night team", place, by=by)
    mapped.row(team, place, "help", 11, 16, by=by)
    mapped.none(place, "risk_support", 16, 18, by=by)
    gap = filling.gap(place, grouping="risk_support", ages=mapped.ages(16, 18))
    filling.target(place)
    filling.work_for(filling.recommendation(place, gap))
    principled.series(place, by=by)
    with recorded(by=by, action="Brought in a spreadsheet"):
        MapImport.objects.create(
            programme=place.programmes.get(), source="map.xlsx", at=datetime(2026, 11, 3, tzinfo=UTC)
        )


def fill_closing(workstream, target, by) -> None:
    left = work.milestone(workstream, when="December 2026")
    step = closing.closed(
        workstream, by=by,
        answers={f"milestone-{left.pk}-fate": "move", f"milestone-{left.pk}-target": target.pk},
    )  # fmt: skip
    closing_actions.answer_check(
        pack=step.pack, months=3, held="held", words="It runs", evidence="The report", number=0, by=by
    )


def keep_promise(sent) -> None:
    promise = sent.items.get(section="next_steps")
    workstream = sent.update.workstream
    updates.send(
        workstream=workstream, period=work.period(workstream.programme, work.OCTOBER), items=work.WORDS,
        rating=Rag.GREEN, reason="", by=work.lead_of(workstream),
        promises=[updates.PromiseAnswer(promise.pk, Outcome.DONE)],
    )  # fmt: skip


def fill_registers(programme, workstream, by) -> None:
    handover.leave_note(workstream=workstream, text="Ring the ward first", by=by)
    asked = work.ask(workstream)
    asks.answer(ask=asked, kind="yes", sentence="From the reserve", day=work.TODAY, version=1, by=by)
    risk = work.risk(workstream)
    work.issue(workstream)
    registers.add_action(programme=programme, workstream=workstream, text="Ring round", source=risk, by=by)
    groups.meeting(groups.group(programme, workstream=workstream), by=by)
    groups.link(workstream)
    groups.question(workstream)
    thresholds.change(programme=programme, version=0, amber_moves=3, by=by)


# -- the list itself ---------------------------------------------------------------------------------------------------


def test_every_table_of_history_is_protected():
    tables = {model._meta.db_table for model in history_models()}
    trails = {"workstreams_updateevent", "workstreams_askevent"}
    assert tables == {table for table in PROTECTED if table.endswith("event") and table not in trails}


def test_every_model_that_keeps_no_history_of_changes_is_append_only_or_meant_to_change():
    """A new model has to be tracked, protected, or named here as something whose changes are nobody's business."""
    ours = [
        model
        for model in apps.get_models()
        if model._meta.app_label in {"programme", "workstreams", "thrive", "maturity", "reporting"}
    ]
    tracked = {model.pgh_tracked_model for model in history_models()}
    protected = {model for model in ours if model._meta.db_table in PROTECTED}
    untracked = {model.__name__ for model in ours if model not in tracked | protected}
    meant_to_change = {"ClosingPack", "ImportReview", "Mail", "MapSheet", "PlanSheet", "ScheduledRun", "UpdateDraft"}
    assert untracked == meant_to_change
    assert {model._meta.db_table for model in APPEND_ONLY} | {CONTEXT} == {
        table for table in PROTECTED if table not in {m._meta.db_table for m in history_models()}
    }


# -- rows --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", PROTECTED)
@pytest.mark.parametrize("ignoring", [False, True], ids=["plainly", "with triggers ignored"])
def test_a_protected_row_is_never_changed_deleted_or_emptied(filled, table, ignoring):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        before = cursor.fetchone()[0]
        cursor.execute(f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum = 1")
        key = cursor.fetchone()[0]
        if ignoring:
            triggers = ",".join(f"programme.{name}:all" for name in ("User", "Programme"))
            cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{triggers},{table}:all}}"])
    assert before > 0 or table == "programme_importbatchevent", "refusing to change nothing would prove nothing"
    tried = {
        "UPDATE": refusal(f"UPDATE {table} SET {key} = {key}"),
        "UPDATE through ONLY": refusal(f"UPDATE ONLY {table} SET {key} = {key}"),
        "SELECT FOR UPDATE": refusal(f"SELECT * FROM {table} FOR UPDATE"),
        "DELETE": refusal(f"DELETE FROM {table}"),
        "TRUNCATE": refusal(f"TRUNCATE {table} CASCADE"),
        "MERGE": refusal(f"MERGE INTO {table} t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE"),
    }
    assert tried == dict.fromkeys(tried, errors.InsufficientPrivilege)


@pytest.mark.parametrize("table", PROTECTED)
def test_the_tables_themselves_belong_to_the_owner(filled, table):
    tried = {
        statement: refusal(statement)
        for statement in (
            f"ALTER TABLE {table} ADD COLUMN sneaked_in integer",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"ALTER TABLE {table} DISABLE TRIGGER USER",
            f"ALTER TABLE {table} RENAME TO gone",
            f"ALTER TABLE {table} OWNER TO {settings.DATABASE_APP_ROLE}",
            f"CREATE TRIGGER sneaked_in BEFORE INSERT ON {table} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            f"CREATE RULE sneaked_in AS ON INSERT TO {table} DO INSTEAD NOTHING",
            f"DROP TABLE {table} CASCADE",
        )
    }
    assert tried == dict.fromkeys(tried, errors.InsufficientPrivilege)


def test_a_right_that_was_taken_away_cannot_be_given_back_by_the_application():
    """PostgreSQL answers such a grant with a warning; what counts is that nothing was given."""
    with connection.cursor() as cursor:
        for table in PROTECTED:
            refusal(f"GRANT ALL ON {table} TO {settings.DATABASE_APP_ROLE}")
            cursor.execute(
                "SELECT has_table_privilege(%s, %s, 'UPDATE') OR has_table_privilege(%s, %s, 'DELETE')"
                " OR has_table_privilege(%s, %s, 'TRUNCATE')",
                [settings.DATABASE_APP_ROLE, table] * 3,
            )
            assert (table, cursor.fetchone()[0]) == (table, False)


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "SELECT set_config('session_replication_role', 'replica', false)",
        "SET ROLE tracker_owner",
        "SET SESSION AUTHORIZATION tracker_owner",
        "ALTER FUNCTION _pgh_attach_context() SECURITY INVOKER",
        "DROP FUNCTION refuse_revision_of_closed_month() CASCADE",
        "CREATE FUNCTION public._pgh_attach_context() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "COPY programme_programme TO PROGRAM 'cat'",
    ],
)
def test_the_session_cannot_be_put_above_the_rules(statement):
    assert refusal(statement) is errors.InsufficientPrivilege


def test_the_application_is_an_ordinary_role_that_is_a_member_of_nothing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,"
            " (SELECT count(*) FROM pg_auth_members WHERE member = pg_roles.oid) FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False, False, 0)


# -- who, what and why -------------------------------------------------------------------------------------------------


def test_who_and_why_cannot_be_written_by_hand(filled):
    row = "(id, created_at, updated_at, metadata) VALUES (gen_random_uuid(), now(), now(), '{}')"
    assert refusal(f"INSERT INTO {CONTEXT} {row}") is errors.InsufficientPrivilege


def test_a_row_of_history_cannot_be_invented_without_a_context():
    statement = (
        "INSERT INTO programme_personevent (pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id, id, name, aliases)"
        " VALUES (now(), 'insert', 1, NULL, 1, 'Nobody', '{}')"
    )
    assert refusal(statement) is errors.NotNullViolation


def write_person() -> None:
    Person.objects.create(name="Nobody asked")


def change_in_bulk() -> None:
    ReportingPeriod.objects.update(closes_on=date(2027, 12, 31))


def delete_a_role() -> None:
    Membership.objects.all().delete()


def change_in_sql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programme_programme SET mandate = 'mine'")


@pytest.mark.parametrize("write", [write_person, change_in_bulk, delete_a_role, change_in_sql])
def test_a_write_without_saying_who_and_why_fails(filled, write):
    with connection.cursor() as cursor:  # as in a transaction of its own: what was said before is forgotten
        cursor.execute(
            "SELECT set_config('pghistory.context_id', '', true), set_config('pghistory.context_metadata', '', true)"
        )
    with pytest.raises(IntegrityError, match="pgh_context_id"), transaction.atomic():
        write()


def history(model, **kept) -> list[tuple[str, object, str, str]]:
    """The history of a row: what happened, who did it, what they were doing, and why."""
    events = model.history.rel.related_model.objects.filter(**kept).order_by("pgh_id")
    return [
        (event.pgh_label, data["user"], data["action"], data.get("reason", ""))
        for event in events.select_related("pgh_context")
        if (data := event.pgh_context.metadata) is not None
    ]


def test_a_milestones_history_says_who_what_and_why(programme):
    workstream = work.workstream(programme)
    lead = work.lead_of(workstream)
    made = work.milestone(workstream, when="December 2026", moved_to=["March 2027"])
    milestones.complete(milestone=made, when=work.said("1 November 2026"), version=2, by=lead, note="Signed off")
    assert history(Milestone, pgh_obj=made.pk) == [
        ("insert", lead.pk, "Added the milestone", ""),
        ("update", lead.pk, "Moved the milestone", "The supplier is late"),
        ("update", lead.pk, "Recorded the milestone as done", "Signed off"),
    ]


def test_a_reports_history_says_who_what_and_why(programme):
    office, approver = people.member(programme, Role.OFFICE), people.member(programme, Role.APPROVER)
    made = reports.failed(work.period(programme, work.SEPTEMBER), office)
    actions.retry(report=made, by=office)
    held = actions.claim(report_id=made.pk)
    assert held is not None
    actions.finish(held, pdf.RenderedPdf(reports.TINY_PDF, "0" * 64, pages=1), reports.WHEN)
    actions.approve(report=made, by=approver)
    actions.publish(report=made, by=office)
    assert history(BoardReport, pgh_obj=made.pk) == [
        ("insert", office.pk, "Asked for the board report", ""),
        ("update", None, "Began building the report", ""),
        ("update", None, "The report could not be built", "The report took longer than 120 seconds to draw."),
        ("update", office.pk, "Asked to build the report again", ""),
        ("update", None, "Began building the report", ""),
        ("update", None, "Built the report", ""),
        ("update", approver.pk, "Approved the report", ""),
        ("update", office.pk, "Published the report", ""),
    ]


def test_the_history_of_roles_months_and_pages_says_who_did_it(programme):
    office = people.member(programme, Role.OFFICE)
    reader = people.user()
    given = programmes.give_role(programme=programme, user=reader, role=Role.READER, since=work.TODAY, by=office)
    assert history(Membership, pgh_obj=given.pk) == [("insert", office.pk, "Gave the role Reader", "")]
    month = work.period(programme, work.SEPTEMBER)
    periods.close(period=month, by=office)
    assert history(type(month), pgh_obj=month.pk)[-1] == ("update", office.pk, "Closed the month", "")
    programmes.edit(
        programme=programme, version=1, mandate="New", scope="", governance="", partners=[], places=[], by=office
    )
    assert history(type(programme), pgh_obj=programme.pk)[-1] == (
        "update", office.pk, "Changed the programme's page", "",
    )  # fmt: skip


def test_a_change_made_on_a_page_is_recorded_as_its_action_and_not_as_its_address(programme, client):
    workstream = work.workstream(programme, "Crisis care")
    lead = work.lead_of(workstream)
    made = work.milestone(workstream, when="December 2026")
    client.force_login(lead)
    typed = {"version": 1, "when": "March 2027", "reason": "The supplier is late"}
    client.post(f"/p/own/workstreams/crisis-care/plan/{made.pk}/date/", typed)
    assert history(Milestone, pgh_obj=made.pk)[-1] == (
        "update", lead.pk, "Moved the milestone", "The supplier is late",
    )  # fmt: skip


def test_history_keeps_neither_passwords_nor_half_typed_words():
    tables = {model._meta.db_table: {f.name for f in model._meta.get_fields()} for model in history_models()}
    assert {"password", "last_login"} & tables["programme_userevent"] == set()
    assert "workstreams_updatedraftevent" not in tables


# -- closed months and published reports -------------------------------------------------------------------------------


def late_revision(update: MonthlyUpdate, kind: str, reason: str) -> UpdateRevision:
    with transaction.atomic():
        return UpdateRevision.objects.create(
            update=update, number=update.next_number(), kind=kind, reason=reason, at=datetime.now(tz=UTC)
        )


def test_a_closed_month_takes_corrections_and_nothing_else(programme):
    workstream = work.workstream(programme)
    update = work.sent_update(workstream, work.SEPTEMBER).update
    periods.close(period=update.period, by=None)
    with pytest.raises(IntegrityError, match="The month is closed: only a correction can be added"):
        late_revision(update, "ordinary", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{workstreams.UpdateRevision:all}', true)")
    with pytest.raises(IntegrityError, match="The month is closed"):
        late_revision(update, "ordinary", "")
    with pytest.raises(IntegrityError, match="correction_says_why"):
        late_revision(update, "correction", "")
    assert late_revision(update, "correction", "The number of nurses was wrong").number == 2


def test_a_closed_month_is_refused_by_the_actions_too_in_words(programme):
    workstream = work.workstream(programme)
    month = work.period(programme, work.OCTOBER)
    periods.close(period=month, by=None)
    with pytest.raises(Refused, match=r"October 2026 is closed. Ask the programme office for a correction."):
        work.sent_update(workstream, work.OCTOBER)


def test_a_published_report_is_neither_changed_nor_deleted(programme):
    office, approver = people.member(programme, Role.OFFICE), people.member(programme, Role.APPROVER)
    made = reports.published(work.period(programme, work.SEPTEMBER), office, approver)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{reporting.BoardReport:all}', true)")
    words = "A published board report is never changed or deleted"
    with recorded(by=office, action="Tried"):
        ended = ("state", "'withdrawn', end_reason = 'Wrong', ended_at = now(), pages = 99")
        for column, value in (("state", "'draft'"), ("file", "'other.pdf'"), ("sha256", "repeat('0', 64)"), ended):
            with pytest.raises(IntegrityError, match=words), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE reporting_boardreport SET {column} = {value} WHERE id = %s", [made.pk])
        with pytest.raises(IntegrityError, match=words), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM reporting_boardreport WHERE id = %s", [made.pk])
    assert refusal("TRUNCATE reporting_boardreport CASCADE") is errors.InsufficientPrivilege
    assert BoardReport.objects.get(pk=made.pk).state == "published"


def test_a_published_report_ends_once_and_nothing_of_it_comes_back(programme):
    office, approver = people.member(programme, Role.OFFICE), people.member(programme, Role.APPROVER)
    made = reports.withdrawn(work.period(programme, work.SEPTEMBER), office, approver)
    with recorded(by=office, action="Tried"):
        for state in ("published", "superseded", "draft"):
            with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
                BoardReport.objects.filter(pk=made.pk).update(state=state)
        with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
            BoardReport.objects.filter(pk=made.pk).update(end_reason="Another reason")


def test_the_database_refuses_an_approval_by_the_reports_own_builder(programme):
    office = people.member(programme, Role.OFFICE)
    made = reports.draft(work.period(programme, work.SEPTEMBER), office)
    with (
        pytest.raises(IntegrityError, match="report_not_approved_by_its_builder"),
        transaction.atomic(),
        recorded(by=office, action="Tried"),
    ):
        BoardReport.objects.filter(pk=made.pk).update(
            state="approved", approved_by=office, approved_at=datetime.now(tz=UTC)
        )


def test_an_update_that_is_sent_again_is_a_second_revision_beside_the_first(programme):
    workstream = work.workstream(programme)
    first = work.sent_update(workstream, work.OCTOBER, at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    lead = work.lead_of(workstream)
    updates.recall(update=first.update, by=lead)
    second = work.sent_update(workstream, work.OCTOBER, rating=Rag.AMBER, at=datetime(2026, 11, 5, 9, tzinfo=UTC))
    assert [(r.number, r.ratings.get().rating) for r in second.update.revisions.all()] == [(1, "green"), (2, "amber")]
    assert [item.text for item in first.items.all()] == [text for texts in work.WORDS.values() for text in texts]


def test_no_migration_gives_back_what_another_takes_away():
    """A later migration that grants changes on a protected table would undo the promise without a test failing."""
    words = [
        str(operation.sql)
        for migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
        for operation in migration.operations
        if isinstance(operation, migrations.RunSQL)
    ]
    assert [text for text in words if "GRANT" in text.upper() and any(table in text for table in PROTECTED)] == []

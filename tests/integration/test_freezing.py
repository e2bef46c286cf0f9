"""A frozen month cannot be changed by anyone: not through the product's actions, not as its own role in SQL.

The triggers are plain ones of the owner's, so that nothing a session can set makes them stand aside.
"""

from __future__ import annotations

import re
import threading
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from psycopg import errors

from programme.actions import periods
from programme.history import recorded
from programme.refusals import Refused
from programme.roles import Role
from programme.status import Rag
from reporting import actions
from reporting.models import Snapshot
from tests.factories import people, work
from workstreams import narrative
from workstreams.actions import office, updates
from workstreams.actions.importing import import_page
from workstreams.actions.undoing import undo_import
from workstreams.models import MonthlyUpdate, Rating, UpdateDraft, UpdateEvent, UpdateItem, UpdateRevision

if TYPE_CHECKING:
    from programme.models import ReportingPeriod

AUGUST = date(2026, 8, 1)
WORDS = "September 2026 is frozen. Nothing in it can be changed"

CLOSED = "The month is closed"  # every frozen month is, and some of the triggers of closed months come first


@pytest.fixture
def told(db, monkeypatch, settings, tmp_path):
    """September: sent by one, begun by a second, nothing from two others; October is open."""
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.MEDIA_ROOT = tmp_path
    programme = work.programme("Own")
    sent, begun = work.workstream(programme, "Crisis care"), work.workstream(programme, "Waiting lists")
    work.workstream(programme, "Schools")
    work.sent_update(sent, work.SEPTEMBER, rating=Rag.AMBER)
    work.sent_update(work.workstream(programme, "Housing"), AUGUST)
    work.draft(begun, work.SEPTEMBER)
    return programme


@pytest.fixture
def frozen(told) -> ReportingPeriod:
    account = people.member(told, Role.OFFICE, "Grace Office")
    month = work.period(told, work.SEPTEMBER)
    periods.close(period=month, by=account, note="Two will send in October")
    actions.freeze_month(period=month, by=account)
    return work.period(told, work.SEPTEMBER)


def september(name: str = "Crisis care") -> MonthlyUpdate:
    return MonthlyUpdate.objects.get(workstream__name=name, period__month=work.SEPTEMBER)


def refusal(statement: str, *before: str) -> tuple[type[BaseException] | None, str]:
    """How PostgreSQL answered, and its words."""
    try:
        with transaction.atomic(), recorded(by=None, action="Tried"), connection.cursor() as cursor:
            for each in before:
                cursor.execute(each)
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return type(error.__cause__ or error), str(error)
    return None, ""


# -- what the database refuses -----------------------------------------------------------------------------------------


TEXTS = "kind, rating, reason, delivery_confidence, path_action, path_owner_words"


def statements() -> dict[str, str]:
    update, draft = september().pk, september("Waiting lists").pk
    revision, item = UpdateRevision.objects.get(update=update), UpdateItem.objects.filter(revision__update=update)[0]
    month, october = september().period_id, september().period.programme.periods.get(month=work.OCTOBER).pk
    schools = september().period.programme.workstreams.get(name="Schools").pk
    august = MonthlyUpdate.objects.get(period__month=AUGUST).pk
    return {
        "an update is moved away": f"UPDATE workstreams_monthlyupdate SET period_id = {october} WHERE id = {update}",
        "an update is moved in": f"UPDATE workstreams_monthlyupdate SET period_id = {month} WHERE id = {august}",
        "an update is given to others": (
            f"UPDATE workstreams_monthlyupdate SET workstream_id = {schools} WHERE id = {update}"
        ),
        "an update is called an example": (
            f"UPDATE workstreams_monthlyupdate SET is_example = true WHERE id = {update}"
        ),
        "an update is deleted": f"DELETE FROM workstreams_monthlyupdate WHERE id = {draft}",
        "an update is begun": (
            "INSERT INTO workstreams_monthlyupdate (workstream_id, period_id, is_example)"
            f" VALUES ({schools}, {month}, false)"
        ),
        "a draft is changed": f"UPDATE workstreams_updatedraft SET reason = 'mine' WHERE update_id = {draft}",
        "a draft is moved in": f"UPDATE workstreams_updatedraft SET update_id = {update} WHERE update_id = {draft}",
        "a draft is deleted": f"DELETE FROM workstreams_updatedraft WHERE update_id = {draft}",
        "a draft is begun": (
            "INSERT INTO workstreams_updatedraft"
            " (update_id, version, sections, answers, rating, reason, source_note, saved_at)"
            f" VALUES ({update}, 1, '{{}}', '{{}}', '', '', '', now())"
        ),
        "another revision is sent": (
            "INSERT INTO workstreams_updaterevision (update_id, number, kind, reason, by_name, source_note, at)"
            f" VALUES ({update}, 2, 'ordinary', '', '', '', now())"
        ),
        "a bullet is added": (
            'INSERT INTO workstreams_updateitem (revision_id, section, "order", text, uid)'
            f" VALUES ({revision.pk}, 'progress', 99, 'mine', gen_random_uuid())"
        ),
        "what became of a promise is added": (
            "INSERT INTO workstreams_promiseoutcome (item_id, revision_id, outcome, when_words, reason)"
            f" VALUES ({item.pk}, {revision.pk}, 'done', '', '')"
        ),
        "a rating is added": (
            f"INSERT INTO workstreams_rating (workstream_id, period_id, {TEXTS}, at)"
            f" VALUES ({schools}, {month}, 'declared', 'green', '', '', '', '', now())"
        ),
        "a rating of another month is added to its revision": (
            f"INSERT INTO workstreams_rating (workstream_id, period_id, revision_id, {TEXTS}, at)"
            f" VALUES ({schools}, {october}, {revision.pk}, 'declared', 'green', '', '', '', '', now())"
        ),
        "an update is recalled": (
            "INSERT INTO workstreams_updateevent (update_id, kind, reason, at)"
            f" VALUES ({update}, 'recalled', '', now())"
        ),
        "an update is acknowledged": (
            "INSERT INTO workstreams_updateevent (update_id, kind, reason, at)"
            f" VALUES ({update}, 'acknowledged', '', now())"
        ),
        "the month is opened again": (
            f"UPDATE programme_reportingperiod SET closed_at = NULL, frozen_at = NULL WHERE id = {month}"
        ),
        "the month's days are changed": (
            f"UPDATE programme_reportingperiod SET closes_on = '2027-12-31' WHERE id = {month}"
        ),
        "the month is deleted": f"DELETE FROM programme_reportingperiod WHERE id = {month}",
        # These the application may not do to any month, frozen or not.
        "a revision is changed": f"UPDATE workstreams_updaterevision SET kind = 'correction' WHERE id = {revision.pk}",
        "a bullet is changed": f"UPDATE workstreams_updateitem SET text = 'mine' WHERE id = {item.pk}",
        "a rating is deleted": f"DELETE FROM workstreams_rating WHERE revision_id = {revision.pk}",
    }


REVOKED = {"a revision is changed", "a bullet is changed", "a rating is deleted"}
IGNORED = ",".join(
    f"{table}:all"
    for table in (
        "workstreams_monthlyupdate", "workstreams_updatedraft", "workstreams_updaterevision", "workstreams_updateitem",
        "workstreams_rating", "workstreams_updateevent", "workstreams_promiseoutcome", "programme_reportingperiod",
    )
)  # fmt: skip
LOOK_ALIKE = "CREATE TEMPORARY TABLE {0} ON COMMIT DROP AS SELECT {1} FROM public.{0}"
TRICKS = {
    "plainly": [],
    "with pgtrigger told to ignore": [f"SELECT set_config('pgtrigger.ignore', '{{{IGNORED}}}', true)"],
    "with look-alikes of the tables": [
        LOOK_ALIKE.format("programme_reportingperiod", "id, month, closed_at, NULL::timestamptz AS frozen_at"),
        LOOK_ALIKE.format("workstreams_monthlyupdate", "*") + " WHERE false",
        LOOK_ALIKE.format("workstreams_updaterevision", "id, update_id, number, 'correction'::text AS kind"),
    ],
}


def in_public(statement: str) -> str:
    """The real tables, whatever else has their names."""
    return re.sub(r" (programme|workstreams)_", r" public.\1_", statement)


@pytest.mark.parametrize("trick", TRICKS)
def test_nothing_in_a_frozen_month_is_changed_by_sql(frozen, trick):
    answers = {}
    for what, statement in statements().items():
        kind, words = refusal(in_public(statement), *TRICKS[trick])
        answers[what] = kind if what in REVOKED else (kind, words.startswith((WORDS, CLOSED)))
    assert answers == {
        what: errors.InsufficientPrivilege if what in REVOKED else (errors.CheckViolation, True) for what in answers
    }


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "SELECT set_config('session_replication_role', 'replica', false)",
        "ALTER TABLE workstreams_monthlyupdate DISABLE TRIGGER frozen_month_keeps_its_updates",
        "ALTER TABLE programme_reportingperiod DISABLE TRIGGER ALL",
        "DROP TRIGGER frozen_month_stays ON programme_reportingperiod",
        "DROP FUNCTION refuse_if_frozen(bigint) CASCADE",
        "CREATE OR REPLACE FUNCTION refuse_if_frozen(wanted bigint) RETURNS void LANGUAGE sql AS ''",
        "ALTER FUNCTION refuse_if_frozen(bigint) RESET ALL",
        "TRUNCATE workstreams_monthlyupdate CASCADE",
        "TRUNCATE programme_reportingperiod CASCADE",
        "TRUNCATE workstreams_updatedraft",
    ],
)
def test_the_refusal_cannot_be_switched_off(frozen, statement):
    assert refusal(statement)[0] is errors.InsufficientPrivilege


def test_the_same_statements_do_their_work_in_a_month_that_is_not_frozen(told):
    """So that the refusals above prove the freezing and nothing else."""
    allowed = {what: refusal(statement)[0] for what, statement in statements().items() if what not in REVOKED}
    others = {
        "a draft is moved in": None,
        "an update is deleted": errors.ForeignKeyViolation,  # its draft points at it
        "the month is deleted": errors.ForeignKeyViolation,
    }
    wanted = {what: others.get(what) for what in allowed}
    deferred = {"an update is deleted", "the month is deleted"}
    assert {k: v for k, v in allowed.items() if k not in deferred} == {
        k: v for k, v in wanted.items() if k not in deferred
    }


def test_a_month_that_is_not_closed_cannot_be_frozen_even_in_sql(told):
    kind, words = refusal(f"UPDATE programme_reportingperiod SET frozen_at = now() WHERE id = {september().period_id}")
    assert (kind, "only_a_closed_month_is_frozen" in words) == (errors.CheckViolation, True)


# -- what the actions say ----------------------------------------------------------------------------------------------


def test_every_action_on_a_frozen_month_is_refused_in_words(frozen, told):
    sent, begun = september(), september("Waiting lists")
    lead, account = work.lead_of(begun.workstream), people.member(told, Role.OFFICE, "Second Office")
    draft = UpdateDraft.objects.get(update=begun)
    schools = told.workstreams.get(name="Schools")
    october = work.period(told, work.OCTOBER)
    august = MonthlyUpdate.objects.get(period__month=AUGUST)
    said = updates.DraftWords({"progress": "More"}, "green")
    tried = {
        "type": lambda: updates.save_draft(
            workstream=begun.workstream, period=frozen, words=said, version=draft.version, by=lead
        ),
        "begin": lambda: updates.save_draft(workstream=schools, period=frozen, words=said, version=0, by=lead),
        "send": lambda: work.sent_update(begun.workstream, work.SEPTEMBER),
        "recall": lambda: updates.recall(update=sent, by=lead, at=datetime(2026, 10, 2, tzinfo=UTC)),
        "return": lambda: office.return_update(update=sent, reason="Say more", by=account),
        "acknowledge": lambda: office.acknowledge(update=sent, by=account),
        "move away": lambda: updates.move_month(update=sent, to=october, reason="Wrong month", by=account),
        "move in": lambda: updates.move_month(update=august, to=frozen, reason="Wrong month", by=account),
        "record": lambda: updates.record_history(
            workstream=schools, period=frozen, items=work.WORDS, lines={}, batch=None, by=account
        ),
        "close": lambda: periods.close(period=frozen, by=account),
        "open again": lambda: periods.reopen(period=frozen, by=account, reason="A mistake"),
        "change its days": lambda: periods.change_days(
            period=frozen, opens_on=frozen.opens_on, due_on=frozen.due_on, closes_on=date(2027, 1, 1),
            version=frozen.version, reason="Later", by=account,
        ),
        "freeze again": lambda: actions.freeze_month(period=frozen, by=account),
    }  # fmt: skip
    answers = {}
    for what, act in tried.items():
        try:
            act()
        except Refused as refused:
            answers[what] = str(refused)
    allowed = [what for what in tried if what not in answers]
    assert allowed == []
    said_words = re.compile(
        "September 2026 is (frozen|closed)|The due day has passed|This update has already been sent"
    )
    assert [words for words in answers.values() if not said_words.match(words)] == []
    assert Snapshot.objects.filter(kind=Snapshot.Kind.CLOSE).count() == 1


def test_whoever_begins_to_write_while_the_month_is_being_frozen_waits_and_is_then_refused(committed_db, monkeypatch):
    """Two connections: the freezing is not committed yet, so only the lock can tell the writer to wait."""
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    programme = work.programme("Own")
    workstream = work.workstream(programme)
    draft = work.draft(workstream, work.SEPTEMBER)
    month = work.period(programme, work.SEPTEMBER)
    with recorded(by=None, action="Closed"):
        periods.close(period=month, by=None)
    answer: list[str] = []

    def write() -> None:
        with psycopg.connect(committed_db.app_url) as second:
            try:
                second.execute("UPDATE workstreams_updatedraft SET reason = 'late' WHERE id = %s", [draft.pk])
            except psycopg.errors.CheckViolation as error:
                answer.append(str(error))

    with transaction.atomic():
        periods.freeze(period=month, by=people.user())
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(1)
        assert writer.is_alive()
        assert answer == []
    writer.join(10)
    assert [words.startswith(WORDS) for words in answer] == [True]
    assert UpdateDraft.objects.get(pk=draft.pk).reason == ""


def test_the_databases_refusal_reaches_people_as_a_sentence(frozen, told, monkeypatch):
    """As when the month was frozen between the look and the writing."""
    monkeypatch.setattr(updates.drafts, "refuse_unless_writable", lambda _update: None)
    begun = september("Waiting lists")
    with pytest.raises(Refused, match=WORDS):
        updates.save_draft(
            workstream=begun.workstream, period=frozen, words=updates.DraftWords({"progress": "More"}),
            version=begun.draft.version, by=work.lead_of(begun.workstream),
        )  # fmt: skip


# -- what is still possible --------------------------------------------------------------------------------------------


def test_a_correction_is_added_with_its_words_its_rating_and_its_event_and_shows_in_the_next_report(frozen, told):
    update = september()
    with recorded(by=None, action="Corrected the update"):
        revision = UpdateRevision.objects.create(
            update=update, number=2, kind=UpdateRevision.Kind.CORRECTION, reason="One nurse, not two",
            at=datetime(2026, 11, 4, 12, 30, tzinfo=UTC),
        )  # fmt: skip
        UpdateItem.objects.create(revision=revision, section="progress", order=1, text="One nurse has started")
        Rating.objects.create(
            workstream=update.workstream, period=frozen, rating="green", revision=revision, at=revision.at
        )
        UpdateEvent.objects.create(update=update, kind=UpdateEvent.Kind.SUBMITTED, at=revision.at)
        for kind in UpdateEvent.WITHDRAWING:  # a correction is no way to take the update back afterwards
            with pytest.raises(IntegrityError, match=WORDS), transaction.atomic():
                UpdateEvent.objects.create(update=update, kind=kind, at=revision.at)
    assert updates.standing_revision(update) == revision
    later = datetime(2026, 11, 4, 13, tzinfo=UTC)
    asked = actions.request_report(period=work.period(told, work.OCTOBER), by=people.user(), at=later)
    october = asked.snapshot.content
    said = "Crisis care has corrected its September 2026 update: One nurse, not two"
    assert said in october["summary"]["points"]


def test_freezing_keeps_how_the_month_stood_and_says_who_did_it(frozen):
    snapshot = Snapshot.objects.get(kind=Snapshot.Kind.CLOSE)
    assert (snapshot.period, snapshot.by.name, frozen.frozen_by.name) == (frozen, "Grace Office", "Grace Office")
    assert snapshot.content["summary"]["updates_in"] == 1
    assert snapshot.content["summary"]["not_reported"] == ["Housing", "Schools", "Waiting lists"]
    events = apps.get_model("programme", "ReportingPeriodEvent").objects.filter(pgh_obj_id=frozen.pk)
    said = [(e.pgh_context.metadata["action"], e.pgh_context.metadata.get("reason")) for e in events.order_by("pgh_id")]
    assert said[-2:] == [("Closed the month", "Two will send in October"), ("Froze the month", None)]


def test_an_import_leaves_a_frozen_month_out_and_says_so(frozen, told):
    page = "Schools\nLead: Jo Bramley\n\nSeptember 2026 update:\n- Rota agreed.\n\nAugust 2026 update:\n- Begun.\n"
    done = import_page(programme=told, parsed=narrative.parse(page), source="Page", text=page, by=None)
    assert done.skipped == ("Schools, September 2026: the month is closed and takes corrections only.",)
    months = MonthlyUpdate.objects.filter(workstream__name="Schools").values_list("period__month", flat=True)
    assert list(months) == [AUGUST]


def test_an_import_of_a_month_frozen_since_is_not_undone(told):
    page = "Schools\n\nSeptember 2026 update:\n- Rota agreed.\n"
    batch = import_page(programme=told, parsed=narrative.parse(page), source="Our page", text=page, by=None).batch
    assert batch is not None
    account = people.member(told, Role.OFFICE)
    month = work.period(told, work.SEPTEMBER)
    periods.close(period=month, by=account)
    periods.freeze(period=month, by=account)
    with pytest.raises(Refused, match="cannot be undone: September 2026 is frozen"):
        undo_import(batch=batch, by=account)
    assert MonthlyUpdate.objects.filter(workstream__name="Schools").exists()


def test_a_month_from_before_the_programme_came_here_is_never_frozen(told):
    account = people.member(told, Role.OFFICE)
    month, _ = periods.history_period(programme=told, month=date(2022, 9, 1), batch=None, by=account)
    periods.close(period=month, by=account)
    with pytest.raises(Refused, match="never frozen"):
        actions.freeze_month(period=month, by=account)

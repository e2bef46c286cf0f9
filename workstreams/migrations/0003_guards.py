"""What the database itself refuses: changes of closed and frozen months, and baselines nobody else agreed to.

And undoing an import: the one way in which sent words and stated dates may leave, while nothing builds on them.
"""

from django.db import migrations

from programme.protection import OwnersFunction

# A plain trigger: the session setting that makes pgtrigger's own triggers stand aside does not reach it.
CLOSED_MONTH = """
CREATE FUNCTION refuse_revision_of_closed_month() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE closed timestamptz;
BEGIN
    SELECT period.closed_at INTO closed
    FROM workstreams_monthlyupdate AS monthly JOIN programme_reportingperiod AS period ON period.id = monthly.period_id
    WHERE monthly.id = NEW.update_id;
    IF closed IS NOT NULL AND NEW.kind = 'ordinary' THEN
        RAISE EXCEPTION 'The month is closed: only a correction can be added.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closed_month_takes_corrections_only BEFORE INSERT ON workstreams_updaterevision
    FOR EACH ROW EXECUTE FUNCTION refuse_revision_of_closed_month();
"""
NO_CLOSED_MONTH = """
DROP TRIGGER closed_month_takes_corrections_only ON workstreams_updaterevision;
DROP FUNCTION refuse_revision_of_closed_month();
"""

# An update filed under the wrong month may be moved, but never out of a closed month or into one.
MOVED_UPDATE = """
CREATE FUNCTION refuse_move_of_closed_month() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.period_id <> OLD.period_id AND EXISTS (
        SELECT 1 FROM programme_reportingperiod
        WHERE id IN (OLD.period_id, NEW.period_id) AND closed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'The month is closed: its updates stay where they are.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closed_month_keeps_its_updates BEFORE UPDATE ON workstreams_monthlyupdate
    FOR EACH ROW EXECUTE FUNCTION refuse_move_of_closed_month();
"""
NO_MOVED_UPDATE = """
DROP TRIGGER closed_month_keeps_its_updates ON workstreams_monthlyupdate;
DROP FUNCTION refuse_move_of_closed_month();
"""

# What belongs to a frozen month stays as it is; only a correction, with its bullets, rating and event, is added.
FROZEN_MONTH = """
CREATE FUNCTION refuse_update_of_frozen_month() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM public.refuse_if_frozen(OLD.period_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM public.refuse_if_frozen(NEW.period_id); END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER frozen_month_keeps_its_updates BEFORE INSERT OR UPDATE OR DELETE ON workstreams_monthlyupdate
    FOR EACH ROW EXECUTE FUNCTION refuse_update_of_frozen_month();

CREATE FUNCTION refuse_if_update_frozen(wanted bigint) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM public.refuse_if_frozen(monthly.period_id) FROM public.workstreams_monthlyupdate AS monthly
    WHERE monthly.id = wanted;
END $$;

CREATE FUNCTION refuse_draft_of_frozen_month() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM public.refuse_if_update_frozen(OLD.update_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM public.refuse_if_update_frozen(NEW.update_id); END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER frozen_month_takes_no_draft BEFORE INSERT OR UPDATE OR DELETE ON workstreams_updatedraft
    FOR EACH ROW EXECUTE FUNCTION refuse_draft_of_frozen_month();

CREATE FUNCTION refuse_revision_of_frozen_month() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM public.refuse_if_update_frozen(OLD.update_id); END IF;
    IF TG_OP <> 'DELETE' AND (TG_OP = 'UPDATE' OR NEW.kind <> 'correction') THEN
        PERFORM public.refuse_if_update_frozen(NEW.update_id);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER frozen_month_takes_corrections_only BEFORE INSERT OR UPDATE OR DELETE ON workstreams_updaterevision
    FOR EACH ROW EXECUTE FUNCTION refuse_revision_of_frozen_month();

CREATE FUNCTION refuse_item_of_frozen_month() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE whose bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.revision_id ELSE OLD.revision_id END;
DECLARE seen record;
BEGIN
    SELECT revision.update_id, revision.kind INTO seen FROM public.workstreams_updaterevision AS revision
    WHERE revision.id = whose;
    IF TG_OP <> 'INSERT' OR seen.kind <> 'correction' THEN
        PERFORM public.refuse_if_update_frozen(seen.update_id);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER frozen_month_keeps_its_words BEFORE INSERT OR UPDATE OR DELETE ON workstreams_updateitem
    FOR EACH ROW EXECUTE FUNCTION refuse_item_of_frozen_month();
CREATE TRIGGER frozen_month_keeps_its_promises BEFORE INSERT OR UPDATE OR DELETE ON workstreams_promiseoutcome
    FOR EACH ROW EXECUTE FUNCTION refuse_item_of_frozen_month();

CREATE FUNCTION refuse_rating_of_frozen_month() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE given record;
DECLARE seen record;
BEGIN
    IF TG_OP = 'INSERT' THEN given := NEW; ELSE given := OLD; END IF;
    SELECT revision.update_id, revision.kind INTO seen FROM public.workstreams_updaterevision AS revision
    WHERE revision.id = given.revision_id;
    IF TG_OP <> 'INSERT' OR seen.kind IS DISTINCT FROM 'correction' THEN
        PERFORM public.refuse_if_frozen(given.period_id);
        PERFORM public.refuse_if_update_frozen(seen.update_id);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER frozen_month_keeps_its_ratings BEFORE INSERT OR UPDATE OR DELETE ON workstreams_rating
    FOR EACH ROW EXECUTE FUNCTION refuse_rating_of_frozen_month();

CREATE FUNCTION refuse_event_of_frozen_month() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE newest text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM public.refuse_if_update_frozen(OLD.update_id);
    ELSE
        SELECT revision.kind INTO newest FROM public.workstreams_updaterevision AS revision
        WHERE revision.update_id = NEW.update_id ORDER BY revision.number DESC LIMIT 1;
        IF newest IS DISTINCT FROM 'correction'
            OR NEW.kind IN ('recalled', 'returned', 'acknowledged', 'no_change', 'imported', 'moved') THEN
            PERFORM public.refuse_if_update_frozen(NEW.update_id);
        END IF;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER frozen_month_keeps_its_events BEFORE INSERT OR UPDATE OR DELETE ON workstreams_updateevent
    FOR EACH ROW EXECUTE FUNCTION refuse_event_of_frozen_month();
"""
_TRIGGERS = {
    "monthlyupdate": ("frozen_month_keeps_its_updates", "refuse_update_of_frozen_month"),
    "updatedraft": ("frozen_month_takes_no_draft", "refuse_draft_of_frozen_month"),
    "updaterevision": ("frozen_month_takes_corrections_only", "refuse_revision_of_frozen_month"),
    "updateitem": ("frozen_month_keeps_its_words", "refuse_item_of_frozen_month"),
    "rating": ("frozen_month_keeps_its_ratings", "refuse_rating_of_frozen_month"),
    "updateevent": ("frozen_month_keeps_its_events", "refuse_event_of_frozen_month"),
}
NO_FROZEN_MONTH = "DROP TRIGGER frozen_month_keeps_its_promises ON workstreams_promiseoutcome;" + "".join(
    f"DROP TRIGGER {trigger} ON workstreams_{table}; DROP FUNCTION {function}();"
    for table, (trigger, function) in _TRIGGERS.items()
) + """
DROP FUNCTION refuse_if_update_frozen(bigint);
"""

# Plain triggers: the session setting that makes pgtrigger's own triggers stand aside does not reach them.
# Who asked for a new baseline may withdraw it and nothing else; nobody else may withdraw it for them.
AGREED_BASELINES = """
CREATE FUNCTION refuse_baseline_nobody_agreed_to() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stated integer; agreed integer;
BEGIN
    SELECT count(*) INTO stated FROM workstreams_milestonedate
    WHERE milestone_id = NEW.milestone_id AND statement = 'baseline';
    SELECT count(*) INTO agreed FROM workstreams_baselinedecision AS decision
    JOIN workstreams_baselinerequest AS request ON request.id = decision.request_id
    WHERE request.milestone_id = NEW.milestone_id AND decision.outcome = 'agreed';
    IF stated > agreed THEN
        RAISE EXCEPTION 'A new baseline has to be agreed to.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER baselines_are_agreed BEFORE INSERT ON workstreams_milestonedate
    FOR EACH ROW WHEN (NEW.statement = 'baseline') EXECUTE FUNCTION refuse_baseline_nobody_agreed_to();

CREATE FUNCTION refuse_own_baseline() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked_by_self boolean := EXISTS (
    SELECT 1 FROM workstreams_baselinerequest WHERE id = NEW.request_id AND by_id = NEW.by_id
);
BEGIN
    IF asked_by_self AND NEW.outcome <> 'withdrawn' THEN
        RAISE EXCEPTION 'Somebody else has to decide on a new baseline.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.outcome = 'withdrawn' AND NOT asked_by_self THEN
        RAISE EXCEPTION 'Only who asked for a new baseline can withdraw it.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER somebody_else_decides BEFORE INSERT ON workstreams_baselinedecision
    FOR EACH ROW EXECUTE FUNCTION refuse_own_baseline();
"""
NO_AGREED_BASELINES = """
DROP TRIGGER baselines_are_agreed ON workstreams_milestonedate;
DROP FUNCTION refuse_baseline_nobody_agreed_to();
DROP TRIGGER somebody_else_decides ON workstreams_baselinedecision;
DROP FUNCTION refuse_own_baseline();
"""

# Children before parents. A table may hold rows of a batch without anything else of it.
TABLES = [
    "workstreams_updateitem",
    "workstreams_updateevent",
    "workstreams_updaterevision",
    "workstreams_monthlyupdate",
    "workstreams_milestonedate",
    "workstreams_milestone",
    "workstreams_phasedate",
    "workstreams_phase",
    "workstreams_objective",
    "workstreams_assignment",
    "workstreams_workstreamstatus",
    "workstreams_workstream",
    "programme_reportingperiod",
    "programme_person",
]

# Runs with its owner's rights, because the application role may delete none of these rows itself. It deletes whole
# batches only: where anything later points at a row of the batch, the foreign key stops it and nothing is deleted.
UNDO = """
CREATE FUNCTION undo_import(batch bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE in_the_way text;
BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
    BEGIN
        {deletions}
        DELETE FROM programme_importbatch WHERE id = batch;
        RETURN '';
    EXCEPTION WHEN foreign_key_violation THEN
        GET STACKED DIAGNOSTICS in_the_way = TABLE_NAME;
        RETURN in_the_way;
    END;
END $$;
"""
DELETIONS = "\n        ".join(f"DELETE FROM {table} WHERE batch_id = batch;" for table in TABLES)  # noqa: S608 - ours


class Migration(migrations.Migration):
    """Functions and triggers, not tables."""

    replaces = [("workstreams", "0003_undo_import"), ("workstreams", "0009_freezing")]

    dependencies = [("workstreams", "0002_rights")]

    operations = [
        migrations.RunSQL(CLOSED_MONTH, NO_CLOSED_MONTH),
        migrations.RunSQL(MOVED_UPDATE, NO_MOVED_UPDATE),
        migrations.RunSQL(FROZEN_MONTH, NO_FROZEN_MONTH),
        migrations.RunSQL(AGREED_BASELINES, NO_AGREED_BASELINES),
        OwnersFunction("undo_import(bigint)", UNDO.format(deletions=DELETIONS)),
    ]

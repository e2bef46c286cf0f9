"""Of a published report nothing is changed but how it ended; history and links' uses are only added to."""

from django.db import migrations

from programme.protection import RevokeChanges

# A plain trigger: the session setting that makes pgtrigger's own triggers stand aside does not reach it.
ENDS_ONCE = """
CREATE OR REPLACE FUNCTION refuse_change_of_published_report() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ending text[] := ARRAY['state', 'ended_at', 'ended_by_id', 'end_reason', 'successor_id'];
BEGIN
    IF OLD.state NOT IN ('published', 'superseded', 'withdrawn') THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - ending = to_jsonb(OLD) - ending AND (
            (OLD.state = 'published' AND NEW.state IN ('superseded', 'withdrawn'))
            OR (OLD.state = 'superseded' AND NEW.state = 'withdrawn')
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'A published board report is never changed or deleted.' USING ERRCODE = 'check_violation';
END $$;
"""
NEVER_ENDS = """
CREATE OR REPLACE FUNCTION refuse_change_of_published_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' THEN
        RAISE EXCEPTION 'A published board report is never changed or deleted.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""


class Migration(migrations.Migration):
    """Rights and a trigger, not tables."""

    dependencies = [("reporting", "0003_lifecycle")]

    operations = [
        RevokeChanges(["reporting_boarddateevent", "reporting_reportlinkevent", "reporting_reportscheduleevent"]),
        migrations.RunSQL(ENDS_ONCE, NEVER_ENDS),
    ]

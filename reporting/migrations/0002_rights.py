"""A snapshot is never changed; of a published report nothing is but how it ended; history is only added to."""

from django.db import migrations

from programme.protection import RevokeChanges

HISTORY = [
    "reporting_boarddateevent",
    "reporting_boardreportevent",
    "reporting_reportlinkevent",
    "reporting_reportscheduleevent",
]

APPEND_ONLY = [
    "reporting_download",
    "reporting_snapshot",
]

# A plain trigger: the session setting that makes pgtrigger's own triggers stand aside does not reach it.
PUBLISHED = """
CREATE FUNCTION refuse_change_of_published_report() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER published_report_stays BEFORE UPDATE OR DELETE ON reporting_boardreport
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_report();
"""
NOT_PUBLISHED = """
DROP TRIGGER published_report_stays ON reporting_boardreport;
DROP FUNCTION refuse_change_of_published_report();
"""


class Migration(migrations.Migration):
    """Rights and a trigger, not tables."""

    replaces = [("reporting", "0002_protection"), ("reporting", "0004_lifecycle_protection")]

    dependencies = [("reporting", "0001_tables"), ("programme", "0002_rights")]

    operations = [
        RevokeChanges(HISTORY),
        RevokeChanges(APPEND_ONLY),
        migrations.RunSQL(PUBLISHED, NOT_PUBLISHED),
    ]

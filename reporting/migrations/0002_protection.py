"""A snapshot is never changed, and of a published report nothing is."""

from django.db import migrations

from programme.protection import RevokeChanges

# A plain trigger: the session setting that makes pgtrigger's own triggers stand aside does not reach it.
PUBLISHED = """
CREATE FUNCTION refuse_change_of_published_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' THEN
        RAISE EXCEPTION 'A published board report is never changed or deleted.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
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

    dependencies = [("reporting", "0001_initial"), ("programme", "0002_protection")]

    operations = [
        RevokeChanges(["reporting_boardreportevent", "reporting_snapshot", "reporting_download"]),
        migrations.RunSQL(PUBLISHED, NOT_PUBLISHED),
    ]

"""What was sent, rated, stated or happened is only ever added to, and a closed month takes corrections only."""

from django.db import migrations

from programme.protection import RevokeChanges

HISTORY = [
    "workstreams_assignmentevent",
    "workstreams_milestoneevent",
    "workstreams_monthlyupdateevent",
    "workstreams_objectiveevent",
    "workstreams_phaseevent",
    "workstreams_workstreamevent",
]
APPEND_ONLY = [
    "workstreams_milestonedate",
    "workstreams_phasedate",
    "workstreams_rating",
    "workstreams_updateevent",
    "workstreams_updateitem",
    "workstreams_updaterevision",
    "workstreams_workstreamstatus",
]

# A plain trigger: the session setting that makes pgtrigger's own triggers stand aside does not reach it.
CLOSED_MONTH = """
CREATE FUNCTION refuse_revision_of_closed_month() RETURNS trigger LANGUAGE plpgsql AS $$
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


class Migration(migrations.Migration):
    """Rights and a trigger, not tables."""

    dependencies = [("workstreams", "0001_initial"), ("programme", "0002_protection")]

    operations = [
        RevokeChanges(HISTORY),
        RevokeChanges(APPEND_ONLY),
        migrations.RunSQL(CLOSED_MONTH, NO_CLOSED_MONTH),
    ]

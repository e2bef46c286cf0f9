"""History the application role can add to but never change, a context it cannot forge, and months that stay frozen."""

from django.db import migrations

from programme.protection import RevokeChanges

HISTORY = [
    "programme_importbatchevent",
    "programme_invitationevent",
    "programme_leaveevent",
    "programme_mailchoicesevent",
    "programme_membershipevent",
    "programme_organisationevent",
    "programme_personevent",
    "programme_placeevent",
    "programme_programmeevent",
    "programme_programmepartnerevent",
    "programme_programmeplaceevent",
    "programme_reportingperiodevent",
    "programme_userevent",
]

# Who looked at what as whom, and which mail was tried when.
APPEND_ONLY = [
    "programme_mailattempt",
    "programme_roleviewing",
]

# The function runs with its owner's rights, so that who-and-why rows are written although the application role
# may not write them itself. A fixed search path keeps a look-alike table from standing in.
GUARD_CONTEXT = "ALTER FUNCTION _pgh_attach_context() SECURITY DEFINER SET search_path = public, pg_temp"
UNGUARD_CONTEXT = "ALTER FUNCTION _pgh_attach_context() SECURITY INVOKER RESET search_path"

# A plain trigger: the session setting that makes pgtrigger's own triggers stand aside does not reach it. Whoever
# writes into a month waits for whoever is freezing it, and then learns that it is frozen. The search path is fixed,
# because a session may make a temporary table that would otherwise stand in for the real one.
FROZEN_MONTH = """
CREATE FUNCTION say_month_is_frozen(month date) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is frozen. Nothing in it can be changed; a correction can be added and shows in the next report.',
        to_char(month, 'FMMonth YYYY') USING ERRCODE = 'check_violation', CONSTRAINT = 'month_is_frozen';
END $$;
CREATE FUNCTION refuse_if_frozen(wanted bigint) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE seen record;
BEGIN
    SELECT period.month, period.frozen_at INTO seen FROM public.programme_reportingperiod AS period
    WHERE period.id = wanted FOR SHARE;
    IF seen.frozen_at IS NOT NULL THEN
        PERFORM public.say_month_is_frozen(seen.month);
    END IF;
END $$;
CREATE FUNCTION refuse_change_of_frozen_month() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.frozen_at IS NOT NULL THEN
        PERFORM public.say_month_is_frozen(OLD.month);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER frozen_month_stays BEFORE UPDATE OR DELETE ON programme_reportingperiod
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_frozen_month();
"""
NO_FROZEN_MONTH = """
DROP TRIGGER frozen_month_stays ON programme_reportingperiod;
DROP FUNCTION refuse_change_of_frozen_month();
DROP FUNCTION refuse_if_frozen(bigint);
DROP FUNCTION say_month_is_frozen(date);
"""


class Migration(migrations.Migration):
    """Rights, not tables."""

    replaces = [("programme", "0002_protection"), ("programme", "0006_manage_protection")]

    dependencies = [("programme", "0001_tables"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(GUARD_CONTEXT, UNGUARD_CONTEXT),
        RevokeChanges(["pghistory_context"], insert=True),
        RevokeChanges(HISTORY),
        RevokeChanges(APPEND_ONLY),
        migrations.RunSQL(FROZEN_MONTH, NO_FROZEN_MONTH),
    ]

"""History the application role can add to but never change, and a context it cannot forge."""

from django.db import migrations

from programme.protection import RevokeChanges

HISTORY = [
    "programme_importbatchevent",
    "programme_membershipevent",
    "programme_organisationevent",
    "programme_personevent",
    "programme_placeevent",
    "programme_programmeevent",
    "programme_reportingperiodevent",
    "programme_userevent",
]

# The function runs with its owner's rights, so that who-and-why rows are written although the application role
# may not write them itself. A fixed search path keeps a look-alike table from standing in.
GUARD_CONTEXT = "ALTER FUNCTION _pgh_attach_context() SECURITY DEFINER SET search_path = public, pg_temp"
UNGUARD_CONTEXT = "ALTER FUNCTION _pgh_attach_context() SECURITY INVOKER RESET search_path"


class Migration(migrations.Migration):
    """Rights, not tables."""

    dependencies = [("programme", "0001_initial"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(GUARD_CONTEXT, UNGUARD_CONTEXT),
        RevokeChanges(["pghistory_context"], insert=True),
        RevokeChanges(HISTORY),
    ]

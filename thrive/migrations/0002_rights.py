"""History the application role can add to but never change."""

from django.db import migrations

from programme.protection import RevokeChanges

HISTORY = [
    "thrive_confirmednoneevent",
    "thrive_gapanswerevent",
    "thrive_gapfindingevent",
    "thrive_mapimportevent",
    "thrive_mappingevent",
    "thrive_recommendationevent",
    "thrive_recommendationworkevent",
    "thrive_serviceevent",
    "thrive_serviceplaceevent",
    "thrive_targetofferevent",
]


class Migration(migrations.Migration):
    """Rights, not tables."""

    replaces = [("thrive", "0002_delivery")]

    dependencies = [("thrive", "0001_tables"), ("programme", "0002_rights")]

    operations = [RevokeChanges(HISTORY)]

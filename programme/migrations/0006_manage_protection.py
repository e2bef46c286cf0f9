"""Who was invited and who viewed as whom can be added to, never changed."""

from django.db import migrations

from programme.protection import RevokeChanges


class Migration(migrations.Migration):
    """Rights, not tables."""

    dependencies = [("programme", "0005_manage")]

    operations = [RevokeChanges(["programme_invitationevent", "programme_roleviewing"])]

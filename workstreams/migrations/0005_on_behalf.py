import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# An update filed under the wrong month may be moved, but never out of a closed month or into one.
CLOSED_MONTH = """
CREATE FUNCTION refuse_move_of_closed_month() RETURNS trigger LANGUAGE plpgsql AS $$
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
NO_CLOSED_MONTH = """
DROP TRIGGER closed_month_keeps_its_updates ON workstreams_monthlyupdate;
DROP FUNCTION refuse_move_of_closed_month();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0002_protection'),
        ('workstreams', '0004_import_review'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='updatedraft',
            name='on_behalf_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.person'),
        ),
        migrations.AddField(
            model_name='updatedraft',
            name='source_note',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='updaterevision',
            name='on_behalf_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.person'),
        ),
        migrations.AddField(
            model_name='updaterevision',
            name='source_note',
            field=models.TextField(blank=True, help_text='Who told it and when, where somebody else typed it'),
        ),
        migrations.AlterField(
            model_name='updateevent',
            name='kind',
            field=models.CharField(choices=[('submitted', 'Sent'), ('recalled', 'Recalled'), ('returned', 'Returned by the office'), ('acknowledged', 'Acknowledged'), ('no_change', 'No change, checked'), ('imported', 'Imported'), ('moved', 'Moved to another month')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='updaterevision',
            constraint=models.CheckConstraint(condition=models.Q(('on_behalf_of', None), models.Q(('source_note', ''), _negated=True), _connector='OR'), name='on_behalf_says_who_told'),
        ),
        migrations.RunSQL(CLOSED_MONTH, NO_CLOSED_MONTH),
    ]

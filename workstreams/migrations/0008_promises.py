"""What became of each promise, updates without a change, and drafts that keep every answer."""

import django.db.models.deletion
from django.db import migrations, models

from programme.protection import RevokeChanges


class Migration(migrations.Migration):

    dependencies = [
        ('workstreams', '0007_handover_notes'),
    ]

    operations = [
        migrations.AddField(
            model_name='updatedraft',
            name='answers',
            field=models.JSONField(blank=True, default=dict, help_text='Every other field of the form by its name, as typed: promises, help wanted'),
        ),
        migrations.AddField(
            model_name='updaterevision',
            name='carries',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_by', to='workstreams.updaterevision'),
        ),
        migrations.CreateModel(
            name='PromiseOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('done', 'Done'), ('moved', 'Moved'), ('dropped', 'Dropped')], max_length=10)),
                ('when_words', models.CharField(blank=True, help_text="The new day in its writer's words", max_length=200)),
                ('when_start', models.DateField(blank=True, null=True)),
                ('when_end', models.DateField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('carried_to', models.ForeignKey(blank=True, help_text='The next step it goes on as', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workstreams.updateitem')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='workstreams.updateitem')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='workstreams.updaterevision')),
            ],
            options={
                'ordering': ['revision', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('revision', 'item'), name='one_outcome_per_promise_and_revision'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'moved'), _negated=True), models.Q(('when_words', ''), _negated=True), _connector='OR'), name='moved_promise_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'dropped'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='dropped_promise_says_why')],
            },
        ),
        migrations.AlterField(
            model_name='updateevent',
            name='kind',
            field=models.CharField(choices=[('submitted', 'Sent'), ('recalled', 'Recalled'), ('returned', 'Returned by the office'), ('acknowledged', 'Acknowledged'), ('no_change', 'No change, checked'), ('imported', 'Imported'), ('moved', 'Moved to another month'), ('corrected', 'Corrected')], max_length=12),
        ),
        RevokeChanges(["workstreams_promiseoutcome"]),
    ]

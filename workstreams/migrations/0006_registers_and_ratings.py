"""Registers, asks, the programme's rules of the derived rating, and questions where ratings differ.

A declared Red says the way back to Green from now on. The constraint is added NOT VALID: it holds for every row written
after this migration and leaves older and imported Reds as they were said.
"""

import django.core.validators
import django.db.models.deletion
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from programme.protection import RevokeChanges

HISTORY = [
    "workstreams_actionevent",
    "workstreams_decisionevent",
    "workstreams_issueevent",
    "workstreams_ratingthresholdsevent",
    "workstreams_riskevent",
]
APPEND_ONLY = [
    "workstreams_ask",
    "workstreams_askevent",
    "workstreams_ratinganswer",
    "workstreams_ratingquestion",
]


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('programme', '0002_protection'),
        ('workstreams', '0005_on_behalf'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('raised_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_how', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('ending', models.CharField(blank=True, choices=[('done', 'Done'), ('dropped', 'Dropped')], max_length=10)),
            ],
            options={
                'ordering': ['raised_on', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.TextField()),
                ('raised_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_how', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('ending', models.CharField(blank=True, choices=[('done', 'Done'), ('dropped', 'Dropped')], max_length=10)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Ask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('wanted_by', models.DateField(blank=True, null=True)),
                ('is_blocking', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AskEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('asked', 'Asked'), ('yes', 'Answered: yes'), ('no', 'Answered: no'), ('more_needed', 'More needed'), ('replied', 'Replied by the workstream'), ('withdrawn', 'Withdrawn')], max_length=12)),
                ('sentence', models.TextField(blank=True)),
                ('day', models.DateField(blank=True, help_text='The day an answer names', null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('decided_by_words', models.CharField(blank=True, max_length=200)),
                ('decided_on', models.DateField()),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-decided_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DecisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.TextField()),
                ('decided_by_words', models.CharField(blank=True, max_length=200)),
                ('decided_on', models.DateField()),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('raised_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_how', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('severity', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], max_length=10)),
            ],
            options={
                'ordering': ['raised_on', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IssueEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.TextField()),
                ('raised_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_how', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('severity', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], max_length=10)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RatingAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RatingQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(choices=[('derived', 'What the rules say'), ('assured', 'What the assurance reviewer says')], max_length=10)),
                ('declared', models.CharField(choices=[('red', 'Red'), ('amber', 'Amber'), ('green', 'Green'), ('complete', 'Complete'), ('not_rated', 'Not rated'), ('not_reported', 'Not reported')], max_length=12)),
                ('other', models.CharField(choices=[('red', 'Red'), ('amber', 'Amber'), ('green', 'Green'), ('complete', 'Complete'), ('not_rated', 'Not rated'), ('not_reported', 'Not reported')], max_length=12)),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RatingThresholds',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('red_overdue_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)])),
                ('red_critical_overdue_days', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)])),
                ('red_critical_slip_days', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)])),
                ('red_ask_working_days', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(60)])),
                ('amber_overdue_days', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)])),
                ('amber_slip_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)])),
                ('amber_moves', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)])),
                ('amber_risk_score', models.PositiveSmallIntegerField(default=15, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(25)])),
                ('red_meaning', models.CharField(blank=True, max_length=60)),
                ('red_definition', models.TextField(blank=True)),
                ('amber_meaning', models.CharField(blank=True, max_length=60)),
                ('amber_definition', models.TextField(blank=True)),
                ('green_meaning', models.CharField(blank=True, max_length=60)),
                ('green_definition', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='RatingThresholdsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('red_overdue_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)])),
                ('red_critical_overdue_days', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)])),
                ('red_critical_slip_days', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)])),
                ('red_ask_working_days', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(60)])),
                ('amber_overdue_days', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)])),
                ('amber_slip_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)])),
                ('amber_moves', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)])),
                ('amber_risk_score', models.PositiveSmallIntegerField(default=15, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(25)])),
                ('red_meaning', models.CharField(blank=True, max_length=60)),
                ('red_definition', models.TextField(blank=True)),
                ('amber_meaning', models.CharField(blank=True, max_length=60)),
                ('amber_definition', models.TextField(blank=True)),
                ('green_meaning', models.CharField(blank=True, max_length=60)),
                ('green_definition', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('raised_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_how', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('likelihood', models.PositiveSmallIntegerField(choices=[(1, '1: rare'), (2, '2: unlikely'), (3, '3: possible'), (4, '4: likely'), (5, '5: almost certain')])),
                ('impact', models.PositiveSmallIntegerField(choices=[(1, '1: negligible'), (2, '2: minor'), (3, '3: moderate'), (4, '4: major'), (5, '5: catastrophic')])),
                ('review_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['raised_on', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RiskEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.TextField()),
                ('raised_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_how', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('likelihood', models.PositiveSmallIntegerField(choices=[(1, '1: rare'), (2, '2: unlikely'), (3, '3: possible'), (4, '4: likely'), (5, '5: almost certain')])),
                ('impact', models.PositiveSmallIntegerField(choices=[(1, '1: negligible'), (2, '2: minor'), (3, '3: moderate'), (4, '4: major'), (5, '5: catastrophic')])),
                ('review_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='rating',
            name='delivery_confidence',
            field=models.CharField(blank=True, choices=[('green', 'Highly likely (Green)'), ('amber', 'Feasible (Amber)'), ('red', 'Appears unachievable (Red)')], max_length=10),
        ),
        migrations.AddField(
            model_name='rating',
            name='path_action',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='rating',
            name='path_by',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='rating',
            name='path_owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.person'),
        ),
        migrations.AddField(
            model_name='rating',
            name='path_owner_words',
            field=models.CharField(blank=True, help_text='An owner who is nobody we know by name', max_length=200),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('kind', 'assured'), ('revision__isnull', False), models.Q(('reason', ''), _negated=True)), ('kind', 'declared'), _connector='OR'), name='assured_rating_says_why_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'declared'), ('delivery_confidence', ''), _connector='OR'), name='confidence_is_the_leads'),
        ),
        AddConstraintNotValid(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'declared'), ('rating', 'red'), _negated=True), models.Q(models.Q(('path_action', ''), _negated=True), ('path_by__isnull', False), models.Q(('path_owner__isnull', False), models.Q(('path_owner_words', ''), _negated=True), _connector='OR')), _connector='OR'), name='red_says_the_way_back'),
        ),
        migrations.AddField(
            model_name='action',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.person'),
        ),
        migrations.AddField(
            model_name='action',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='action',
            name='workstream',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='workstreams.workstream'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='owner',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.person'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='workstreams.action'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='programme',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='workstream',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.workstream'),
        ),
        migrations.AddField(
            model_name='ask',
            name='asked_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='workstreams.updaterevision'),
        ),
        migrations.AddField(
            model_name='ask',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ask',
            name='workstream',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='workstreams.workstream'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='ask',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.ask'),
        ),
        migrations.AddField(
            model_name='action',
            name='ask',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='workstreams.ask'),
        ),
        migrations.AddField(
            model_name='askevent',
            name='ask',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='workstreams.ask'),
        ),
        migrations.AddField(
            model_name='askevent',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='ask',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='workstreams.ask'),
        ),
        migrations.AddField(
            model_name='decision',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.person'),
        ),
        migrations.AddField(
            model_name='decision',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='decision',
            name='workstream',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='workstreams.workstream'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='decision',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.decision'),
        ),
        migrations.AddField(
            model_name='action',
            name='decision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='workstreams.decision'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='ask',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.ask'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.person'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='workstreams.decision'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='programme',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='workstream',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.workstream'),
        ),
        migrations.AddField(
            model_name='issue',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.person'),
        ),
        migrations.AddField(
            model_name='issue',
            name='workstream',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='workstreams.workstream'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='issue',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.issue'),
        ),
        migrations.AddField(
            model_name='action',
            name='issue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='workstreams.issue'),
        ),
        migrations.AddField(
            model_name='issueevent',
            name='owner',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.person'),
        ),
        migrations.AddField(
            model_name='issueevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='issueevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='workstreams.issue'),
        ),
        migrations.AddField(
            model_name='issueevent',
            name='workstream',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.workstream'),
        ),
        migrations.AddField(
            model_name='ratinganswer',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ratingquestion',
            name='assured',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='workstreams.rating'),
        ),
        migrations.AddField(
            model_name='ratingquestion',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ratingquestion',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rating_questions', to='workstreams.updaterevision'),
        ),
        migrations.AddField(
            model_name='ratingquestion',
            name='workstream',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rating_questions', to='workstreams.workstream'),
        ),
        migrations.AddField(
            model_name='ratinganswer',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='workstreams.ratingquestion'),
        ),
        migrations.AddField(
            model_name='ratingthresholds',
            name='programme',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rating_thresholds', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='ratingthresholdsevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='ratingthresholdsevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='workstreams.ratingthresholds'),
        ),
        migrations.AddField(
            model_name='ratingthresholdsevent',
            name='programme',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='risk',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.person'),
        ),
        migrations.AddField(
            model_name='risk',
            name='workstream',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='workstreams.workstream'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='risk',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.risk'),
        ),
        migrations.AddField(
            model_name='action',
            name='risk',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='workstreams.risk'),
        ),
        migrations.AddField(
            model_name='riskevent',
            name='owner',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.person'),
        ),
        migrations.AddField(
            model_name='riskevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='riskevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='workstreams.risk'),
        ),
        migrations.AddField(
            model_name='riskevent',
            name='workstream',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.workstream'),
        ),
        migrations.AddConstraint(
            model_name='askevent',
            constraint=models.UniqueConstraint(fields=('ask', 'number'), name='one_ask_event_per_number'),
        ),
        migrations.AddConstraint(
            model_name='askevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['asked', 'replied', 'withdrawn']), ('day__isnull', False), _connector='OR'), name='answer_names_a_day'),
        ),
        migrations.AddConstraint(
            model_name='askevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'asked'), models.Q(('sentence', ''), _negated=True), _connector='OR'), name='ask_event_says_why'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', False), models.Q(('decided_by_words', ''), _negated=True), _connector='OR'), name='decision_was_made_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_decisionevent" ("ask_id", "decided_by_id", "decided_by_words", "decided_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "text", "version", "workstream_id") VALUES (NEW."ask_id", NEW."decided_by_id", NEW."decided_by_words", NEW."decided_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."text", NEW."version", NEW."workstream_id"); RETURN NULL;', hash='d0bc4e952947f44aee9007216619b034f56a9e0b', operation='INSERT', pgid='pgtrigger_insert_insert_29d83', table='workstreams_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "workstreams_decisionevent" ("ask_id", "decided_by_id", "decided_by_words", "decided_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "text", "version", "workstream_id") VALUES (NEW."ask_id", NEW."decided_by_id", NEW."decided_by_words", NEW."decided_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."text", NEW."version", NEW."workstream_id"); RETURN NULL;', hash='1520785f2610db3dc7ae37df5646b8616f44afc3', operation='UPDATE', pgid='pgtrigger_update_update_d8c01', table='workstreams_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_decisionevent" ("ask_id", "decided_by_id", "decided_by_words", "decided_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "text", "version", "workstream_id") VALUES (OLD."ask_id", OLD."decided_by_id", OLD."decided_by_words", OLD."decided_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."text", OLD."version", OLD."workstream_id"); RETURN NULL;', hash='b5c032bc18c2e240b1c89b73f2c47dcb8df5e0af', operation='DELETE', pgid='pgtrigger_delete_delete_90bed', table='workstreams_decision', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), models.Q(('closed_how', ''), _negated=True), _connector='OR'), name='workstreams_issue_closed_says_how'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('severity__in', ['low', 'medium', 'high'])), name='severity_is_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issue',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_issueevent" ("closed_how", "closed_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_on", "severity", "text", "version", "workstream_id") VALUES (NEW."closed_how", NEW."closed_on", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_on", NEW."severity", NEW."text", NEW."version", NEW."workstream_id"); RETURN NULL;', hash='9e44bf4e2b601edfdf29e9d49f489342c0f98765', operation='INSERT', pgid='pgtrigger_insert_insert_e9b22', table='workstreams_issue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issue',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "workstreams_issueevent" ("closed_how", "closed_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_on", "severity", "text", "version", "workstream_id") VALUES (NEW."closed_how", NEW."closed_on", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_on", NEW."severity", NEW."text", NEW."version", NEW."workstream_id"); RETURN NULL;', hash='99163416c3df4ec4c5805946745962ae59a1c464', operation='UPDATE', pgid='pgtrigger_update_update_08418', table='workstreams_issue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issue',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_issueevent" ("closed_how", "closed_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_on", "severity", "text", "version", "workstream_id") VALUES (OLD."closed_how", OLD."closed_on", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."raised_on", OLD."severity", OLD."text", OLD."version", OLD."workstream_id"); RETURN NULL;', hash='60cb416654d42896e89cd68f8fa44e99e05bcdb0', operation='DELETE', pgid='pgtrigger_delete_delete_372f0', table='workstreams_issue', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='ratingquestion',
            constraint=models.UniqueConstraint(condition=models.Q(('basis', 'derived')), fields=('revision', 'other'), name='one_question_per_derived_rating'),
        ),
        migrations.AddConstraint(
            model_name='ratingquestion',
            constraint=models.UniqueConstraint(fields=('assured',), name='one_question_per_assured_rating'),
        ),
        migrations.AddConstraint(
            model_name='ratingquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assured', None), ('basis', 'derived')), models.Q(('assured__isnull', False), ('basis', 'assured')), _connector='OR'), name='question_has_its_basis'),
        ),
        migrations.AddConstraint(
            model_name='ratinganswer',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='rating_answer_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingthresholds',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_ratingthresholdsevent" ("amber_definition", "amber_meaning", "amber_moves", "amber_overdue_days", "amber_risk_score", "amber_slip_days", "green_definition", "green_meaning", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "red_ask_working_days", "red_critical_overdue_days", "red_critical_slip_days", "red_definition", "red_meaning", "red_overdue_days", "version") VALUES (NEW."amber_definition", NEW."amber_meaning", NEW."amber_moves", NEW."amber_overdue_days", NEW."amber_risk_score", NEW."amber_slip_days", NEW."green_definition", NEW."green_meaning", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."red_ask_working_days", NEW."red_critical_overdue_days", NEW."red_critical_slip_days", NEW."red_definition", NEW."red_meaning", NEW."red_overdue_days", NEW."version"); RETURN NULL;', hash='8b74a58a51f159b9d866fdccf5024fe082f7b06c', operation='INSERT', pgid='pgtrigger_insert_insert_928ea', table='workstreams_ratingthresholds', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingthresholds',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "workstreams_ratingthresholdsevent" ("amber_definition", "amber_meaning", "amber_moves", "amber_overdue_days", "amber_risk_score", "amber_slip_days", "green_definition", "green_meaning", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "red_ask_working_days", "red_critical_overdue_days", "red_critical_slip_days", "red_definition", "red_meaning", "red_overdue_days", "version") VALUES (NEW."amber_definition", NEW."amber_meaning", NEW."amber_moves", NEW."amber_overdue_days", NEW."amber_risk_score", NEW."amber_slip_days", NEW."green_definition", NEW."green_meaning", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."red_ask_working_days", NEW."red_critical_overdue_days", NEW."red_critical_slip_days", NEW."red_definition", NEW."red_meaning", NEW."red_overdue_days", NEW."version"); RETURN NULL;', hash='a79af21e1debe30f0bf0c4e5d523e674eddfc629', operation='UPDATE', pgid='pgtrigger_update_update_d4854', table='workstreams_ratingthresholds', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingthresholds',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_ratingthresholdsevent" ("amber_definition", "amber_meaning", "amber_moves", "amber_overdue_days", "amber_risk_score", "amber_slip_days", "green_definition", "green_meaning", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "red_ask_working_days", "red_critical_overdue_days", "red_critical_slip_days", "red_definition", "red_meaning", "red_overdue_days", "version") VALUES (OLD."amber_definition", OLD."amber_meaning", OLD."amber_moves", OLD."amber_overdue_days", OLD."amber_risk_score", OLD."amber_slip_days", OLD."green_definition", OLD."green_meaning", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."red_ask_working_days", OLD."red_critical_overdue_days", OLD."red_critical_slip_days", OLD."red_definition", OLD."red_meaning", OLD."red_overdue_days", OLD."version"); RETURN NULL;', hash='d13a23b55806bf502bafcd085f312c2525569996', operation='DELETE', pgid='pgtrigger_delete_delete_80ba2', table='workstreams_ratingthresholds', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), models.Q(('closed_how', ''), _negated=True), _connector='OR'), name='workstreams_risk_closed_says_how'),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.CheckConstraint(condition=models.Q(('impact__range', (1, 5)), ('likelihood__range', (1, 5))), name='risk_is_scored_from_1_to_5'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='risk',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_riskevent" ("closed_how", "closed_on", "id", "impact", "likelihood", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_on", "review_on", "text", "version", "workstream_id") VALUES (NEW."closed_how", NEW."closed_on", NEW."id", NEW."impact", NEW."likelihood", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_on", NEW."review_on", NEW."text", NEW."version", NEW."workstream_id"); RETURN NULL;', hash='476bb50e1b09772cd2d0893a283a9fd1c7c22355', operation='INSERT', pgid='pgtrigger_insert_insert_dd9dc', table='workstreams_risk', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='risk',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "workstreams_riskevent" ("closed_how", "closed_on", "id", "impact", "likelihood", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_on", "review_on", "text", "version", "workstream_id") VALUES (NEW."closed_how", NEW."closed_on", NEW."id", NEW."impact", NEW."likelihood", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_on", NEW."review_on", NEW."text", NEW."version", NEW."workstream_id"); RETURN NULL;', hash='8ca2d047b8995bc06ee828f57d62dc9e7304babf', operation='UPDATE', pgid='pgtrigger_update_update_14b06', table='workstreams_risk', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='risk',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_riskevent" ("closed_how", "closed_on", "id", "impact", "likelihood", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_on", "review_on", "text", "version", "workstream_id") VALUES (OLD."closed_how", OLD."closed_on", OLD."id", OLD."impact", OLD."likelihood", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."raised_on", OLD."review_on", OLD."text", OLD."version", OLD."workstream_id"); RETURN NULL;', hash='1187b447360f87e06d912371e4c8cf89ceb28e57', operation='DELETE', pgid='pgtrigger_delete_delete_72407', table='workstreams_risk', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), models.Q(('closed_how', ''), _negated=True), _connector='OR'), name='workstreams_action_closed_says_how'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('ending', '')), models.Q(('closed_on__isnull', False), ('ending__in', ['done', 'dropped'])), _connector='OR'), name='action_ends_done_or_dropped'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(models.Func('risk', 'issue', 'ask', 'decision', function='num_nonnulls', output_field=models.IntegerField()), 1), name='action_comes_from_one_thing'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_actionevent" ("ask_id", "closed_how", "closed_on", "decision_id", "due_on", "ending", "id", "issue_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "raised_on", "risk_id", "text", "version", "workstream_id") VALUES (NEW."ask_id", NEW."closed_how", NEW."closed_on", NEW."decision_id", NEW."due_on", NEW."ending", NEW."id", NEW."issue_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."raised_on", NEW."risk_id", NEW."text", NEW."version", NEW."workstream_id"); RETURN NULL;', hash='206b5567ed103c0501c6bed69451b15eadd1b35a', operation='INSERT', pgid='pgtrigger_insert_insert_3bdf1', table='workstreams_action', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "workstreams_actionevent" ("ask_id", "closed_how", "closed_on", "decision_id", "due_on", "ending", "id", "issue_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "raised_on", "risk_id", "text", "version", "workstream_id") VALUES (NEW."ask_id", NEW."closed_how", NEW."closed_on", NEW."decision_id", NEW."due_on", NEW."ending", NEW."id", NEW."issue_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."raised_on", NEW."risk_id", NEW."text", NEW."version", NEW."workstream_id"); RETURN NULL;', hash='702dd8eb6ff4ba492d618d54f4919fb0494e1ae9', operation='UPDATE', pgid='pgtrigger_update_update_949d7', table='workstreams_action', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_actionevent" ("ask_id", "closed_how", "closed_on", "decision_id", "due_on", "ending", "id", "issue_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "raised_on", "risk_id", "text", "version", "workstream_id") VALUES (OLD."ask_id", OLD."closed_how", OLD."closed_on", OLD."decision_id", OLD."due_on", OLD."ending", OLD."id", OLD."issue_id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."raised_on", OLD."risk_id", OLD."text", OLD."version", OLD."workstream_id"); RETURN NULL;', hash='44193a6215093307bc596e0c27b4fb50516871f5', operation='DELETE', pgid='pgtrigger_delete_delete_4c14e', table='workstreams_action', when='AFTER')),
        ),
        RevokeChanges(HISTORY),
        RevokeChanges(APPEND_ONLY),
    ]

"""Every table of the application as it stood when the migrations were begun anew (decision 0031)."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from programme.made_at_once import MadeAtOnce


class Migration(migrations.Migration):
    """As `makemigrations` wrote it, made at once."""

    initial = True

    replaces = [
        ('thrive', '0001_map'),
    ]

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('programme', '0001_tables'),
        ('workstreams', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [MadeAtOnce([
        migrations.CreateModel(
            name='RecommendationWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RecommendationWorkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('offer', models.TextField(help_text='What it does, in a sentence or two')),
                ('age_from', models.PositiveSmallIntegerField(default=0, help_text='In months')),
                ('age_to', models.PositiveSmallIntegerField(default=300, help_text='In months, not included')),
                ('made_for', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('looked_after', 'Children looked after and care leavers'), ('young_carers', 'Young carers'), ('send', 'Special educational needs and disability'), ('neurodivergent', 'Autistic people and others who are neurodivergent'), ('learning_disability', 'Learning disability'), ('ethnic_minority', 'Ethnic minority communities'), ('lgbtq', 'LGBTQ+'), ('refugees', 'Refugees and people seeking asylum'), ('gypsy_roma_traveller', 'Gypsy, Roma and Traveller communities'), ('justice', 'In contact with the justice system'), ('not_in_school', 'Not in school'), ('poverty', 'Living in poverty'), ('under_fives', 'Families with children under 5'), ('young_adults', 'Young adults from 16 to 25'), ('rural', 'Living far from services')], max_length=30), blank=True, default=list, size=None)),
                ('reaches', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('looked_after', 'Children looked after and care leavers'), ('young_carers', 'Young carers'), ('send', 'Special educational needs and disability'), ('neurodivergent', 'Autistic people and others who are neurodivergent'), ('learning_disability', 'Learning disability'), ('ethnic_minority', 'Ethnic minority communities'), ('lgbtq', 'LGBTQ+'), ('refugees', 'Refugees and people seeking asylum'), ('gypsy_roma_traveller', 'Gypsy, Roma and Traveller communities'), ('justice', 'In contact with the justice system'), ('not_in_school', 'Not in school'), ('poverty', 'Living in poverty'), ('under_fives', 'Families with children under 5'), ('young_adults', 'Young adults from 16 to 25'), ('rural', 'Living far from services')], max_length=30), blank=True, default=list, size=None)),
                ('ways_in', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('self', 'Young people themselves'), ('family', 'Parents and carers'), ('school', 'School or college'), ('gp', 'GP or primary care'), ('professional', 'Another professional'), ('spa', 'Single point of access'), ('crisis', 'Crisis line or emergency department'), ('open', 'No referral needed')], max_length=30), blank=True, default=list, size=None)),
                ('how_to_reach', models.TextField(blank=True)),
                ('hours', models.CharField(blank=True, max_length=200)),
                ('capacity', models.CharField(blank=True, max_length=200)),
                ('wait_weeks', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('evidence_base', models.TextField(blank=True)),
                ('website', models.CharField(blank=True, max_length=500)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('status', models.CharField(choices=[('live', 'Live'), ('planned', 'Planned'), ('not_live', 'Commissioned, not live'), ('closed', 'Closed')], default='live', max_length=10)),
                ('assured_on', models.DateField(blank=True, null=True)),
                ('is_example', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ServiceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('offer', models.TextField(help_text='What it does, in a sentence or two')),
                ('age_from', models.PositiveSmallIntegerField(default=0, help_text='In months')),
                ('age_to', models.PositiveSmallIntegerField(default=300, help_text='In months, not included')),
                ('made_for', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('looked_after', 'Children looked after and care leavers'), ('young_carers', 'Young carers'), ('send', 'Special educational needs and disability'), ('neurodivergent', 'Autistic people and others who are neurodivergent'), ('learning_disability', 'Learning disability'), ('ethnic_minority', 'Ethnic minority communities'), ('lgbtq', 'LGBTQ+'), ('refugees', 'Refugees and people seeking asylum'), ('gypsy_roma_traveller', 'Gypsy, Roma and Traveller communities'), ('justice', 'In contact with the justice system'), ('not_in_school', 'Not in school'), ('poverty', 'Living in poverty'), ('under_fives', 'Families with children under 5'), ('young_adults', 'Young adults from 16 to 25'), ('rural', 'Living far from services')], max_length=30), blank=True, default=list, size=None)),
                ('reaches', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('looked_after', 'Children looked after and care leavers'), ('young_carers', 'Young carers'), ('send', 'Special educational needs and disability'), ('neurodivergent', 'Autistic people and others who are neurodivergent'), ('learning_disability', 'Learning disability'), ('ethnic_minority', 'Ethnic minority communities'), ('lgbtq', 'LGBTQ+'), ('refugees', 'Refugees and people seeking asylum'), ('gypsy_roma_traveller', 'Gypsy, Roma and Traveller communities'), ('justice', 'In contact with the justice system'), ('not_in_school', 'Not in school'), ('poverty', 'Living in poverty'), ('under_fives', 'Families with children under 5'), ('young_adults', 'Young adults from 16 to 25'), ('rural', 'Living far from services')], max_length=30), blank=True, default=list, size=None)),
                ('ways_in', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('self', 'Young people themselves'), ('family', 'Parents and carers'), ('school', 'School or college'), ('gp', 'GP or primary care'), ('professional', 'Another professional'), ('spa', 'Single point of access'), ('crisis', 'Crisis line or emergency department'), ('open', 'No referral needed')], max_length=30), blank=True, default=list, size=None)),
                ('how_to_reach', models.TextField(blank=True)),
                ('hours', models.CharField(blank=True, max_length=200)),
                ('capacity', models.CharField(blank=True, max_length=200)),
                ('wait_weeks', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('evidence_base', models.TextField(blank=True)),
                ('website', models.CharField(blank=True, max_length=500)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('status', models.CharField(choices=[('live', 'Live'), ('planned', 'Planned'), ('not_live', 'Commissioned, not live'), ('closed', 'Closed')], default='live', max_length=10)),
                ('assured_on', models.DateField(blank=True, null=True)),
                ('is_example', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ServicePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='ServicePlaceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TargetOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('good', models.TextField(help_text='What is there when it is met')),
                ('source', models.CharField(blank=True, max_length=200)),
                ('grouping', models.CharField(blank=True, choices=[('thriving', 'Thriving'), ('advice', 'Getting Advice'), ('help', 'Getting Help'), ('more_help', 'Getting More Help'), ('risk_support', 'Getting Risk Support')], max_length=15)),
                ('age_from', models.PositiveSmallIntegerField(default=0, help_text='In months')),
                ('age_to', models.PositiveSmallIntegerField(default=300, help_text='In months, not included')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='TargetOfferEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('good', models.TextField(help_text='What is there when it is met')),
                ('source', models.CharField(blank=True, max_length=200)),
                ('grouping', models.CharField(blank=True, choices=[('thriving', 'Thriving'), ('advice', 'Getting Advice'), ('help', 'Getting Help'), ('more_help', 'Getting More Help'), ('risk_support', 'Getting Risk Support')], max_length=15)),
                ('age_from', models.PositiveSmallIntegerField(default=0, help_text='In months')),
                ('age_to', models.PositiveSmallIntegerField(default=300, help_text='In months, not included')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ConfirmedNone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('age_from', models.PositiveSmallIntegerField(help_text='In months')),
                ('age_to', models.PositiveSmallIntegerField(help_text='In months, not included')),
                ('grouping', models.CharField(choices=[('thriving', 'Thriving'), ('advice', 'Getting Advice'), ('help', 'Getting Help'), ('more_help', 'Getting More Help'), ('risk_support', 'Getting Risk Support')], max_length=15)),
                ('group', models.CharField(blank=True, choices=[('looked_after', 'Children looked after and care leavers'), ('young_carers', 'Young carers'), ('send', 'Special educational needs and disability'), ('neurodivergent', 'Autistic people and others who are neurodivergent'), ('learning_disability', 'Learning disability'), ('ethnic_minority', 'Ethnic minority communities'), ('lgbtq', 'LGBTQ+'), ('refugees', 'Refugees and people seeking asylum'), ('gypsy_roma_traveller', 'Gypsy, Roma and Traveller communities'), ('justice', 'In contact with the justice system'), ('not_in_school', 'Not in school'), ('poverty', 'Living in poverty'), ('under_fives', 'Families with children under 5'), ('young_adults', 'Young adults from 16 to 25'), ('rural', 'Living far from services')], max_length=30)),
                ('evidence', models.TextField()),
                ('on', models.DateField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmed_nones', to='programme.place')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ConfirmedNoneEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('age_from', models.PositiveSmallIntegerField(help_text='In months')),
                ('age_to', models.PositiveSmallIntegerField(help_text='In months, not included')),
                ('grouping', models.CharField(choices=[('thriving', 'Thriving'), ('advice', 'Getting Advice'), ('help', 'Getting Help'), ('more_help', 'Getting More Help'), ('risk_support', 'Getting Risk Support')], max_length=15)),
                ('group', models.CharField(blank=True, choices=[('looked_after', 'Children looked after and care leavers'), ('young_carers', 'Young carers'), ('send', 'Special educational needs and disability'), ('neurodivergent', 'Autistic people and others who are neurodivergent'), ('learning_disability', 'Learning disability'), ('ethnic_minority', 'Ethnic minority communities'), ('lgbtq', 'LGBTQ+'), ('refugees', 'Refugees and people seeking asylum'), ('gypsy_roma_traveller', 'Gypsy, Roma and Traveller communities'), ('justice', 'In contact with the justice system'), ('not_in_school', 'Not in school'), ('poverty', 'Living in poverty'), ('under_fives', 'Families with children under 5'), ('young_adults', 'Young adults from 16 to 25'), ('rural', 'Living far from services')], max_length=30)),
                ('evidence', models.TextField()),
                ('on', models.DateField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='thrive.confirmednone')),
                ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.place')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GapFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('now', models.TextField(help_text='What is there today')),
                ('grouping', models.CharField(blank=True, choices=[('thriving', 'Thriving'), ('advice', 'Getting Advice'), ('help', 'Getting Help'), ('more_help', 'Getting More Help'), ('risk_support', 'Getting Risk Support')], max_length=15)),
                ('age_from', models.PositiveSmallIntegerField(default=0, help_text='In months')),
                ('age_to', models.PositiveSmallIntegerField(default=300, help_text='In months, not included')),
                ('group', models.CharField(blank=True, choices=[('looked_after', 'Children looked after and care leavers'), ('young_carers', 'Young carers'), ('send', 'Special educational needs and disability'), ('neurodivergent', 'Autistic people and others who are neurodivergent'), ('learning_disability', 'Learning disability'), ('ethnic_minority', 'Ethnic minority communities'), ('lgbtq', 'LGBTQ+'), ('refugees', 'Refugees and people seeking asylum'), ('gypsy_roma_traveller', 'Gypsy, Roma and Traveller communities'), ('justice', 'In contact with the justice system'), ('not_in_school', 'Not in school'), ('poverty', 'Living in poverty'), ('under_fives', 'Families with children under 5'), ('young_adults', 'Young adults from 16 to 25'), ('rural', 'Living far from services')], max_length=30)),
                ('found_on', models.DateField()),
                ('state', models.CharField(choices=[('found', 'Not decided'), ('accepted', 'Accepted'), ('not_accepted', 'Not accepted'), ('filled', 'Filled')], default='found', max_length=12)),
                ('reason', models.TextField(blank=True)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('evidence', models.TextField(blank=True)),
                ('filled_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('found_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gaps', to='programme.place')),
            ],
            options={
                'ordering': ['place__name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GapAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='thrive.gapfinding')),
            ],
        ),
        migrations.CreateModel(
            name='GapFindingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('now', models.TextField(help_text='What is there today')),
                ('grouping', models.CharField(blank=True, choices=[('thriving', 'Thriving'), ('advice', 'Getting Advice'), ('help', 'Getting Help'), ('more_help', 'Getting More Help'), ('risk_support', 'Getting Risk Support')], max_length=15)),
                ('age_from', models.PositiveSmallIntegerField(default=0, help_text='In months')),
                ('age_to', models.PositiveSmallIntegerField(default=300, help_text='In months, not included')),
                ('group', models.CharField(blank=True, choices=[('looked_after', 'Children looked after and care leavers'), ('young_carers', 'Young carers'), ('send', 'Special educational needs and disability'), ('neurodivergent', 'Autistic people and others who are neurodivergent'), ('learning_disability', 'Learning disability'), ('ethnic_minority', 'Ethnic minority communities'), ('lgbtq', 'LGBTQ+'), ('refugees', 'Refugees and people seeking asylum'), ('gypsy_roma_traveller', 'Gypsy, Roma and Traveller communities'), ('justice', 'In contact with the justice system'), ('not_in_school', 'Not in school'), ('poverty', 'Living in poverty'), ('under_fives', 'Families with children under 5'), ('young_adults', 'Young adults from 16 to 25'), ('rural', 'Living far from services')], max_length=30)),
                ('found_on', models.DateField()),
                ('state', models.CharField(choices=[('found', 'Not decided'), ('accepted', 'Accepted'), ('not_accepted', 'Not accepted'), ('filled', 'Filled')], default='found', max_length=12)),
                ('reason', models.TextField(blank=True)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('evidence', models.TextField(blank=True)),
                ('filled_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('found_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='thrive.gapfinding')),
                ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.place')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MapImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('counts', models.JSONField(default=dict)),
                ('before', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='map_imports', to='programme.programme')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MapImportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('counts', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='thrive.mapimport')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('age_from', models.PositiveSmallIntegerField(help_text='In months')),
                ('age_to', models.PositiveSmallIntegerField(help_text='In months, not included')),
                ('grouping', models.CharField(choices=[('thriving', 'Thriving'), ('advice', 'Getting Advice'), ('help', 'Getting Help'), ('more_help', 'Getting More Help'), ('risk_support', 'Getting Risk Support')], max_length=15)),
                ('contribution', models.CharField(choices=[('core', 'Core'), ('partial', 'Partial')], max_length=8)),
                ('evidence_kind', models.CharField(blank=True, choices=[('specification', 'Specification'), ('activity', 'Activity figures'), ('audit', 'Audit'), ('directory', 'Directory entry'), ('feedback', 'Feedback of users'), ('plan', 'Plan in place'), ('measure', 'Outcome measure'), ('word', 'Told by the service')], max_length=15)),
                ('evidence', models.CharField(blank=True, max_length=300)),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mappings', to='thrive.mapimport')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mappings', to='programme.place')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['service__name', 'place__name', 'age_from', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MappingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('age_from', models.PositiveSmallIntegerField(help_text='In months')),
                ('age_to', models.PositiveSmallIntegerField(help_text='In months, not included')),
                ('grouping', models.CharField(choices=[('thriving', 'Thriving'), ('advice', 'Getting Advice'), ('help', 'Getting Help'), ('more_help', 'Getting More Help'), ('risk_support', 'Getting Risk Support')], max_length=15)),
                ('contribution', models.CharField(choices=[('core', 'Core'), ('partial', 'Partial')], max_length=8)),
                ('evidence_kind', models.CharField(blank=True, choices=[('specification', 'Specification'), ('activity', 'Activity figures'), ('audit', 'Audit'), ('directory', 'Directory entry'), ('feedback', 'Feedback of users'), ('plan', 'Plan in place'), ('measure', 'Outcome measure'), ('word', 'Told by the service')], max_length=15)),
                ('evidence', models.CharField(blank=True, max_length=300)),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('batch', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='thrive.mapimport')),
                ('pgh_context', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='thrive.mapping')),
                ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.place')),
                ('reviewed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MapSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('sheets', models.JSONField(help_text='Each sheet with its columns, its rows and what could not be read')),
                ('created_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.programme')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('source_kind', models.CharField(choices=[('report', 'Report'), ('review', 'Review'), ('gate', 'Gate'), ('workshop', 'Workshop'), ('maturity', 'Maturity review'), ('other', 'Something else')], max_length=10)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('made_on', models.DateField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('adapted', 'Accepted in another form'), ('declined', 'Declined')], max_length=10)),
                ('adapted', models.TextField(blank=True, help_text='What will be done in its place')),
                ('reason', models.TextField(blank=True)),
                ('wanted_by', models.DateField(blank=True, null=True)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('evidence', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gaps', models.ManyToManyField(related_name='recommendations', through='thrive.GapAnswer', to='thrive.gapfinding')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations_owned', to='programme.person')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='programme.place')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='GapAnswerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='thrive.gapanswer')),
                ('gap', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='thrive.gapfinding')),
                ('recommendation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='thrive.recommendation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='gapanswer',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='thrive.recommendation'),
        ),
        migrations.CreateModel(
            name='RecommendationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.TextField()),
                ('source_kind', models.CharField(choices=[('report', 'Report'), ('review', 'Review'), ('gate', 'Gate'), ('workshop', 'Workshop'), ('maturity', 'Maturity review'), ('other', 'Something else')], max_length=10)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('made_on', models.DateField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('adapted', 'Accepted in another form'), ('declined', 'Declined')], max_length=10)),
                ('adapted', models.TextField(blank=True, help_text='What will be done in its place')),
                ('reason', models.TextField(blank=True)),
                ('wanted_by', models.DateField(blank=True, null=True)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('evidence', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='thrive.recommendation')),
                ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.place')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='recommendationwork',
            name='milestone',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendation_works', to='workstreams.milestone'),
        ),
        migrations.AddField(
            model_name='recommendationwork',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='works', to='thrive.recommendation'),
        ),
        migrations.AddField(
            model_name='recommendationwork',
            name='workstream',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendation_works', to='workstreams.workstream'),
        ),
        migrations.AddField(
            model_name='recommendationworkevent',
            name='milestone',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.milestone'),
        ),
        migrations.AddField(
            model_name='recommendationworkevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='recommendationworkevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='thrive.recommendationwork'),
        ),
        migrations.AddField(
            model_name='recommendationworkevent',
            name='recommendation',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='thrive.recommendation'),
        ),
        migrations.AddField(
            model_name='recommendationworkevent',
            name='workstream',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.workstream'),
        ),
        migrations.AddField(
            model_name='service',
            name='assured_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='service',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='thrive.mapimport'),
        ),
        migrations.AddField(
            model_name='service',
            name='commissioner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services_commissioned', to='programme.organisation'),
        ),
        migrations.AddField(
            model_name='service',
            name='milestone',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='workstreams.milestone'),
        ),
        migrations.AddField(
            model_name='service',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='programme.organisation'),
        ),
        migrations.AddField(
            model_name='mappingevent',
            name='service',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='thrive.service'),
        ),
        migrations.AddField(
            model_name='mapping',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mappings', to='thrive.service'),
        ),
        migrations.AddField(
            model_name='serviceevent',
            name='assured_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='serviceevent',
            name='batch',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='thrive.mapimport'),
        ),
        migrations.AddField(
            model_name='serviceevent',
            name='commissioner',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.organisation'),
        ),
        migrations.AddField(
            model_name='serviceevent',
            name='milestone',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.milestone'),
        ),
        migrations.AddField(
            model_name='serviceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='serviceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='thrive.service'),
        ),
        migrations.AddField(
            model_name='serviceevent',
            name='provider',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.organisation'),
        ),
        migrations.AddField(
            model_name='serviceplace',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.place'),
        ),
        migrations.AddField(
            model_name='serviceplace',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='served', to='thrive.service'),
        ),
        migrations.AddField(
            model_name='service',
            name='places',
            field=models.ManyToManyField(related_name='services', through='thrive.ServicePlace', to='programme.place'),
        ),
        migrations.AddField(
            model_name='serviceplaceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='serviceplaceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='thrive.serviceplace'),
        ),
        migrations.AddField(
            model_name='serviceplaceevent',
            name='place',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.place'),
        ),
        migrations.AddField(
            model_name='serviceplaceevent',
            name='service',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='thrive.service'),
        ),
        migrations.AddField(
            model_name='targetoffer',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='programme.place'),
        ),
        migrations.AddField(
            model_name='gapfindingevent',
            name='target',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='thrive.targetoffer'),
        ),
        migrations.AddField(
            model_name='gapfinding',
            name='target',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gaps', to='thrive.targetoffer'),
        ),
        migrations.AddField(
            model_name='targetofferevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='targetofferevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='thrive.targetoffer'),
        ),
        migrations.AddField(
            model_name='targetofferevent',
            name='place',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.place'),
        ),
        migrations.AddConstraint(
            model_name='confirmednone',
            constraint=models.CheckConstraint(condition=models.Q(('age_from__lt', models.F('age_to')), ('age_to__lte', 300)), name='none_ages_in_order'),
        ),
        migrations.AddConstraint(
            model_name='confirmednone',
            constraint=models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='none_says_how_it_is_known'),
        ),
        migrations.AddConstraint(
            model_name='confirmednone',
            constraint=models.UniqueConstraint(fields=('place', 'grouping', 'group', 'age_from', 'age_to'), name='one_none_per_cell'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmednone',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_confirmednoneevent" ("age_from", "age_to", "by_id", "evidence", "group", "grouping", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version") VALUES (NEW."age_from", NEW."age_to", NEW."by_id", NEW."evidence", NEW."group", NEW."grouping", NEW."id", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."version"); RETURN NULL;', hash='4bca08ca27b240931c85f6865a9c20547c1de792', operation='INSERT', pgid='pgtrigger_insert_insert_b3f6e', table='thrive_confirmednone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmednone',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "thrive_confirmednoneevent" ("age_from", "age_to", "by_id", "evidence", "group", "grouping", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version") VALUES (NEW."age_from", NEW."age_to", NEW."by_id", NEW."evidence", NEW."group", NEW."grouping", NEW."id", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."version"); RETURN NULL;', hash='b162100526d2d950a38e9bb2e5a69cf294ddb512', operation='UPDATE', pgid='pgtrigger_update_update_66246', table='thrive_confirmednone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmednone',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_confirmednoneevent" ("age_from", "age_to", "by_id", "evidence", "group", "grouping", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version") VALUES (OLD."age_from", OLD."age_to", OLD."by_id", OLD."evidence", OLD."group", OLD."grouping", OLD."id", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."version"); RETURN NULL;', hash='e9ef5f966fd9b5bd7fedff5d54c758d302b642a2', operation='DELETE', pgid='pgtrigger_delete_delete_62f6a', table='thrive_confirmednone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mapimport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_mapimportevent" ("at", "by_id", "counts", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "sha256", "source", "undone_at") VALUES (NEW."at", NEW."by_id", NEW."counts", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."sha256", NEW."source", NEW."undone_at"); RETURN NULL;', hash='35606f0ec3257d5d15c5f71e1da9168d6094f9d5', operation='INSERT', pgid='pgtrigger_insert_insert_ea719', table='thrive_mapimport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mapimport',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."counts" IS DISTINCT FROM (NEW."counts") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."undone_at" IS DISTINCT FROM (NEW."undone_at"))', func='INSERT INTO "thrive_mapimportevent" ("at", "by_id", "counts", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "sha256", "source", "undone_at") VALUES (NEW."at", NEW."by_id", NEW."counts", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."sha256", NEW."source", NEW."undone_at"); RETURN NULL;', hash='071d46d8a0222e3436cb054254a401356dda1b7d', operation='UPDATE', pgid='pgtrigger_update_update_c03d4', table='thrive_mapimport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mapimport',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_mapimportevent" ("at", "by_id", "counts", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "sha256", "source", "undone_at") VALUES (OLD."at", OLD."by_id", OLD."counts", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."sha256", OLD."source", OLD."undone_at"); RETURN NULL;', hash='a848a48da9f140b93a3884256b78216aa71cd835', operation='DELETE', pgid='pgtrigger_delete_delete_5cff4', table='thrive_mapimport', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='recommendation_says_something'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('decision', ''), models.Q(models.Q(('reason', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='decided_recommendation_says_why'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__in', ['accepted', 'adapted']), _negated=True), ('owner__isnull', False), _connector='OR'), name='accepted_recommendation_has_owner'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='closed_recommendation_has_evidence'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_recommendationevent" ("adapted", "closed_by_id", "closed_on", "decided_by_id", "decided_on", "decision", "evidence", "id", "made_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reason", "source", "source_kind", "text", "version", "wanted_by") VALUES (NEW."adapted", NEW."closed_by_id", NEW."closed_on", NEW."decided_by_id", NEW."decided_on", NEW."decision", NEW."evidence", NEW."id", NEW."made_on", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."reason", NEW."source", NEW."source_kind", NEW."text", NEW."version", NEW."wanted_by"); RETURN NULL;', hash='82f2a635f0d125c567f8a81cb7b1de552147199b', operation='INSERT', pgid='pgtrigger_insert_insert_d1d60', table='thrive_recommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "thrive_recommendationevent" ("adapted", "closed_by_id", "closed_on", "decided_by_id", "decided_on", "decision", "evidence", "id", "made_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reason", "source", "source_kind", "text", "version", "wanted_by") VALUES (NEW."adapted", NEW."closed_by_id", NEW."closed_on", NEW."decided_by_id", NEW."decided_on", NEW."decision", NEW."evidence", NEW."id", NEW."made_on", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."reason", NEW."source", NEW."source_kind", NEW."text", NEW."version", NEW."wanted_by"); RETURN NULL;', hash='7419de2f1bea693e45f8531478e7a2d445f893af', operation='UPDATE', pgid='pgtrigger_update_update_a61c7', table='thrive_recommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_recommendationevent" ("adapted", "closed_by_id", "closed_on", "decided_by_id", "decided_on", "decision", "evidence", "id", "made_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reason", "source", "source_kind", "text", "version", "wanted_by") VALUES (OLD."adapted", OLD."closed_by_id", OLD."closed_on", OLD."decided_by_id", OLD."decided_on", OLD."decision", OLD."evidence", OLD."id", OLD."made_on", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."reason", OLD."source", OLD."source_kind", OLD."text", OLD."version", OLD."wanted_by"); RETURN NULL;', hash='b420741a4e00c0bd224b46b50cf92648661be135', operation='DELETE', pgid='pgtrigger_delete_delete_017dc', table='thrive_recommendation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='gapanswer',
            constraint=models.UniqueConstraint(fields=('recommendation', 'gap'), name='gap_answered_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gapanswer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_gapanswerevent" ("gap_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id") VALUES (NEW."gap_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recommendation_id"); RETURN NULL;', hash='7b4df9d4530ac8f3d8a92b75e45fab46195860c6', operation='INSERT', pgid='pgtrigger_insert_insert_34896', table='thrive_gapanswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gapanswer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "thrive_gapanswerevent" ("gap_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id") VALUES (NEW."gap_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recommendation_id"); RETURN NULL;', hash='5cb25aed0ed19778b11203fb0265121d72248d17', operation='UPDATE', pgid='pgtrigger_update_update_771bc', table='thrive_gapanswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gapanswer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_gapanswerevent" ("gap_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id") VALUES (OLD."gap_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recommendation_id"); RETURN NULL;', hash='cf59680d80c84cf4fef55266026bf3a9b76da4c7', operation='DELETE', pgid='pgtrigger_delete_delete_cde38', table='thrive_gapanswer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='recommendationwork',
            constraint=models.UniqueConstraint(fields=('recommendation', 'workstream', 'milestone'), name='work_named_once', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendationwork',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_recommendationworkevent" ("id", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "workstream_id") VALUES (NEW."id", NEW."milestone_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recommendation_id", NEW."workstream_id"); RETURN NULL;', hash='f6efc8ad59b56efb8f903e61906af5fc177de190', operation='INSERT', pgid='pgtrigger_insert_insert_e9d76', table='thrive_recommendationwork', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendationwork',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "thrive_recommendationworkevent" ("id", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "workstream_id") VALUES (NEW."id", NEW."milestone_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recommendation_id", NEW."workstream_id"); RETURN NULL;', hash='feaadec3efca49b891b7107798823f1f2a94786f', operation='UPDATE', pgid='pgtrigger_update_update_8f1dd', table='thrive_recommendationwork', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendationwork',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_recommendationworkevent" ("id", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "workstream_id") VALUES (OLD."id", OLD."milestone_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recommendation_id", OLD."workstream_id"); RETURN NULL;', hash='f1f21f576442f8e9f62c937a7c44e4f7b234a085', operation='DELETE', pgid='pgtrigger_delete_delete_9eb80', table='thrive_recommendationwork', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='mapping',
            index=models.Index(fields=['place', 'grouping'], name='mapping_place_and_need'),
        ),
        migrations.AddConstraint(
            model_name='mapping',
            constraint=models.CheckConstraint(condition=models.Q(('age_from__lt', models.F('age_to')), ('age_to__lte', 300)), name='mapping_ages_in_order'),
        ),
        migrations.AddConstraint(
            model_name='mapping',
            constraint=models.UniqueConstraint(fields=('service', 'place', 'grouping', 'age_from', 'age_to'), name='one_row_per_service_need_and_ages'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mapping',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_mappingevent" ("age_from", "age_to", "batch_id", "contribution", "evidence", "evidence_kind", "grouping", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reviewed_by_id", "reviewed_on", "service_id", "version") VALUES (NEW."age_from", NEW."age_to", NEW."batch_id", NEW."contribution", NEW."evidence", NEW."evidence_kind", NEW."grouping", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."reviewed_by_id", NEW."reviewed_on", NEW."service_id", NEW."version"); RETURN NULL;', hash='858221b607a12ec26fb7f6b175394a14a1b01f32', operation='INSERT', pgid='pgtrigger_insert_insert_a63ec', table='thrive_mapping', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mapping',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "thrive_mappingevent" ("age_from", "age_to", "batch_id", "contribution", "evidence", "evidence_kind", "grouping", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reviewed_by_id", "reviewed_on", "service_id", "version") VALUES (NEW."age_from", NEW."age_to", NEW."batch_id", NEW."contribution", NEW."evidence", NEW."evidence_kind", NEW."grouping", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."reviewed_by_id", NEW."reviewed_on", NEW."service_id", NEW."version"); RETURN NULL;', hash='6427a273f8c98c18ffdd8a949664f4d3fa4a494e', operation='UPDATE', pgid='pgtrigger_update_update_6092a', table='thrive_mapping', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mapping',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_mappingevent" ("age_from", "age_to", "batch_id", "contribution", "evidence", "evidence_kind", "grouping", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reviewed_by_id", "reviewed_on", "service_id", "version") VALUES (OLD."age_from", OLD."age_to", OLD."batch_id", OLD."contribution", OLD."evidence", OLD."evidence_kind", OLD."grouping", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."reviewed_by_id", OLD."reviewed_on", OLD."service_id", OLD."version"); RETURN NULL;', hash='df9e75c3e7a830144229af5ee32d737cc5818fb5', operation='DELETE', pgid='pgtrigger_delete_delete_720e2', table='thrive_mapping', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='serviceplace',
            constraint=models.UniqueConstraint(fields=('service', 'place'), name='service_place_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='serviceplace',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_serviceplaceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "service_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."service_id"); RETURN NULL;', hash='c50debeeace9b4d40d736b3276498273cda4e8ab', operation='INSERT', pgid='pgtrigger_insert_insert_d75c8', table='thrive_serviceplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='serviceplace',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "thrive_serviceplaceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "service_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."service_id"); RETURN NULL;', hash='4fbabcd2f4ce18794f6a9f9cc10d2b8959d24e7c', operation='UPDATE', pgid='pgtrigger_update_update_43ef3', table='thrive_serviceplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='serviceplace',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_serviceplaceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "service_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."service_id"); RETURN NULL;', hash='e7cfa74cd133747f8e3165e3031881483dd18952', operation='DELETE', pgid='pgtrigger_delete_delete_2e469', table='thrive_serviceplace', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='service',
            index=django.contrib.postgres.indexes.GinIndex(fields=['made_for', 'reaches'], name='service_groups'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('age_from__lt', models.F('age_to')), ('age_to__lte', 300)), name='service_ages_in_order'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'planned'), _negated=True), ('milestone__isnull', False), _connector='OR'), name='planned_service_has_its_milestone'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assured_by', None), ('assured_on', None)), ('assured_on__isnull', False), _connector='OR'), name='assured_on_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='service',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_serviceevent" ("age_from", "age_to", "assured_by_id", "assured_on", "batch_id", "capacity", "commissioner_id", "evidence_base", "hours", "how_to_reach", "id", "is_example", "made_for", "milestone_id", "name", "offer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reaches", "status", "tags", "version", "wait_weeks", "ways_in", "website") VALUES (NEW."age_from", NEW."age_to", NEW."assured_by_id", NEW."assured_on", NEW."batch_id", NEW."capacity", NEW."commissioner_id", NEW."evidence_base", NEW."hours", NEW."how_to_reach", NEW."id", NEW."is_example", NEW."made_for", NEW."milestone_id", NEW."name", NEW."offer", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."reaches", NEW."status", NEW."tags", NEW."version", NEW."wait_weeks", NEW."ways_in", NEW."website"); RETURN NULL;', hash='fd2a71aae5c1be9cf6c0b981ea8e8e01e1430b3c', operation='INSERT', pgid='pgtrigger_insert_insert_f897d', table='thrive_service', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='service',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "thrive_serviceevent" ("age_from", "age_to", "assured_by_id", "assured_on", "batch_id", "capacity", "commissioner_id", "evidence_base", "hours", "how_to_reach", "id", "is_example", "made_for", "milestone_id", "name", "offer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reaches", "status", "tags", "version", "wait_weeks", "ways_in", "website") VALUES (NEW."age_from", NEW."age_to", NEW."assured_by_id", NEW."assured_on", NEW."batch_id", NEW."capacity", NEW."commissioner_id", NEW."evidence_base", NEW."hours", NEW."how_to_reach", NEW."id", NEW."is_example", NEW."made_for", NEW."milestone_id", NEW."name", NEW."offer", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."reaches", NEW."status", NEW."tags", NEW."version", NEW."wait_weeks", NEW."ways_in", NEW."website"); RETURN NULL;', hash='23065fa35efc994e84501bd15330e43ea7dc5fc7', operation='UPDATE', pgid='pgtrigger_update_update_b3bf4', table='thrive_service', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='service',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_serviceevent" ("age_from", "age_to", "assured_by_id", "assured_on", "batch_id", "capacity", "commissioner_id", "evidence_base", "hours", "how_to_reach", "id", "is_example", "made_for", "milestone_id", "name", "offer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reaches", "status", "tags", "version", "wait_weeks", "ways_in", "website") VALUES (OLD."age_from", OLD."age_to", OLD."assured_by_id", OLD."assured_on", OLD."batch_id", OLD."capacity", OLD."commissioner_id", OLD."evidence_base", OLD."hours", OLD."how_to_reach", OLD."id", OLD."is_example", OLD."made_for", OLD."milestone_id", OLD."name", OLD."offer", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider_id", OLD."reaches", OLD."status", OLD."tags", OLD."version", OLD."wait_weeks", OLD."ways_in", OLD."website"); RETURN NULL;', hash='214c26275989708ada185706e26401b64d8f7f68', operation='DELETE', pgid='pgtrigger_delete_delete_5da6b', table='thrive_service', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='targetoffer',
            constraint=models.CheckConstraint(condition=models.Q(('age_from__lt', models.F('age_to')), ('age_to__lte', 300)), name='target_ages'),
        ),
        migrations.AddConstraint(
            model_name='targetoffer',
            constraint=models.CheckConstraint(condition=models.Q(('good', ''), _negated=True), name='target_says_what_is_good'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetoffer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_targetofferevent" ("age_from", "age_to", "good", "grouping", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "source", "title", "version") VALUES (NEW."age_from", NEW."age_to", NEW."good", NEW."grouping", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."source", NEW."title", NEW."version"); RETURN NULL;', hash='6a6b0f660332f66c15c52ea82eaf7cbea055cfd6', operation='INSERT', pgid='pgtrigger_insert_insert_4b086', table='thrive_targetoffer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetoffer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "thrive_targetofferevent" ("age_from", "age_to", "good", "grouping", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "source", "title", "version") VALUES (NEW."age_from", NEW."age_to", NEW."good", NEW."grouping", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."source", NEW."title", NEW."version"); RETURN NULL;', hash='76164cdd8c8ca8cf5e5bb4896a028be605e3e6e6', operation='UPDATE', pgid='pgtrigger_update_update_7e3fa', table='thrive_targetoffer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetoffer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_targetofferevent" ("age_from", "age_to", "good", "grouping", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "source", "title", "version") VALUES (OLD."age_from", OLD."age_to", OLD."good", OLD."grouping", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."source", OLD."title", OLD."version"); RETURN NULL;', hash='5390ea8afe508622299a2fda36900ef4baa39f06', operation='DELETE', pgid='pgtrigger_delete_delete_d8885', table='thrive_targetoffer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='gapfinding',
            constraint=models.CheckConstraint(condition=models.Q(('age_from__lt', models.F('age_to')), ('age_to__lte', 300)), name='gap_ages'),
        ),
        migrations.AddConstraint(
            model_name='gapfinding',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'found'), models.Q(models.Q(('reason', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='decided_gap_says_why'),
        ),
        migrations.AddConstraint(
            model_name='gapfinding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'filled'), _negated=True), models.Q(models.Q(('evidence', ''), _negated=True), ('filled_on__isnull', False)), _connector='OR'), name='filled_gap_has_evidence'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gapfinding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_gapfindingevent" ("age_from", "age_to", "decided_by_id", "decided_on", "evidence", "filled_on", "found_by_id", "found_on", "group", "grouping", "id", "now", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reason", "state", "target_id", "title", "version") VALUES (NEW."age_from", NEW."age_to", NEW."decided_by_id", NEW."decided_on", NEW."evidence", NEW."filled_on", NEW."found_by_id", NEW."found_on", NEW."group", NEW."grouping", NEW."id", NEW."now", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."reason", NEW."state", NEW."target_id", NEW."title", NEW."version"); RETURN NULL;', hash='fa921481ecebb0ef80f187a303a6c95fe90c3528', operation='INSERT', pgid='pgtrigger_insert_insert_4163d', table='thrive_gapfinding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gapfinding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "thrive_gapfindingevent" ("age_from", "age_to", "decided_by_id", "decided_on", "evidence", "filled_on", "found_by_id", "found_on", "group", "grouping", "id", "now", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reason", "state", "target_id", "title", "version") VALUES (NEW."age_from", NEW."age_to", NEW."decided_by_id", NEW."decided_on", NEW."evidence", NEW."filled_on", NEW."found_by_id", NEW."found_on", NEW."group", NEW."grouping", NEW."id", NEW."now", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."reason", NEW."state", NEW."target_id", NEW."title", NEW."version"); RETURN NULL;', hash='9960137d2bbcb591bc3353ee0325dc29177d451b', operation='UPDATE', pgid='pgtrigger_update_update_d3418', table='thrive_gapfinding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gapfinding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "thrive_gapfindingevent" ("age_from", "age_to", "decided_by_id", "decided_on", "evidence", "filled_on", "found_by_id", "found_on", "group", "grouping", "id", "now", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reason", "state", "target_id", "title", "version") VALUES (OLD."age_from", OLD."age_to", OLD."decided_by_id", OLD."decided_on", OLD."evidence", OLD."filled_on", OLD."found_by_id", OLD."found_on", OLD."group", OLD."grouping", OLD."id", OLD."now", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."reason", OLD."state", OLD."target_id", OLD."title", OLD."version"); RETURN NULL;', hash='4ce54cefc220ef9e70a5a51b7b0c7dac279144a8', operation='DELETE', pgid='pgtrigger_delete_delete_36963', table='thrive_gapfinding', when='AFTER')),
        ),
    ])]

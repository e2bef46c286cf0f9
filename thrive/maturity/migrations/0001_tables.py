"""Every table of the application as it stood when the migrations were begun anew (decision 0031)."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import thrive.maturity.scoring
from programme.made_at_once import MadeAtOnce


class Migration(migrations.Migration):
    """As `makemigrations` wrote it, made at once."""

    initial = True

    replaces = [
        ('maturity', '0001_reviews'),
    ]

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('programme', '0001_tables'),
        ('workstreams', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [MadeAtOnce([
        migrations.CreateModel(
            name='Consensus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('rationale', models.TextField()),
                ('dissent', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=200)),
                ('decided_on', models.DateField()),
                ('ambition_by', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['review', 'element', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Crosswalk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'ordering': ['newer', 'older'],
            },
        ),
        migrations.CreateModel(
            name='Domain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=10)),
                ('name', models.CharField(max_length=100)),
                ('indicator', models.TextField()),
            ],
            options={
                'ordering': ['framework', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Element',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=150)),
                ('gist', models.TextField()),
            ],
            options={
                'ordering': ['domain__number', 'order'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('link', 'A web page'), ('document', 'A document'), ('milestone', 'A milestone of a workstream'), ('update', 'A monthly update')], max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('url', models.CharField(blank=True, max_length=500)),
                ('expires_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['element', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EvidenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('link', 'A web page'), ('document', 'A document'), ('milestone', 'A milestone of a workstream'), ('update', 'A monthly update')], max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('url', models.CharField(blank=True, max_length=500)),
                ('expires_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('strength', 'What works well'), ('finding', 'What was found'), ('advice', 'What was recommended')], max_length=10)),
                ('text', models.TextField()),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['domain__number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FindingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('strength', 'What works well'), ('finding', 'What was found'), ('advice', 'What was recommended')], max_length=10)),
                ('text', models.TextField()),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('name', models.CharField(max_length=200)),
                ('note', models.TextField(blank=True, help_text='Where it comes from, and what is new in it')),
                ('changes', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Kloe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=15)),
                ('text', models.TextField()),
            ],
            options={
                'ordering': ['element', 'order'],
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=40)),
                ('guidance', models.TextField(help_text='How one can tell that an element is here')),
            ],
            options={
                'ordering': ['framework', 'value'],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text="For a young person: not their name, but 'Young person 1'", max_length=100)),
                ('sector', models.CharField(choices=[('nhs', 'NHS'), ('council', 'Council'), ('schools', 'Schools and colleges'), ('voluntary', 'Voluntary sector'), ('primary_care', 'Primary care'), ('young_people', 'Young people'), ('parents', 'Parents and carers')], max_length=15)),
                ('domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None)),
                ('token_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('in_room', models.BooleanField(default=False)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['review', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ParticipantEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(help_text="For a young person: not their name, but 'Young person 1'", max_length=100)),
                ('sector', models.CharField(choices=[('nhs', 'NHS'), ('council', 'Council'), ('schools', 'Schools and colleges'), ('voluntary', 'Voluntary sector'), ('primary_care', 'Primary care'), ('young_people', 'Young people'), ('parents', 'Parents and carers')], max_length=15)),
                ('domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('in_room', models.BooleanField(default=False)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Practice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('practice', 'Best practice'), ('tool', 'Tool')], max_length=10)),
                ('domain', models.CharField(max_length=10)),
                ('text', models.CharField(max_length=500)),
                ('url', models.CharField(blank=True, max_length=500)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('link_state', models.CharField(choices=[('unknown', 'Not checked'), ('works', 'The link works'), ('moved', 'The link leads somewhere else'), ('dead', 'The link no longer works'), ('none', 'There is no link')], default='unknown', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['domain', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PracticeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('practice', 'Best practice'), ('tool', 'Tool')], max_length=10)),
                ('domain', models.CharField(max_length=10)),
                ('text', models.CharField(max_length=500)),
                ('url', models.CharField(blank=True, max_length=500)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('link_state', models.CharField(choices=[('unknown', 'Not checked'), ('works', 'The link works'), ('moved', 'The link leads somewhere else'), ('dead', 'The link no longer works'), ('none', 'There is no link')], default='unknown', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('self', 'Self-review'), ('again', 'Re-review'), ('visit', 'Visit from outside')], max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('purpose', models.TextField(blank=True)),
                ('period_words', models.CharField(max_length=100)),
                ('period_from', models.DateField()),
                ('period_until', models.DateField()),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('scoring', 'Everybody scores alone'), ('workshop', 'Workshop'), ('agreed', 'Agreed'), ('released', 'Released')], default=thrive.maturity.scoring.State['DRAFT'], max_length=10)),
                ('closes_on', models.DateField(blank=True, help_text='The last day to score alone', null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('trailblazer', models.BooleanField(blank=True, null=True)),
                ('is_example', models.BooleanField(default=False)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-period_until', 'place__name', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('self', 'Self-review'), ('again', 'Re-review'), ('visit', 'Visit from outside')], max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('purpose', models.TextField(blank=True)),
                ('period_words', models.CharField(max_length=100)),
                ('period_from', models.DateField()),
                ('period_until', models.DateField()),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('scoring', 'Everybody scores alone'), ('workshop', 'Workshop'), ('agreed', 'Agreed'), ('released', 'Released')], default=thrive.maturity.scoring.State['DRAFT'], max_length=10)),
                ('closes_on', models.DateField(blank=True, help_text='The last day to score alone', null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('trailblazer', models.BooleanField(blank=True, null=True)),
                ('is_example', models.BooleanField(default=False)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True)),
                ('evidence', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='consensus',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='element',
            name='domain',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elements', to='maturity.domain'),
        ),
        migrations.AddField(
            model_name='crosswalk',
            name='newer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follows', to='maturity.element'),
        ),
        migrations.AddField(
            model_name='crosswalk',
            name='older',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='maturity.element'),
        ),
        migrations.AddField(
            model_name='consensus',
            name='element',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maturity.element'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='element',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maturity.element'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='milestone',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workstreams.milestone'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='update',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workstreams.monthlyupdate'),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='element',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maturity.element'),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='milestone',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.milestone'),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='maturity.evidence'),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='update',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workstreams.monthlyupdate'),
        ),
        migrations.AddField(
            model_name='finding',
            name='domain',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maturity.domain'),
        ),
        migrations.AddField(
            model_name='finding',
            name='element',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maturity.element'),
        ),
        migrations.AddField(
            model_name='findingevent',
            name='domain',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maturity.domain'),
        ),
        migrations.AddField(
            model_name='findingevent',
            name='element',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maturity.element'),
        ),
        migrations.AddField(
            model_name='findingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='findingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='maturity.finding'),
        ),
        migrations.AddField(
            model_name='framework',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='domain',
            name='framework',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='domains', to='maturity.framework'),
        ),
        migrations.AddField(
            model_name='kloe',
            name='element',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kloes', to='maturity.element'),
        ),
        migrations.AddField(
            model_name='level',
            name='framework',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='maturity.framework'),
        ),
        migrations.AddField(
            model_name='consensus',
            name='ambition',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maturity.level'),
        ),
        migrations.AddField(
            model_name='consensus',
            name='level',
            field=models.ForeignKey(blank=True, help_text='Empty: they could not agree', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maturity.level'),
        ),
        migrations.AddField(
            model_name='participant',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.organisation'),
        ),
        migrations.AddField(
            model_name='participantevent',
            name='organisation',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.organisation'),
        ),
        migrations.AddField(
            model_name='participantevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='participantevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='maturity.participant'),
        ),
        migrations.AddField(
            model_name='practice',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.place'),
        ),
        migrations.AddField(
            model_name='practiceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='practiceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='maturity.practice'),
        ),
        migrations.AddField(
            model_name='practiceevent',
            name='place',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.place'),
        ),
        migrations.AddField(
            model_name='review',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='maturity.review'),
        ),
        migrations.AddField(
            model_name='review',
            name='framework',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='maturity.framework'),
        ),
        migrations.AddField(
            model_name='review',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='maturity_reviews', to='programme.place'),
        ),
        migrations.AddField(
            model_name='participantevent',
            name='review',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maturity.review'),
        ),
        migrations.AddField(
            model_name='participant',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='maturity.review'),
        ),
        migrations.AddField(
            model_name='findingevent',
            name='review',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maturity.review'),
        ),
        migrations.AddField(
            model_name='finding',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='maturity.review'),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='review',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maturity.review'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='maturity.review'),
        ),
        migrations.AddField(
            model_name='consensus',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed', to='maturity.review'),
        ),
        migrations.AddField(
            model_name='reviewevent',
            name='follows',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maturity.review'),
        ),
        migrations.AddField(
            model_name='reviewevent',
            name='framework',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maturity.framework'),
        ),
        migrations.AddField(
            model_name='reviewevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='reviewevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='maturity.review'),
        ),
        migrations.AddField(
            model_name='reviewevent',
            name='place',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.place'),
        ),
        migrations.AddField(
            model_name='score',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='score',
            name='element',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maturity.element'),
        ),
        migrations.AddField(
            model_name='score',
            name='level',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maturity.level'),
        ),
        migrations.AddField(
            model_name='score',
            name='participant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='maturity.participant'),
        ),
        migrations.AddConstraint(
            model_name='element',
            constraint=models.UniqueConstraint(fields=('domain', 'code'), name='element_code_once'),
        ),
        migrations.AddConstraint(
            model_name='crosswalk',
            constraint=models.UniqueConstraint(fields=('older', 'newer'), name='crosswalk_once'),
        ),
        migrations.AddConstraint(
            model_name='crosswalk',
            constraint=models.CheckConstraint(condition=models.Q(('older', models.F('newer')), _negated=True), name='crosswalk_joins_two'),
        ),
        migrations.AddConstraint(
            model_name='domain',
            constraint=models.UniqueConstraint(fields=('framework', 'code'), name='domain_code_once'),
        ),
        migrations.AddConstraint(
            model_name='domain',
            constraint=models.UniqueConstraint(fields=('framework', 'number'), name='domain_number_once'),
        ),
        migrations.AddConstraint(
            model_name='kloe',
            constraint=models.UniqueConstraint(fields=('element', 'code'), name='kloe_code_once'),
        ),
        migrations.AddConstraint(
            model_name='level',
            constraint=models.UniqueConstraint(fields=('framework', 'value'), name='level_once'),
        ),
        migrations.AddConstraint(
            model_name='level',
            constraint=models.UniqueConstraint(fields=('framework', 'name'), name='level_name_once'),
        ),
        migrations.AddConstraint(
            model_name='level',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 1), models.Q(('guidance', ''), _negated=True)), name='level_has_guidance'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='practice_says_something'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('link_state__in', ['unknown', 'none']), ('url', '')), models.Q(('url', ''), _negated=True), _connector='OR'), name='practice_link_state'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='practice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "maturity_practiceevent" ("checked_on", "domain", "id", "kind", "link_state", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "source", "text", "url", "version") VALUES (NEW."checked_on", NEW."domain", NEW."id", NEW."kind", NEW."link_state", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."source", NEW."text", NEW."url", NEW."version"); RETURN NULL;', hash='546ac44a823c035ad41b24cb04d5a9a82042f5ec', operation='INSERT', pgid='pgtrigger_insert_insert_1e3d6', table='maturity_practice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='practice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "maturity_practiceevent" ("checked_on", "domain", "id", "kind", "link_state", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "source", "text", "url", "version") VALUES (NEW."checked_on", NEW."domain", NEW."id", NEW."kind", NEW."link_state", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."source", NEW."text", NEW."url", NEW."version"); RETURN NULL;', hash='f1c905c797144deccfa913c3a334d7a21c0ca61e', operation='UPDATE', pgid='pgtrigger_update_update_55308', table='maturity_practice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='practice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "maturity_practiceevent" ("checked_on", "domain", "id", "kind", "link_state", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "source", "text", "url", "version") VALUES (OLD."checked_on", OLD."domain", OLD."id", OLD."kind", OLD."link_state", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."source", OLD."text", OLD."url", OLD."version"); RETURN NULL;', hash='185f7114b41a961846ddd3179311169daba3b7e9', operation='DELETE', pgid='pgtrigger_delete_delete_39342', table='maturity_practice', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('period_from__lte', models.F('period_until'))), name='review_period_in_order'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', thrive.maturity.scoring.State['RELEASED']), ('released_at__isnull', False)), models.Q(models.Q(('state', thrive.maturity.scoring.State['RELEASED']), _negated=True), ('is_public', False), ('released_at', None)), _connector='OR'), name='review_released_at_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', thrive.maturity.scoring.Kind['VISIT']), _negated=True), ('state__in', [thrive.maturity.scoring.State['DRAFT'], thrive.maturity.scoring.State['RELEASED']]), _connector='OR'), name='visit_has_no_scoring'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', thrive.maturity.scoring.Kind['AGAIN']), ('follows__isnull', False)), models.Q(models.Q(('kind', thrive.maturity.scoring.Kind['AGAIN']), _negated=True), ('follows', None)), _connector='OR'), name='re_review_follows_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "maturity_reviewevent" ("closes_on", "follows_id", "framework_id", "id", "is_example", "is_public", "kind", "period_from", "period_until", "period_words", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "purpose", "released_at", "source", "state", "title", "trailblazer", "version") VALUES (NEW."closes_on", NEW."follows_id", NEW."framework_id", NEW."id", NEW."is_example", NEW."is_public", NEW."kind", NEW."period_from", NEW."period_until", NEW."period_words", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."purpose", NEW."released_at", NEW."source", NEW."state", NEW."title", NEW."trailblazer", NEW."version"); RETURN NULL;', hash='33fb4951b6fbc8cc9faf6c444c4615497eef59f1', operation='INSERT', pgid='pgtrigger_insert_insert_d58c8', table='maturity_review', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "maturity_reviewevent" ("closes_on", "follows_id", "framework_id", "id", "is_example", "is_public", "kind", "period_from", "period_until", "period_words", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "purpose", "released_at", "source", "state", "title", "trailblazer", "version") VALUES (NEW."closes_on", NEW."follows_id", NEW."framework_id", NEW."id", NEW."is_example", NEW."is_public", NEW."kind", NEW."period_from", NEW."period_until", NEW."period_words", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."purpose", NEW."released_at", NEW."source", NEW."state", NEW."title", NEW."trailblazer", NEW."version"); RETURN NULL;', hash='14bff76afa62f63feaef337e0149dd051e7da7cf', operation='UPDATE', pgid='pgtrigger_update_update_0c3ce', table='maturity_review', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "maturity_reviewevent" ("closes_on", "follows_id", "framework_id", "id", "is_example", "is_public", "kind", "period_from", "period_until", "period_words", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "purpose", "released_at", "source", "state", "title", "trailblazer", "version") VALUES (OLD."closes_on", OLD."follows_id", OLD."framework_id", OLD."id", OLD."is_example", OLD."is_public", OLD."kind", OLD."period_from", OLD."period_until", OLD."period_words", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."purpose", OLD."released_at", OLD."source", OLD."state", OLD."title", OLD."trailblazer", OLD."version"); RETURN NULL;', hash='75c6983acedbc9bb6632cfa3820fd8393fa7c9bb', operation='DELETE', pgid='pgtrigger_delete_delete_ff763', table='maturity_review', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('review', 'name'), name='participant_name_once'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('expires_at', None), ('in_room', True), ('token_hash', None)), models.Q(('expires_at__isnull', False), ('in_room', False), ('token_hash__isnull', False)), _connector='OR'), name='participant_by_link_or_in_room'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "maturity_participantevent" ("domains", "expires_at", "id", "in_room", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "sector", "version", "withdrawn_at") VALUES (NEW."domains", NEW."expires_at", NEW."id", NEW."in_room", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."review_id", NEW."sector", NEW."version", NEW."withdrawn_at"); RETURN NULL;', hash='a39382201cf8c4b4fe6c98ad4f47a66084edb233', operation='INSERT', pgid='pgtrigger_insert_insert_b6677', table='maturity_participant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."domains" IS DISTINCT FROM (NEW."domains") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."in_room" IS DISTINCT FROM (NEW."in_room") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."review_id" IS DISTINCT FROM (NEW."review_id") OR OLD."sector" IS DISTINCT FROM (NEW."sector") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))', func='INSERT INTO "maturity_participantevent" ("domains", "expires_at", "id", "in_room", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "sector", "version", "withdrawn_at") VALUES (NEW."domains", NEW."expires_at", NEW."id", NEW."in_room", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."review_id", NEW."sector", NEW."version", NEW."withdrawn_at"); RETURN NULL;', hash='df37ab86cb902ef2db8ebdcbf1cf16314a4efd5c', operation='UPDATE', pgid='pgtrigger_update_update_728a6', table='maturity_participant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "maturity_participantevent" ("domains", "expires_at", "id", "in_room", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "sector", "version", "withdrawn_at") VALUES (OLD."domains", OLD."expires_at", OLD."id", OLD."in_room", OLD."name", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_id", OLD."sector", OLD."version", OLD."withdrawn_at"); RETURN NULL;', hash='ef3737f814d6b40d02eaec81dd02966bb7a62835', operation='DELETE', pgid='pgtrigger_delete_delete_026fe', table='maturity_participant', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='finding_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "maturity_findingevent" ("domain_id", "element_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "text", "version") VALUES (NEW."domain_id", NEW."element_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."review_id", NEW."text", NEW."version"); RETURN NULL;', hash='9c08c9a0081d6864b0bedd7e25c06f6c18e22911', operation='INSERT', pgid='pgtrigger_insert_insert_6cdb5', table='maturity_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "maturity_findingevent" ("domain_id", "element_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "text", "version") VALUES (NEW."domain_id", NEW."element_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."review_id", NEW."text", NEW."version"); RETURN NULL;', hash='4b418f151371e6662abfbff222ea591a70d85f47', operation='UPDATE', pgid='pgtrigger_update_update_1659b', table='maturity_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "maturity_findingevent" ("domain_id", "element_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "text", "version") VALUES (OLD."domain_id", OLD."element_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_id", OLD."text", OLD."version"); RETURN NULL;', hash='f3746c9f127089b4382009d14a9609820fb4e89c', operation='DELETE', pgid='pgtrigger_delete_delete_d3dd9', table='maturity_finding', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'milestone'), ('milestone__isnull', False), ('update', None)), models.Q(('kind', 'update'), ('milestone', None), ('update__isnull', False)), models.Q(('kind__in', ['link', 'document']), ('milestone', None), ('update', None)), _connector='OR'), name='evidence_is_of_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'link'), ('url', ''), _negated=True), name='evidence_link_has_address'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "maturity_evidenceevent" ("element_id", "expires_on", "id", "kind", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "title", "update_id", "url") VALUES (NEW."element_id", NEW."expires_on", NEW."id", NEW."kind", NEW."milestone_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."review_id", NEW."title", NEW."update_id", NEW."url"); RETURN NULL;', hash='f23ecac9f03168060ee0352c2c3c7c489650884c', operation='INSERT', pgid='pgtrigger_insert_insert_0be75', table='maturity_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "maturity_evidenceevent" ("element_id", "expires_on", "id", "kind", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "title", "update_id", "url") VALUES (NEW."element_id", NEW."expires_on", NEW."id", NEW."kind", NEW."milestone_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."review_id", NEW."title", NEW."update_id", NEW."url"); RETURN NULL;', hash='e9386468c460cabf82840bb83d45486be402620e', operation='UPDATE', pgid='pgtrigger_update_update_942e6', table='maturity_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "maturity_evidenceevent" ("element_id", "expires_on", "id", "kind", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "title", "update_id", "url") VALUES (OLD."element_id", OLD."expires_on", OLD."id", OLD."kind", OLD."milestone_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_id", OLD."title", OLD."update_id", OLD."url"); RETURN NULL;', hash='cbf5beef6117172110e4e7214a2cfb86e29be25d', operation='DELETE', pgid='pgtrigger_delete_delete_23f9a', table='maturity_evidence', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='consensus',
            constraint=models.UniqueConstraint(fields=('review', 'element', 'number'), name='consensus_number_once'),
        ),
        migrations.AddConstraint(
            model_name='consensus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rationale', ''), _negated=True), models.Q(('decided_by', ''), _negated=True)), name='consensus_says_why_and_who'),
        ),
        migrations.AddConstraint(
            model_name='consensus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ambition', None), ('ambition_by', None)), models.Q(('ambition__isnull', False), ('ambition_by__isnull', False)), _connector='OR'), name='ambition_has_a_day'),
        ),
        migrations.AddIndex(
            model_name='score',
            index=models.Index(fields=['participant', 'element', '-id'], name='score_latest'),
        ),
    ])]

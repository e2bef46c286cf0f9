"""Every table of the application as it stood when the migrations were begun anew (decision 0031)."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import reporting.editions
import reporting.schedule_dates
from programme.made_at_once import MadeAtOnce


class Migration(migrations.Migration):
    """As `makemigrations` wrote it, made at once."""

    initial = True

    replaces = [
        ('reporting', '0001_initial'),
        ('reporting', '0003_lifecycle'),
    ]

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('programme', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [MadeAtOnce([
        migrations.CreateModel(
            name='BoardDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board_dates', to='programme.programme')),
            ],
            options={
                'ordering': ['on'],
            },
        ),
        migrations.CreateModel(
            name='BoardDateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('on', models.DateField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reporting.boarddate')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BoardReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.CharField(choices=[('full', 'Full pack'), ('highlight', 'Highlight report'), ('commissioner', 'Commissioner report'), ('young_people', 'Young people’s page')], default=reporting.editions.Edition['FULL'], max_length=20)),
                ('version', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('queued', 'Waiting to be built'), ('building', 'Being built'), ('failed', 'Could not be built'), ('cancelled', 'Cancelled'), ('draft', 'Waiting for approval'), ('approved', 'Approved'), ('published', 'Published'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn')], default='queued', max_length=10)),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('stage', models.CharField(blank=True, max_length=100)),
                ('stages_done', models.PositiveSmallIntegerField(default=0)),
                ('section', models.CharField(blank=True, help_text='Which part is being written', max_length=200)),
                ('failure', models.TextField(blank=True)),
                ('file', models.CharField(blank=True, max_length=200)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveIntegerField(default=0)),
                ('pages', models.PositiveSmallIntegerField(default=0)),
                ('requested_at', models.DateTimeField()),
                ('built_at', models.DateTimeField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('told_roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('end_reason', models.TextField(blank=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports_approved', to=settings.AUTH_USER_MODEL)),
                ('built_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports_built', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programme.reportingperiod')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programme.programme')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports_published', to=settings.AUTH_USER_MODEL)),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='reporting.boardreport')),
            ],
            options={
                'ordering': ['-period__month', '-version', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('for_whom', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='reporting.boardreport')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Download',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(default='pdf', help_text="The ending of the file, or 'opened' for a link", max_length=10)),
                ('at', models.DateTimeField()),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='downloads', to='reporting.boardreport')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='reporting.reportlink')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportLinkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('for_whom', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reporting.reportlink')),
                ('report', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.boardreport')),
                ('revoked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportSchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.CharField(choices=[('full', 'Full pack'), ('highlight', 'Highlight report'), ('commissioner', 'Commissioner report'), ('young_people', 'Young people’s page')], default=reporting.editions.Edition['FULL'], max_length=20)),
                ('basis', models.CharField(choices=[('after_close', 'Working days after the month’s window closes'), ('before_board', 'Working days before each board date')], default=reporting.schedule_dates.Basis['AFTER_CLOSE'], max_length=20)),
                ('working_days', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)])),
                ('hour', models.PositiveSmallIntegerField(default=7, help_text="London's", validators=[django.core.validators.MaxValueValidator(23)])),
                ('told_roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('since', models.DateTimeField(help_text='Dates before this moment are not made up for')),
                ('paused_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('approver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_schedules', to='programme.programme')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='boardreport',
            name='schedule',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='reporting.reportschedule'),
        ),
        migrations.CreateModel(
            name='ReportScheduleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('edition', models.CharField(choices=[('full', 'Full pack'), ('highlight', 'Highlight report'), ('commissioner', 'Commissioner report'), ('young_people', 'Young people’s page')], default=reporting.editions.Edition['FULL'], max_length=20)),
                ('basis', models.CharField(choices=[('after_close', 'Working days after the month’s window closes'), ('before_board', 'Working days before each board date')], default=reporting.schedule_dates.Basis['AFTER_CLOSE'], max_length=20)),
                ('working_days', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)])),
                ('hour', models.PositiveSmallIntegerField(default=7, help_text="London's", validators=[django.core.validators.MaxValueValidator(23)])),
                ('told_roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('since', models.DateTimeField(help_text='Dates before this moment are not made up for')),
                ('paused_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('approver', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reporting.reportschedule')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ScheduledRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('state', models.CharField(choices=[('trying', 'Being tried'), ('made', 'Asked for'), ('failed', 'Could not be asked for')], default='trying', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('failure', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.reportingperiod')),
                ('report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.boardreport')),
                ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='reporting.reportschedule')),
            ],
            options={
                'ordering': ['-day'],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('draft', 'As at a moment'), ('close', 'Close of the period')], default='draft', max_length=10)),
                ('schema_version', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('versions', models.JSONField(default=dict, help_text='Libraries and fonts the report is made with')),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='programme.reportingperiod')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='programme.programme')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BoardReportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('edition', models.CharField(choices=[('full', 'Full pack'), ('highlight', 'Highlight report'), ('commissioner', 'Commissioner report'), ('young_people', 'Young people’s page')], default=reporting.editions.Edition['FULL'], max_length=20)),
                ('version', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('queued', 'Waiting to be built'), ('building', 'Being built'), ('failed', 'Could not be built'), ('cancelled', 'Cancelled'), ('draft', 'Waiting for approval'), ('approved', 'Approved'), ('published', 'Published'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn')], default='queued', max_length=10)),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('failure', models.TextField(blank=True)),
                ('file', models.CharField(blank=True, max_length=200)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveIntegerField(default=0)),
                ('pages', models.PositiveSmallIntegerField(default=0)),
                ('requested_at', models.DateTimeField()),
                ('built_at', models.DateTimeField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('told_roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('end_reason', models.TextField(blank=True)),
                ('approved_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('built_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.reportingperiod')),
                ('pgh_context', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reporting.boardreport')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme')),
                ('published_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.boardreport')),
                ('schedule', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.reportschedule')),
                ('snapshot', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.snapshot')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='boardreport',
            name='snapshot',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='reporting.snapshot'),
        ),
        migrations.AddConstraint(
            model_name='boarddate',
            constraint=models.UniqueConstraint(fields=('programme', 'on'), name='board_meets_once_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boarddate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_boarddateevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") VALUES (NEW."id", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id"); RETURN NULL;', hash='56e0cbe5eb1b37cd617ce77a9fccb237f6337e70', operation='INSERT', pgid='pgtrigger_insert_insert_8e8de', table='reporting_boarddate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boarddate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_boarddateevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") VALUES (NEW."id", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id"); RETURN NULL;', hash='3858ae4defd3126c40ee79cc0e38116ee98e15cd', operation='UPDATE', pgid='pgtrigger_update_update_f99b2', table='reporting_boarddate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boarddate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_boarddateevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") VALUES (OLD."id", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id"); RETURN NULL;', hash='64e70a44143d00e87025e4b0f0f3f3129e0bb45d', operation='DELETE', pgid='pgtrigger_delete_delete_22076', table='reporting_boarddate', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reportlink',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('at'))), name='link_expires_later'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportlink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_reportlinkevent" ("at", "by_id", "expires_at", "for_whom", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "revoked_at", "revoked_by_id") VALUES (NEW."at", NEW."by_id", NEW."expires_at", NEW."for_whom", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."report_id", NEW."revoked_at", NEW."revoked_by_id"); RETURN NULL;', hash='7ee1c95645a2fdd3b0f60a6a88f11d8c21b5e4e3', operation='INSERT', pgid='pgtrigger_insert_insert_4bca4', table='reporting_reportlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportlink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_reportlinkevent" ("at", "by_id", "expires_at", "for_whom", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "revoked_at", "revoked_by_id") VALUES (NEW."at", NEW."by_id", NEW."expires_at", NEW."for_whom", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."report_id", NEW."revoked_at", NEW."revoked_by_id"); RETURN NULL;', hash='5b47fae365859c7d7aaec3153f8e9ebd149ecb4e', operation='UPDATE', pgid='pgtrigger_update_update_ef5df', table='reporting_reportlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportlink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_reportlinkevent" ("at", "by_id", "expires_at", "for_whom", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "revoked_at", "revoked_by_id") VALUES (OLD."at", OLD."by_id", OLD."expires_at", OLD."for_whom", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."report_id", OLD."revoked_at", OLD."revoked_by_id"); RETURN NULL;', hash='d673cae6dace586ac30c364c3daffcba9b7adeaf', operation='DELETE', pgid='pgtrigger_delete_delete_424bf', table='reporting_reportlink', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='download',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('link__isnull', False), ('user', None)), models.Q(('link', None), ('user__isnull', False)), _connector='OR'), name='download_by_account_or_link'),
        ),
        migrations.AddConstraint(
            model_name='reportschedule',
            constraint=models.CheckConstraint(condition=models.Q(('approver', models.F('by')), _negated=True), name='schedule_not_approved_by_its_maker'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportschedule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_reportscheduleevent" ("approver_id", "basis", "by_id", "edition", "ended_at", "hour", "id", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "since", "told_roles", "version", "working_days") VALUES (NEW."approver_id", NEW."basis", NEW."by_id", NEW."edition", NEW."ended_at", NEW."hour", NEW."id", NEW."paused_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."since", NEW."told_roles", NEW."version", NEW."working_days"); RETURN NULL;', hash='18d8355c06b7a965bf44e4427d5b41b38cdde5d9', operation='INSERT', pgid='pgtrigger_insert_insert_eaed7', table='reporting_reportschedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportschedule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_reportscheduleevent" ("approver_id", "basis", "by_id", "edition", "ended_at", "hour", "id", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "since", "told_roles", "version", "working_days") VALUES (NEW."approver_id", NEW."basis", NEW."by_id", NEW."edition", NEW."ended_at", NEW."hour", NEW."id", NEW."paused_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."since", NEW."told_roles", NEW."version", NEW."working_days"); RETURN NULL;', hash='3d1e760881f1ea8374534f14591e39e224dabe4e', operation='UPDATE', pgid='pgtrigger_update_update_59026', table='reporting_reportschedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportschedule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_reportscheduleevent" ("approver_id", "basis", "by_id", "edition", "ended_at", "hour", "id", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "since", "told_roles", "version", "working_days") VALUES (OLD."approver_id", OLD."basis", OLD."by_id", OLD."edition", OLD."ended_at", OLD."hour", OLD."id", OLD."paused_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."since", OLD."told_roles", OLD."version", OLD."working_days"); RETURN NULL;', hash='349c847330b568e80e692ef251045e7f264dae23', operation='DELETE', pgid='pgtrigger_delete_delete_8e46d', table='reporting_reportschedule', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='scheduledrun',
            constraint=models.UniqueConstraint(fields=('schedule', 'day'), name='one_run_per_schedule_and_day'),
        ),
        migrations.AddIndex(
            model_name='boardreport',
            index=models.Index(condition=models.Q(('sha256', ''), _negated=True), fields=['sha256'], name='report_by_fingerprint'),
        ),
        migrations.AddConstraint(
            model_name='boardreport',
            constraint=models.UniqueConstraint(fields=('programme', 'period', 'edition', 'version'), name='one_report_per_edition_and_version'),
        ),
        migrations.AddConstraint(
            model_name='boardreport',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('built_by')), _negated=True), _connector='OR'), name='report_not_approved_by_its_builder'),
        ),
        migrations.AddConstraint(
            model_name='boardreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['draft', 'approved', 'published', 'superseded', 'withdrawn']), _negated=True), models.Q(('sha256', ''), _negated=True), _connector='OR'), name='finished_report_has_a_file'),
        ),
        migrations.AddConstraint(
            model_name='boardreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'published', 'superseded', 'withdrawn']), _negated=True), ('approved_at__isnull', False), _connector='OR'), name='published_report_was_approved'),
        ),
        migrations.AddConstraint(
            model_name='boardreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['superseded', 'withdrawn']), _negated=True), ('ended_at__isnull', False), _connector='OR'), name='ended_report_says_when'),
        ),
        migrations.AddConstraint(
            model_name='boardreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('end_reason', ''), _negated=True), _connector='OR'), name='withdrawn_report_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boardreport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_boardreportevent" ("approved_at", "approved_by_id", "attempt", "built_at", "built_by_id", "edition", "end_reason", "ended_at", "ended_by_id", "failure", "file", "id", "pages", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "published_at", "published_by_id", "requested_at", "schedule_id", "sha256", "size", "snapshot_id", "state", "successor_id", "told_roles", "version") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."attempt", NEW."built_at", NEW."built_by_id", NEW."edition", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."failure", NEW."file", NEW."id", NEW."pages", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."published_at", NEW."published_by_id", NEW."requested_at", NEW."schedule_id", NEW."sha256", NEW."size", NEW."snapshot_id", NEW."state", NEW."successor_id", NEW."told_roles", NEW."version"); RETURN NULL;', hash='222d0eb85faf603443ceb9d1abdeebdb6ae706eb', operation='INSERT', pgid='pgtrigger_insert_insert_fdf91', table='reporting_boardreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boardreport',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."attempt" IS DISTINCT FROM (NEW."attempt") OR OLD."built_at" IS DISTINCT FROM (NEW."built_at") OR OLD."built_by_id" IS DISTINCT FROM (NEW."built_by_id") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."failure" IS DISTINCT FROM (NEW."failure") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."pages" IS DISTINCT FROM (NEW."pages") OR OLD."period_id" IS DISTINCT FROM (NEW."period_id") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."requested_at" IS DISTINCT FROM (NEW."requested_at") OR OLD."schedule_id" IS DISTINCT FROM (NEW."schedule_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."snapshot_id" IS DISTINCT FROM (NEW."snapshot_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id") OR OLD."told_roles" IS DISTINCT FROM (NEW."told_roles") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "reporting_boardreportevent" ("approved_at", "approved_by_id", "attempt", "built_at", "built_by_id", "edition", "end_reason", "ended_at", "ended_by_id", "failure", "file", "id", "pages", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "published_at", "published_by_id", "requested_at", "schedule_id", "sha256", "size", "snapshot_id", "state", "successor_id", "told_roles", "version") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."attempt", NEW."built_at", NEW."built_by_id", NEW."edition", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."failure", NEW."file", NEW."id", NEW."pages", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."published_at", NEW."published_by_id", NEW."requested_at", NEW."schedule_id", NEW."sha256", NEW."size", NEW."snapshot_id", NEW."state", NEW."successor_id", NEW."told_roles", NEW."version"); RETURN NULL;', hash='38bb3e9f775b6f445422183e492f98499083d584', operation='UPDATE', pgid='pgtrigger_update_update_46643', table='reporting_boardreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boardreport',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_boardreportevent" ("approved_at", "approved_by_id", "attempt", "built_at", "built_by_id", "edition", "end_reason", "ended_at", "ended_by_id", "failure", "file", "id", "pages", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "published_at", "published_by_id", "requested_at", "schedule_id", "sha256", "size", "snapshot_id", "state", "successor_id", "told_roles", "version") VALUES (OLD."approved_at", OLD."approved_by_id", OLD."attempt", OLD."built_at", OLD."built_by_id", OLD."edition", OLD."end_reason", OLD."ended_at", OLD."ended_by_id", OLD."failure", OLD."file", OLD."id", OLD."pages", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."published_at", OLD."published_by_id", OLD."requested_at", OLD."schedule_id", OLD."sha256", OLD."size", OLD."snapshot_id", OLD."state", OLD."successor_id", OLD."told_roles", OLD."version"); RETURN NULL;', hash='28e7d6eba5d8b696df36f7f8e508f56a393ab6d2', operation='DELETE', pgid='pgtrigger_delete_delete_4e51c', table='reporting_boardreport', when='AFTER')),
        ),
    ])]

import json
from pathlib import Path
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from programme.protection import RevokeChanges

SHIPPED = Path(__file__).resolve().parent.parent / 'fixtures' / 'framework_1.json'


def say_actions(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - what Django calls it with
    """The questions of the version that comes with the product, in positive language."""
    told = json.loads(SHIPPED.read_text(encoding='utf-8'))
    actions = {
        kloe['code']: kloe['action']
        for domain in told['domains']
        for element in domain['elements']
        for kloe in element['kloes']
    }
    kloes = apps.get_model('maturity', 'Kloe').objects.filter(element__domain__framework__number=1)
    for kloe in kloes:
        kloe.action = actions[kloe.code]
    kloes.model.objects.bulk_update(kloes, ['action'])


class Migration(migrations.Migration):

    dependencies = [
        ('maturity', '0002_rights_and_framework'),
        ('programme', '0003_mail_outside'),
        ('thrive', '0003_principles'),
    ]

    operations = [
        migrations.AddField(
            model_name='kloe',
            name='action',
            field=models.TextField(blank=True, help_text='The same in positive language: what to do about it'),
        ),
        migrations.AddField(
            model_name='participant',
            name='email',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='participant',
            name='mail',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.mail'),
        ),
        migrations.CreateModel(
            name='TakenForward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('element', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maturity.element')),
                ('finding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_forward', to='maturity.finding')),
                ('recommendation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thrive.recommendation')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_forward', to='maturity.review')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('finding__isnull', False), ('element__isnull', False), _connector='OR'), name='taken_forward_from_something')],
            },
        ),
        migrations.RunPython(say_actions, migrations.RunPython.noop),
        RevokeChanges(['maturity_takenforward']),
    ]

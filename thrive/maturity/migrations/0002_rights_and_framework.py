"""Scores, consensus and framework are only ever added to; the framework that comes with the product is loaded."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import migrations

from programme.protection import RevokeChanges

HISTORY = [
    "maturity_evidenceevent",
    "maturity_findingevent",
    "maturity_participantevent",
    "maturity_practiceevent",
    "maturity_reviewevent",
]

APPEND_ONLY = [
    "maturity_consensus",
    "maturity_crosswalk",
    "maturity_domain",
    "maturity_element",
    "maturity_framework",
    "maturity_kloe",
    "maturity_level",
    "maturity_score",
]

SHIPPED = Path(__file__).resolve().parent.parent / 'fixtures' / 'framework_1.json'


def load(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - what Django calls it with
    """The version that comes with the product, as reference data. Later versions are loaded in the product."""
    told = json.loads(SHIPPED.read_text(encoding='utf-8'))
    made = _model(apps, 'Framework').create(
        number=1, name=told['name'], note=told['note'], changes=told['changes'], at=datetime(2026, 11, 1, tzinfo=UTC)
    )
    _model(apps, 'Level').bulk_create(apps.get_model('maturity', 'Level')(framework=made, **e) for e in told['levels'])
    for domain in told['domains']:
        kept = _model(apps, 'Domain').create(
            framework=made, **{name: domain[name] for name in ('number', 'code', 'name', 'indicator')}
        )
        _elements(apps, kept, domain['elements'])


def _elements(apps: Any, domain: Any, told: Any) -> None:
    elements = _model(apps, 'Element').bulk_create(
        apps.get_model('maturity', 'Element')(
            domain=domain, order=order, code=e['code'], name=e['name'], gist=e['gist']
        )
        for order, e in enumerate(told, start=1)
    )
    _model(apps, 'Kloe').bulk_create(
        apps.get_model('maturity', 'Kloe')(element=element, order=order, code=kloe['code'], text=kloe['text'])
        for element, e in zip(elements, told, strict=True)
        for order, kloe in enumerate(e['kloes'], start=1)
    )


def _model(apps: Any, name: str) -> Any:
    return apps.get_model('maturity', name).objects


class Migration(migrations.Migration):
    """Rights and reference data, not tables."""

    replaces = [("maturity", "0002_framework")]

    dependencies = [("maturity", "0001_tables"), ("programme", "0002_rights")]

    operations = [
        RevokeChanges(HISTORY),
        RevokeChanges(APPEND_ONLY),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]

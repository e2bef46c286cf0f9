"""Loading a version of the framework. A version is never changed: the next one is loaded beside it."""

from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from programme.clock import now
from programme.models import User
from programme.refusals import Refused
from thrive.maturity.framework_file import FrameworkText, from_json
from thrive.maturity.models import Crosswalk, Domain, Element, Framework, Kloe, Level

SHIPPED = Path(__file__).resolve().parent.parent / "fixtures" / "framework_1.json"
_LOCK = 7_246_801  # an arbitrary number: two versions at once would both take the next number


@transaction.atomic
def load(*, text: FrameworkText, by: User | None, at: datetime | None = None) -> Framework:
    """Load a version as the next one, with its crosswalk to the one before. Raises Refused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    before = Framework.objects.first()
    number = before.number + 1 if before else 1
    changes = [
        {"number": c.number, "title": c.title, "actions": list(c.actions), "domains": list(c.domains)}
        for c in text.changes
    ]
    made = Framework.objects.create(
        number=number, name=text.name, note=text.note, changes=changes, by=by, at=at or now()
    )
    Level.objects.bulk_create(
        Level(framework=made, value=e.value, name=e.name, guidance=e.guidance) for e in text.levels
    )
    elements = _domains(made, text)
    _join(before, text, elements)
    return made


def _domains(made: Framework, text: FrameworkText) -> dict[str, Element]:
    domains = Domain.objects.bulk_create(
        Domain(framework=made, number=d.number, code=d.code, name=d.name, indicator=d.indicator) for d in text.domains
    )
    elements = Element.objects.bulk_create(
        Element(domain=domain, order=order, code=e.code, name=e.name, gist=e.gist)
        for domain, told in zip(domains, text.domains, strict=True)
        for order, e in enumerate(told.elements, start=1)
    )
    Kloe.objects.bulk_create(
        Kloe(element=element, order=order, code=k.code, text=k.text, action=k.action)
        for element, told in zip(elements, text.elements, strict=True)
        for order, k in enumerate(told.kloes, start=1)
    )
    return {element.code: element for element in elements}


def _join(before: Framework | None, text: FrameworkText, elements: dict[str, Element]) -> None:
    """The crosswalk, if the file says what elements were before."""
    wanted = [(old, element.code) for element in text.elements for old in element.was]
    if not wanted:
        return
    known = {e.code: e for e in Element.objects.filter(domain__framework=before)} if before else {}
    lost = sorted({old for old, _ in wanted if old not in known})
    if lost:
        raise Refused(f"The version before has no element {', '.join(lost)}.")
    Crosswalk.objects.bulk_create(Crosswalk(older=known[old], newer=elements[new]) for old, new in wanted)


def shipped() -> FrameworkText:
    """The version that comes with the product."""
    return from_json(SHIPPED.read_text(encoding="utf-8"))

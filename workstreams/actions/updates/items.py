"""The bullets of a revision, as rows."""

from collections.abc import Mapping

from programme.models import ImportBatch
from workstreams.actions.updates.words import Items
from workstreams.models import UpdateItem, UpdateRevision
from workstreams.sections import Section


def add_items(
    revision: UpdateRevision,
    items: Items,
    *,
    lines: Mapping[tuple[Section, int], int] | None = None,
    batch: ImportBatch | None = None,
) -> None:
    """Keep the bullets in the order of the sections. `lines` gives source lines by section and place."""
    rows = [(section, place, text) for section in Section for place, text in enumerate(items.get(section, ()))]
    UpdateItem.objects.bulk_create(
        UpdateItem(
            revision=revision,
            section=section.value,
            order=order,
            text=text,
            source_line=(lines or {}).get((section, place)),
            batch=batch,
        )
        for order, (section, place, text) in enumerate(rows, start=1)
    )

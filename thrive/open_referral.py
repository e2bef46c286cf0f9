"""The directory as Open Referral UK tells it (a profile of the Human Services Data Specification, version 3).

One page of services, each complete: its organisation, ages, ways in, places, needs and tags as taxonomy terms.
The identifiers are made from ours, so that the same service has the same identifier in every export.
"""

from datetime import date
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from thrive.ages import YEAR
from thrive.groupings import grouping
from thrive.models import Service, ServiceQuerySet
from workstreams.voice_words import GROUP_WORDS

PROFILE: Final = "https://openreferraluk.org"
NEEDS: Final = "THRIVE Framework needs-based groupings"
_STATUS: Final = {"live": "active", "planned": "inactive", "not_live": "inactive", "closed": "defunct"}


def services(found: ServiceQuerySet, day: date) -> dict[str, Any]:
    """All of them on one page. Three queries."""
    rows = found.select_related("provider").prefetch_related("places", "mappings__place")
    contents = [_service(row) for row in rows]
    return {
        "profile": PROFILE,
        "generated": day.isoformat(),
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }


def _id(kind: str, key: object) -> str:
    return str(uuid5(NAMESPACE_URL, f"cyp-programme-tracker/{kind}/{key}"))


def _service(row: Service) -> dict[str, Any]:
    key = _id("service", row.pk)
    told: dict[str, Any] = {
        "id": key,
        "name": row.name,
        "description": row.offer,
        "url": row.website or None,
        "status": _STATUS[row.status],
        "application_process": row.how_to_reach or None,
        "eligibility_description": f"Ages {row.ages.words}",
        "minimum_age": row.age_from / YEAR,
        "maximum_age": row.age_to / YEAR,
        "assured_date": row.assured_on.isoformat() if row.assured_on else None,
        "organization": {
            "id": _id("organization", row.provider_id),
            "name": row.provider.name,
            "description": row.provider.get_kind_display(),
        },
        "schedules": [{"id": _id("schedule", row.pk), "description": row.hours}] if row.hours else [],
        "service_areas": [{"id": _id("area", f"{row.pk}/{p.pk}"), "name": p.name} for p in row.places.all()],
        "required_documents": [],
        "attributes": _attributes(row, key),
    }
    return {name: value for name, value in told.items() if value is not None}


def _attributes(row: Service, key: str) -> list[dict[str, Any]]:
    """Needs, ways in, groups and tags: each a term of a taxonomy, linked to the service."""
    needs = sorted({mapped.grouping for mapped in row.mappings.all()})
    terms = [(NEEDS, named.name, named.code) for code in needs if (named := grouping(code))]
    terms += [("Who can ask for it", words, words) for words in row.way_words]
    terms += [("Under-served groups", GROUP_WORDS[code], code) for code in sorted(row.groups)]
    terms += [("Local tags", tag, tag) for tag in row.tags]
    return [
        {
            "id": _id("attribute", f"{row.pk}/{taxonomy}/{code}"),
            "link_id": key,
            "link_entity": "service",
            "taxonomy_term": {
                "id": _id("term", f"{taxonomy}/{code}"), "code": code, "name": name, "taxonomy": taxonomy,
            },
        }
        for taxonomy, name, code in terms
    ]  # fmt: skip

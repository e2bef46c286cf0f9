"""The THRIVE map: services, what each does for which need, and where nothing is offered."""

from thrive.models.imports import MapImport, MapSheet
from thrive.models.mapping import ConfirmedNone, ConfirmedNoneQuerySet, Mapping, MappingQuerySet
from thrive.models.service import Service, ServicePlace, ServiceQuerySet, places_around, places_seen_by

__all__ = [
    "ConfirmedNone",
    "ConfirmedNoneQuerySet",
    "MapImport",
    "MapSheet",
    "Mapping",
    "MappingQuerySet",
    "Service",
    "ServicePlace",
    "ServiceQuerySet",
    "places_around",
    "places_seen_by",
]

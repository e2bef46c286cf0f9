"""The THRIVE map: services, what each does for which need, and where nothing is offered."""

from thrive.models.delivery import (
    GapAnswer,
    GapFinding,
    GapQuerySet,
    Recommendation,
    RecommendationQuerySet,
    RecommendationWork,
    TargetOffer,
    TargetQuerySet,
)
from thrive.models.imports import MapImport, MapSheet
from thrive.models.mapping import ConfirmedNone, ConfirmedNoneQuerySet, Mapping, MappingQuerySet
from thrive.models.principles import (
    PrincipleAnswer,
    PrincipleAssessment,
    PrincipleAssessmentQuerySet,
    PrincipleItem,
    PrincipleRater,
    PrincipleSet,
)
from thrive.models.service import Service, ServicePlace, ServiceQuerySet, places_around, places_seen_by

__all__ = [
    "ConfirmedNone",
    "ConfirmedNoneQuerySet",
    "GapAnswer",
    "GapFinding",
    "GapQuerySet",
    "MapImport",
    "MapSheet",
    "Mapping",
    "MappingQuerySet",
    "PrincipleAnswer",
    "PrincipleAssessment",
    "PrincipleAssessmentQuerySet",
    "PrincipleItem",
    "PrincipleRater",
    "PrincipleSet",
    "Recommendation",
    "RecommendationQuerySet",
    "RecommendationWork",
    "Service",
    "ServicePlace",
    "ServiceQuerySet",
    "TargetOffer",
    "TargetQuerySet",
    "places_around",
    "places_seen_by",
]

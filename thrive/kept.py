"""What the map keeps of its changes, in words. A field without words here is never told."""

from programme.models import Programme
from programme.trail import Kept, Strand
from thrive.models import (
    ConfirmedNone,
    GapAnswer,
    GapFinding,
    Mapping,
    PrincipleAssessment,
    PrincipleRater,
    Recommendation,
    RecommendationWork,
    Service,
    ServicePlace,
    TargetOffer,
    places_around,
)

MAP = "map"

SERVICE = Kept(
    Service,
    "service",
    MAP,
    "name",
    {
        "name": "name",
        "provider": "provider",
        "commissioner": "commissioner",
        "offer": "what it does",
        "age_from": "from age in months",
        "age_to": "up to age in months",
        "hours": "hours",
        "capacity": "capacity",
        "wait_weeks": "wait in weeks",
        "status": "status",
        "milestone": "milestone",
        "assured_on": "checked on",
    },
)
SERVED = Kept(ServicePlace, "place served", MAP, "place")
ROW = Kept(
    Mapping,
    "row",
    MAP,
    "service",
    {
        "place": "in",
        "grouping": "need",
        "contribution": "as",
        "age_from": "from age in months",
        "age_to": "up to age in months",
        "evidence_kind": "known from",
        "evidence": "evidence",
        "reviewed_on": "looked at on",
    },
)
NONE = Kept(
    ConfirmedNone,
    "confirmed none",
    MAP,
    "place",
    {
        "grouping": "need",
        "group": "for",
        "age_from": "from age in months",
        "age_to": "up to age in months",
        "evidence": "known because",
        "on": "looked on",
    },
)
TARGET = Kept(
    TargetOffer,
    "target",
    MAP,
    "title",
    {
        "title": "name",
        "good": "what good looks like",
        "source": "from",
        "grouping": "need",
        "age_from": "from age in months",
        "age_to": "up to age in months",
    },
)
GAP = Kept(
    GapFinding,
    "gap",
    MAP,
    "title",
    {
        "now": "what is there today",
        "state": "state",
    },
)
RECOMMENDATION = Kept(
    Recommendation,
    "recommendation",
    MAP,
    "text",
    {
        "decision": "decision",
        "adapted": "done in its place",
        "owner": "owner",
        "wanted_by": "wanted by",
        "closed_on": "closed on",
    },
)
ANSWER = Kept(GapAnswer, "gap it would fill", MAP, "gap")
ANSWERED = Kept(GapAnswer, "recommendation", MAP, "recommendation")
WORK = Kept(RecommendationWork, "work", MAP, "workstream", {"milestone": "milestone"})
ASSESSMENT = Kept(
    PrincipleAssessment,
    "assessment against the principles",
    MAP,
    "place",
    {
        "begun_on": "begun on",
        "finished_on": "finished on",
    },
)
RATER = Kept(PrincipleRater, "rater", MAP, "name", {"name": "name", "sees_from": "sees it from"})
KEPT = (SERVICE, SERVED, ROW, NONE, TARGET, GAP, RECOMMENDATION, ANSWER, WORK, ASSESSMENT, RATER)


def of_programme(programme: Programme) -> list[Strand]:
    """All that was kept of the map of a programme's places."""
    places = places_around(Programme.objects.filter(pk=programme.pk)).values("pk")
    services = ServicePlace.objects.filter(place__in=places).values("service_id")
    rows = [kept.where(place__in=places) for kept in (SERVED, ROW, NONE, TARGET, GAP, RECOMMENDATION, ASSESSMENT)]
    return [SERVICE.where(pgh_obj__in=services), *rows]


def of_service(service: Service) -> list[Strand]:
    """All that was kept of a service, the places it serves and its rows."""
    return [
        SERVICE.where(pgh_obj=service.pk), SERVED.where(service=service.pk), ROW.where(service=service.pk),
    ]  # fmt: skip


def of_gap(gap: GapFinding) -> list[Strand]:
    """All that was kept of a gap."""
    return [GAP.where(pgh_obj=gap.pk), ANSWERED.where(gap=gap.pk)]


def of_recommendation(recommendation: Recommendation) -> list[Strand]:
    """All that was kept of a recommendation, the gaps it would fill and the work for it."""
    key = recommendation.pk
    return [RECOMMENDATION.where(pgh_obj=key), ANSWER.where(recommendation=key), WORK.where(recommendation=key)]


def of_assessment(assessment: PrincipleAssessment) -> list[Strand]:
    """All that was kept of an assessment and of who answers in it. What they answered stands on its page."""
    return [ASSESSMENT.where(pgh_obj=assessment.pk), RATER.where(assessment=assessment.pk)]

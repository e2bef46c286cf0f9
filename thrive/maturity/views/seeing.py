"""What the pages of reviews share: which review, and who runs it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from programme.clock import today
from programme.models import Place, Programme
from programme.permissions import ProgrammeRequest
from programme.roles import Permission
from thrive.maturity.models import Domain, Participant, Review, ReviewQuerySet, reviewed_for
from thrive.maturity.scoring import State

# What a piece of evidence names of the work it points at.
EVIDENCE_TOLD = ("milestone__workstream", "update__workstream", "update__period")


def runs(request: ProgrammeRequest) -> bool:
    """Whether this reader runs reviews here."""
    return Permission.RUN_MATURITY in request.permissions


def reviews(request: ProgrammeRequest) -> ReviewQuerySet:
    """The reviews of the programme's places, and those that are public, as far as this reader may see them."""
    seen = Review.objects.visible_to(request.user).told()
    return seen.filter(Q(is_public=True) | Q(place__in=places(request)))


def places(request: ProgrammeRequest) -> QuerySet[Place]:
    """The places whose reviews are this programme's affair."""
    return reviewed_for(Programme.objects.filter(pk=request.programme.pk))


def find_review(request: ProgrammeRequest, pk: int) -> Review:
    """One of them, or 404."""
    return get_object_or_404(reviews(request), pk=pk)


def own_review(request: ProgrammeRequest, pk: int) -> Review:
    """One of the programme's own places, to be changed; or 404."""
    return get_object_or_404(reviews(request).of_programme(request.programme), pk=pk)


def find_participant(request: ProgrammeRequest, pk: int, who: int) -> Participant:
    """Somebody who takes part in such a review, or 404."""
    found = Participant.objects.select_related("review__place", "review__framework", "organisation", "mail")
    return get_object_or_404(found, pk=who, review=own_review(request, pk))


def find_domain(review: Review, code: str) -> Domain:
    """A domain of the review's framework, or 404."""
    found = Domain.objects.filter(framework=review.framework_id, code=code).first()
    if found is None:
        raise Http404
    return found


def frame(request: ProgrammeRequest, review: Review, **more: Any) -> dict[str, Any]:
    """What every page of a review carries: the review, its audience, and whether its reader runs it."""
    own = runs(request) and places(request).filter(pk=review.place_id).exists()
    reads = Permission.READ_WORKSTREAMS in request.permissions
    return {"review": review, "audience": review.audience, "can_run": own, "reads_work": reads, "day": today(), **more}


def can_take_forward(request: ProgrammeRequest, review: Review) -> bool:
    """Whether this reader can make recommendations of it: who runs reviews here, once it is released."""
    return runs(request) and review.stands is State.RELEASED

"""What maturity reviews keep of their changes, in words. A field without words here is never told."""

from programme.trail import Kept, Strand
from thrive.maturity.models import Evidence, Finding, Participant, Practice, Review

MATURITY = "maturity"

REVIEW = Kept(
    Review,
    "review",
    MATURITY,
    "title",
    {"title": "title", "purpose": "purpose", "state": "state", "closes_on": "last day to score"},
)
PARTICIPANT = Kept(
    Participant,
    "participant",
    MATURITY,
    "name",
    {"name": "name", "sector": "sector", "organisation": "organisation", "withdrawn_at": "taken off"},
)
FINDING = Kept(Finding, "finding", MATURITY, "text", {"kind": "kind", "text": "text", "element": "element"})
EVIDENCE = Kept(Evidence, "evidence", MATURITY, "title")
PRACTICE = Kept(Practice, "entry of the library", MATURITY, "text", {"url": "link", "checked_on": "checked on"})
KEPT = (REVIEW, PARTICIPANT, FINDING, EVIDENCE, PRACTICE)


def of_review(review: Review) -> list[Strand]:
    """All that was kept of a review; single scores are never told."""
    return [
        REVIEW.where(pgh_obj=review.pk),
        PARTICIPANT.where(review=review.pk),
        FINDING.where(review=review.pk),
        EVIDENCE.where(review=review.pk),
    ]

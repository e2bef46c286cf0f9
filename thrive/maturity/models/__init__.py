"""The framework in its versions, the reviews made with it, and the library of what works elsewhere."""

from thrive.maturity.models.followed import TakenForward
from thrive.maturity.models.framework import Crosswalk, Domain, Element, Framework, Kloe, Level
from thrive.maturity.models.library import Practice
from thrive.maturity.models.noted import Evidence, Finding
from thrive.maturity.models.review import Participant, Review, ReviewQuerySet, reviewed_for
from thrive.maturity.models.scored import Consensus, Score

__all__ = [
    "Consensus",
    "Crosswalk",
    "Domain",
    "Element",
    "Evidence",
    "Finding",
    "Framework",
    "Kloe",
    "Level",
    "Participant",
    "Practice",
    "Review",
    "ReviewQuerySet",
    "Score",
    "TakenForward",
    "reviewed_for",
]

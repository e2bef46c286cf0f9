"""Assessments against the principles, raters and their answers, made by the real actions."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from programme.models import Place, User
from thrive.actions import principles as actions
from thrive.actions.principles import Answer
from thrive.models import PrincipleAssessment, PrincipleRater
from thrive.principles import Key

WHEN = datetime(2026, 10, 1, 9, tzinfo=UTC)
LANGUAGE = "common_language"
REASON = "Teams were asked"


def assessment(
    place: Place, *, follows: PrincipleAssessment | None = None, by: User | None = None
) -> PrincipleAssessment:
    """One that has begun."""
    began = date(2026, 9, 1) if follows else date(2025, 9, 1)
    return actions.begin(place=place, begun_on=began, follows=follows, by=by, at=WHEN)


def rater(assessment: PrincipleAssessment, name: str = "School nurses", *, by: User | None = None) -> PrincipleRater:
    """Somebody who answers."""
    return actions.add_rater(assessment=assessment, name=name, sees_from="Harbour Trust", by=by, at=WHEN)


def answered(rater: PrincipleRater, scores: Mapping[Key, int | None], *, after: int = 0, by: User | None = None) -> int:
    """What a rater says, with a reason for each."""
    said = {key: Answer(score, REASON if score else "", "Survey" if score else "") for key, score in scores.items()}
    return actions.answer(rater=rater, answers=said, after=after, by=by, at=WHEN)


def language(score: int | None, *more: int | None) -> dict[Key, int | None]:
    """Scores of the common language: one for all levels, or one each."""
    told = (score, *more) if more else (score, score, score)
    return {(LANGUAGE, level): each for level, each in zip(("macro", "meso", "micro"), told, strict=True)}


def finished(assessment: PrincipleAssessment, *, by: User | None = None) -> PrincipleAssessment:
    """Closed."""
    return actions.finish(assessment=assessment, version=assessment.version, by=by, at=WHEN)


def series(place: Place, *, by: User | None = None) -> tuple[PrincipleAssessment, PrincipleAssessment]:
    """A finished baseline by one rater, and a follow-up that two answer differently."""
    baseline = assessment(place, by=by)
    answered(rater(baseline, by=by), language(2), by=by)
    baseline = finished(baseline, by=by)
    follow_up = assessment(place, follows=baseline, by=by)
    answered(rater(follow_up, by=by), language(3), by=by)
    answered(rater(follow_up, "Young advisers", by=by), language(3, 2, 4), by=by)
    return baseline, follow_up


def typed(score: str = "3", reason: str = REASON) -> dict[str, str]:
    """Answers to one principle as the form is filled in."""
    found = {"after": "0"}
    for level in ("macro", "meso", "micro"):
        found |= {f"score-{level}": score, f"reason-{level}": reason, f"evidence-{level}": ""}
    return found


def typed_items(note: str = "Plainer words") -> dict[str, str]:
    """The next version of what is asked, as its form is filled in."""
    told = {"number": "1", "note": note, f"text-{LANGUAGE}-macro": "Plans of all partners use the five groupings."}
    return told | {f"scale-{score}": f"Means {score}" for score in (1, 2, 3, 4)}

"""Assessments against the principles with all that was answered, in five queries for any number of them."""

from collections import defaultdict
from dataclasses import dataclass

from thrive import principles
from thrive.models import (
    PrincipleAnswer,
    PrincipleAssessment,
    PrincipleAssessmentQuerySet,
    PrincipleItem,
    PrincipleRater,
)
from thrive.principles import Compared, Key, Standing


@dataclass(frozen=True)
class Assessed:
    """One assessment, its raters, and the last word of each on each statement."""

    assessment: PrincipleAssessment
    raters: tuple[PrincipleRater, ...]
    items: tuple[PrincipleItem, ...]
    answers: dict[tuple[int, Key], PrincipleAnswer]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The eight principles as they stand."""
        said = ((key, answer.score) for (_, key), answer in self.answers.items())
        return principles.standings((key, score) for key, score in said if score is not None)

    @property
    def is_open(self) -> bool:
        """Whether answers may still be given."""
        return self.assessment.finished_on is None

    def answered(self, rater: PrincipleRater, principle: str = "") -> int:
        """How many statements a rater has answered, of one principle or of all."""
        return sum(who == rater.pk and principle in {"", key[0]} for who, key in self.answers)

    def next_principle(self, rater: PrincipleRater, after: str = "") -> str:
        """The first principle that a rater has not answered in full, looked for from the one after `after`."""
        codes = [each.code for each in principles.principles()]
        start = codes.index(after) + 1 if after in codes else 0
        asked = len(principles.levels())
        left = [code for code in codes[start:] + codes[:start] if self.answered(rater, code) < asked]
        return left[0] if left else ""


def assessed(found: PrincipleAssessmentQuerySet) -> list[Assessed]:
    """Assessments with everything at hand, the oldest first."""
    rows = list(found.select_related("place", "items", "follows"))
    raters: dict[int, list[PrincipleRater]] = defaultdict(list)
    for rater in PrincipleRater.objects.filter(assessment__in=rows):
        raters[rater.assessment_id].append(rater)
    items: dict[int, list[PrincipleItem]] = defaultdict(list)
    for item in PrincipleItem.objects.filter(set__in={row.items_id for row in rows}):
        items[item.set_id].append(item)
    answers: dict[int, dict[tuple[int, Key], PrincipleAnswer]] = defaultdict(dict)
    given = PrincipleAnswer.objects.filter(rater__assessment__in=rows).last_words()
    for answer in given.select_related("item", "rater"):
        answers[answer.rater.assessment_id][answer.rater_id, answer.item.key] = answer
    return [Assessed(row, tuple(raters[row.pk]), tuple(items[row.items_id]), answers[row.pk]) for row in rows]


@dataclass(frozen=True)
class Series:
    """A baseline with what followed it. All of them were asked the same."""

    baseline: Assessed
    follow_ups: tuple[Assessed, ...]

    @property
    def latest(self) -> Assessed:
        """What stands now."""
        return self.follow_ups[-1] if self.follow_ups else self.baseline

    @property
    def compared(self) -> tuple[Compared, ...]:
        """The baseline beside the latest follow-up; nothing before there is one."""
        if not self.follow_ups:
            return ()
        sets = (self.baseline.assessment.items.number, self.latest.assessment.items.number)
        return principles.compared(self.baseline.standings, self.latest.standings, sets=sets)

    @property
    def sentence(self) -> str:
        """The latest of it in words."""
        latest = self.latest.assessment
        before = self.baseline.standings if self.follow_ups else None
        return principles.sentence(latest.place.name, self.latest.standings, when=latest.when, before=before)


def series(found: list[Assessed]) -> list[Series]:
    """By baseline, the newest first."""
    after: dict[int, list[Assessed]] = defaultdict(list)
    for each in found:
        if each.assessment.follows_id:
            after[each.assessment.follows_id].append(each)
    baselines = [each for each in found if not each.assessment.follows_id]
    return [Series(each, tuple(after[each.assessment.pk])) for each in reversed(baselines)]

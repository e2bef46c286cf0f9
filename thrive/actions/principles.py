"""Assessments against the principles: begun, answered by several raters, finished; and what is asked, in versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from programme.clock import day_of, now
from programme.history import recorded
from programme.models import Place, User
from programme.refusals import Refused, Stale
from thrive import principles
from thrive.models import PrincipleAnswer, PrincipleAssessment, PrincipleItem, PrincipleRater, PrincipleSet
from thrive.principles import Key

_LOCK = 7_246_802  # an arbitrary number: two versions at once would both take the next number


@transaction.atomic
def begin(
    *,
    place: Place,
    begun_on: date,
    by: User | None,
    follows: PrincipleAssessment | None = None,
    is_example: bool = False,
    at: datetime | None = None,
) -> PrincipleAssessment:
    """Begin a baseline, which asks the newest version, or a follow-up, which asks what its baseline asked."""
    moment = at or now()
    if begun_on > day_of(moment):
        raise Refused("Enter the day on which it began, not one ahead.")
    items = PrincipleSet.objects.all()[0]
    if follows is not None:
        _refuse_follow_up(follows, place, begun_on)
        items = follows.items
    with recorded(by=by, action="Began an assessment against the principles", at=moment):
        return PrincipleAssessment.objects.create(
            place=place, items=items, follows=follows, begun_on=begun_on, is_example=is_example
        )


def _refuse_follow_up(baseline: PrincipleAssessment, place: Place, begun_on: date) -> None:
    current = PrincipleAssessment.objects.select_for_update(of=("self",)).get(pk=baseline.pk)
    if current.follows_id:
        raise Refused("A follow-up is held against a baseline, not against another follow-up.")
    if current.place_id != place.pk:
        raise Refused(f"That baseline is of {current.place}. Choose the same place.")
    if current.finished_on is None:
        raise Refused("Finish the baseline first, so that it no longer moves.")
    if begun_on < current.begun_on:
        raise Refused("A follow-up begins after its baseline.")


@transaction.atomic
def add_rater(
    *,
    assessment: PrincipleAssessment,
    name: str,
    by: User | None,
    sees_from: str = "",
    at: datetime | None = None,
) -> PrincipleRater:
    """Add somebody who answers. Raises Refused."""
    current = _open(assessment)
    _refuse_name(current, name)
    with recorded(by=by, action="Added a rater", at=at or now()):
        return PrincipleRater.objects.create(assessment=current, name=name.strip(), sees_from=sees_from.strip())


@transaction.atomic
def change_rater(
    *, rater: PrincipleRater, name: str, sees_from: str, version: int, by: User | None, at: datetime | None = None
) -> PrincipleRater:
    """Put a rater's name right. Raises Refused or Stale."""
    assessment = _open(rater.assessment)
    current = PrincipleRater.objects.select_for_update(of=("self",)).get(pk=rater.pk)
    if current.version != version:
        raise Stale(current)
    _refuse_name(assessment, name, besides=current.pk)
    current.name, current.sees_from, current.version = name.strip(), sees_from.strip(), version + 1
    with recorded(by=by, action="Changed a rater", at=at or now()):
        current.save()
    return current


def _refuse_name(assessment: PrincipleAssessment, name: str, *, besides: int = 0) -> None:
    if not name.strip():
        raise Refused("Say who answers.")
    if assessment.raters.filter(name__iexact=name.strip()).exclude(pk=besides).exists():
        raise Refused("There is a rater of that name already.")


def _open(assessment: PrincipleAssessment) -> PrincipleAssessment:
    current = PrincipleAssessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if current.finished_on:
        raise Refused("This assessment is finished. Reopen it to change an answer.")
    return current


@dataclass(frozen=True)
class Answer:
    """What a rater says of one statement: a score and why, or nothing but that they cannot say."""

    score: int | None
    reason: str = ""
    evidence: str = ""


@transaction.atomic
def answer(
    *,
    rater: PrincipleRater,
    answers: Mapping[Key, Answer],
    after: int,
    by: User | None,
    at: datetime | None = None,
) -> int:
    """Keep a rater's answers beside earlier ones; what did not change is left alone.

    `after` is the last answer to any of these principles that the writer has seen, 0 for none. Returns what to say as
    `after` next. Raises Refused, or Stale with the answers that stand.
    """
    moment = at or now()
    assessment = _open(rater.assessment)
    current = PrincipleRater.objects.select_for_update(of=("self",)).get(pk=rater.pk)
    items = {item.key: item for item in PrincipleItem.objects.filter(set=assessment.items_id)}
    if set(answers) - set(items):
        raise Refused("This assessment does not ask that.")
    stands = {each.item.key: each for each in last_words(current, {key[0] for key in answers})}
    newest = max((each.pk for each in stands.values()), default=0)
    if newest != after:
        raise Stale(stands)
    made = []
    for key, said in answers.items():
        _refuse_answer(said)
        before = stands.get(key)
        if before and (before.score, before.reason, before.evidence) == (said.score, said.reason, said.evidence):
            continue
        row = PrincipleAnswer(
            rater=current, item=items[key], score=said.score, reason=said.reason, evidence=said.evidence, by=by,
            at=moment,
        )  # fmt: skip
        made.append(row)
    PrincipleAnswer.objects.bulk_create(made)
    return max([newest, *(row.pk for row in made)])


def last_words(rater: PrincipleRater, codes: set[str]) -> list[PrincipleAnswer]:
    """What stands of a rater's answers to some principles."""
    given = PrincipleAnswer.objects.filter(rater=rater, item__principle__in=codes)
    return list(given.last_words().select_related("item"))


def _refuse_answer(said: Answer) -> None:
    if said.score is not None and said.score not in principles.SCORES:
        raise Refused("A score is a whole number from 1 to 4.")
    if said.score is not None and not said.reason.strip():
        raise Refused("Say why, beside each score.")


@transaction.atomic
def finish(
    *, assessment: PrincipleAssessment, version: int, by: User | None, at: datetime | None = None
) -> PrincipleAssessment:
    """Close an assessment, so that its answers no longer move. Raises Refused or Stale."""
    current, moment = _locked(assessment, version), at or now()
    if current.finished_on:
        raise Refused("This assessment is finished already.")
    if not PrincipleAnswer.objects.filter(rater__assessment=current, score__isnull=False).exists():
        raise Refused("Nobody has scored anything yet.")
    current.finished_on, current.version = day_of(moment), version + 1
    with recorded(by=by, action="Finished an assessment against the principles", at=moment):
        current.save()
    return current


@transaction.atomic
def reopen(
    *, assessment: PrincipleAssessment, reason: str, version: int, by: User | None, at: datetime | None = None
) -> PrincipleAssessment:
    """Let answers be given again, with the reason. Raises Refused or Stale."""
    current = _locked(assessment, version)
    if not current.finished_on:
        raise Refused("This assessment is open.")
    if not reason.strip():
        raise Refused("Say why it is opened again.")
    if current.followed_by.exists():
        raise Refused("A follow-up is held against this baseline, so it stays as it is.")
    current.finished_on, current.version = None, version + 1
    with recorded(by=by, action="Reopened an assessment against the principles", reason=reason, at=at or now()):
        current.save()
    return current


def _locked(assessment: PrincipleAssessment, version: int) -> PrincipleAssessment:
    current = PrincipleAssessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if current.version != version:
        raise Stale(current)
    return current


@transaction.atomic
def change_items(
    *,
    texts: Mapping[Key, str],
    scale: Sequence[str],
    note: str,
    number: int,
    by: User | None,
    at: datetime | None = None,
) -> PrincipleSet:
    """Make the next version of what is asked. `number` is the version the writer began from. Raises Stale, Refused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    latest = PrincipleSet.objects.all()[0]
    if latest.number != number:
        raise Stale(latest)
    if not note.strip():
        raise Refused("Say what is different, and why.")
    if len(scale) != principles.HIGHEST or not all(each.strip() for each in scale):
        raise Refused("Say what each score means.")
    told = {key: texts.get(key, "").strip() for key in principles.asked()}
    if told == {item.key: item.text for item in latest.items.all()} and list(scale) == latest.scale:
        raise Refused("Nothing is different from the version that stands.")
    made = PrincipleSet.objects.create(number=number + 1, scale=list(scale), note=note, by=by, at=at or now())
    PrincipleItem.objects.bulk_create(
        PrincipleItem(set=made, principle=key[0], level=key[1], text=text) for key, text in told.items()
    )
    return made

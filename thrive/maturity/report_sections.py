"""What maturity has to tell a board report: released reviews and nothing else. A fixed number of queries a place."""

from collections.abc import Sequence
from datetime import datetime

from programme.clock import day_of
from programme.models import Programme
from thrive.maturity import following, read, scoring, words
from thrive.maturity.following import Aftermath
from thrive.maturity.models import Finding, Review
from thrive.maturity.reported import MaturityAdviceTold, MaturityDomainTold, MaturityReviewTold, MaturityTold
from thrive.maturity.scoring import Kind, Row, State

NOT_TAKEN_FORWARD = "Not taken forward"


def maturity(programme: Programme, at: datetime) -> MaturityTold:
    """The latest review of each of the programme's places that was released by then, and what became of it."""
    released = Review.objects.of_programme(programme).filter(state=State.RELEASED, released_at__lte=at).told()
    latest: dict[int, Review] = {}
    for review in released.order_by("place__name", "-period_until", "-pk"):
        latest.setdefault(review.place_id, review)
    return MaturityTold(tuple(_told(review, at) for review in latest.values()))


def _told(review: Review, at: datetime) -> MaturityReviewTold:
    picture = read.picture(review)
    findings = list(review.findings.select_related("domain"))
    before = _before(review, at)
    rows = _rows(picture, before)
    is_visit = review.sort is Kind.VISIT
    return MaturityReviewTold(
        title=review.title,
        place=review.place.name,
        kind=review.get_kind_display(),
        period=review.period_words,
        audience=review.audience,
        sentence=picture.sentence(len(findings)),
        absent="" if is_visit else words.absent_words(picture.absent),
        is_example=review.is_example,
        before=f"{before}, {before.period_words}" if before and rows else "",
        domains=() if is_visit else tuple(_domains(picture, rows)),
        changes=tuple(_changes(picture, rows)),
        strengths=tuple(each.text for each in findings if each.kind == words.STRENGTH),
        advice=tuple(_advice(following.aftermath(review, findings, None, day_of(at)))),
    )


def _before(review: Review, at: datetime) -> Review | None:
    """The review it follows, if everybody may read that one, too."""
    before = review.follows
    if before is None or before.released_at is None or before.released_at > at:
        return None
    return before


def _rows(picture: read.Picture, before: Review | None) -> list[Row]:
    if before is None:
        return []
    try:
        return read.side_by_side([picture.review, before], picture.tool)
    except scoring.NotComparable:
        return []


def _domains(picture: read.Picture, rows: Sequence[Row]) -> list[MaturityDomainTold]:
    """The domains that were assessed; how many of the others there are is part of the sentence."""
    moved = {row.code: -row.change for row in rows if row.change is not None}
    found = []
    for line in picture.domains:
        if line.standing.agreed:
            known = [moved[element.code] for element in picture.tool.of(line.domain) if element.code in moved]
            change = words.moved_words(known) if rows else ""
            found.append(MaturityDomainTold(line.domain.name, line.median_words, line.sentence, change))
    return found


def _changes(picture: read.Picture, rows: Sequence[Row]) -> list[str]:
    """Each element that moved since the review before, the biggest step first."""
    names = {element.code: element.name for element in picture.tool.elements}
    levels = picture.tool.names
    return [
        f"{names[row.code]}: {words.change_words(-row.change, levels, row.levels[0])}" for row in rows if row.change
    ]


def _advice(told: Aftermath) -> list[MaturityAdviceTold]:
    made = [MaturityAdviceTold(str(r.thread.recommendation), r.thread.life.words, _domain_of(r)) for r in told.rows]
    return made + [MaturityAdviceTold(e.finding.text, NOT_TAKEN_FORWARD, e.finding.domain.name) for e in told.waiting]


def _domain_of(row: following.Followed) -> str:
    source: Finding | None = row.taken.finding
    if source:
        return source.domain.name
    return row.taken.element.domain.name if row.taken.element else ""

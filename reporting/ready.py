"""Readiness read from the rows: the picture of a month, held against what a report needs. A fixed number of queries."""

from datetime import date, datetime

from programme.models import ReportingPeriod
from programme.status import Rag
from reporting.dashboard import WorkstreamLine, picture, with_opinions
from reporting.readiness import Line, Odd, Readiness, readiness_of
from workstreams.gathering import Gathered
from workstreams.inconsistencies import inconsistencies_of
from workstreams.ratings import three_of

NEEDS_REASON = frozenset({Rag.RED, Rag.AMBER})


def readiness(period: ReportingPeriod, day: date, at: datetime) -> Readiness:
    """Who is not in, which ratings have no reason, and what does not fit together, as it stands on a day."""
    known = Gathered(period.programme, at)
    seen = picture(period.programme, period, day, newest=False, known=known)
    lines = with_opinions(seen, known, three_of(known)).lines
    owing = [line for line in lines if line.expects_update]
    ratings = [odd for line in owing if (odd := _odd(line))]
    standing = [
        Odd(each.workstream, each.slug, each.sentence, each.fix, each.href)
        for each in inconsistencies_of(period.programme, at)
    ]
    return readiness_of([_line(line) for line in lines], [*ratings, *standing])


def _line(line: WorkstreamLine) -> Line:
    return Line(
        name=line.name,
        slug=line.slug,
        leads=line.leads,
        owes=line.expects_update,
        is_in=line.is_in,
        update_words=line.update_words,
        needs_reason=line.rating in NEEDS_REASON,
        reason=line.reason,
    )


def _odd(line: WorkstreamLine) -> Odd | None:
    """A lead who says better than the rules or the assurance reviewer, without having answered why."""
    told = line.opinions
    if told is None or not line.is_in or not told.lead_is_brighter or not told.unanswered:
        return None
    others = [f"the rules say {told.derived.word}"] if told.derived is not told.assured else []
    if told.assured:
        others.append(f"the assurance reviewer says {told.assured.word}")
    return Odd(
        line.name, line.slug, f"its lead says {line.rating.word}, {' and '.join(others)}, and nobody has said why."
    )

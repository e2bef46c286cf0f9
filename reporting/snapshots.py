"""Freezing what a report says: everything of every edition and format as one canonical JSON.

Lower apps give the sections (`workstreams/report_sections.py`); they are listed once, in `_sections`. A section that
fails is named, so that nobody has to guess which part of the programme stands in the way.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from programme.clock import LONDON, day_of
from programme.dates import day_words, month_words
from programme.models import Programme, ReportingPeriod, User
from programme.refusals import Refused
from programme.status import Change, Rag, change_between
from programme.templatetags.words import moment
from programme.wording import listed
from reporting.board_facts import (
    SCHEMA,
    TEMPLATE,
    BoardFacts,
    ChangeTold,
    ObjectiveTold,
    PeriodTold,
    ProgrammeTold,
    SaidTold,
    SinceTold,
    StripTold,
    SummaryTold,
    UpdateTold,
    WorkstreamTold,
    to_record,
)
from reporting.dashboard import ProgrammePicture, UpdateState, WorkstreamLine, picture, with_opinions
from reporting.frozen_dashboard import DashboardContent
from reporting.frozen_dashboard import to_record as dashboard_record
from reporting.models import BoardReport
from reporting.months import months_of
from reporting.recent import milestone_facts, what_changed
from reporting.what_changed import Heading, Told, milestone_changes
from thrive import report_sections as map_sections
from thrive.maturity import report_sections as maturity_sections
from workstreams import report_sections
from workstreams.gathering import Gathered, closed_between
from workstreams.models import Objective, UpdateItem, Workstream, thresholds_of
from workstreams.ratings import three_of
from workstreams.reported import CorrectionTold, PathTold
from workstreams.sections import Section

AUDIENCE = "Programme board and commissioners"


def canonical(content: Mapping[str, Any]) -> str:
    """The one way a snapshot is written down: sorted keys, no spaces, no escapes."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


class SectionNotReadError(Refused):
    """A section could not be read from the database. Says which, and why."""

    def __init__(self, section: str, reason: str) -> None:
        """Take the name and why."""
        super().__init__(f"The section “{section}” could not be read: {reason}")
        self.section = section


@contextmanager
def _section(name: str) -> Iterator[None]:
    """Name the section in whatever goes wrong while it is read."""
    try:
        yield
    except Exception as error:
        raise SectionNotReadError(name, str(error) or type(error).__name__) from error


@dataclass(frozen=True)
class _Asked:
    """For what a snapshot is taken, and what it compares itself with."""

    period: ReportingPeriod
    at: datetime
    since: SinceTold
    since_moment: datetime | None

    @property
    def programme(self) -> Programme:
        """The programme."""
        return self.period.programme


def compose(
    *, period: ReportingPeriod, by: User, at: datetime, version: int | None = None, edition: str | None = None
) -> dict[str, Any]:
    """Everything the reports of `period` say, as at `at`. Plain JSON; see board_facts.py.

    What changed is told since the last published report, of that edition where one is named.
    """
    programme, today = period.programme, day_of(at)
    with _section("Ratings"):
        month_before = months_of(programme, today).end_of_the_one_before(period)
        known = Gathered(programme, at, changed_since=month_before)
        three = three_of(known)
        seen = with_opinions(picture(programme, period, today, newest=False, known=known), known, three)
    with _section("What changed"):
        asked = _asked(period, at, month_before, edition)
        changes = tuple(
            _changes(Gathered(programme, at, rows=known.rows, changed_since=asked.since.day), seen, asked.since)
        )
    with _section("Workstreams"):
        told = _workstreams(seen, report_sections.paths(three))
    sections = _sections(asked)
    facts = BoardFacts(
        schema=SCHEMA,
        template=TEMPLATE,
        version=version,
        programme=ProgrammeTold(
            programme.name,
            programme.slug,
            programme.mandate,
            tuple(programme.partners.values_list("name", flat=True)),
            tuple(programme.places.values_list("name", flat=True)),
        ),
        period=_period(period),
        as_at=at.astimezone(LONDON).isoformat(timespec="seconds"),
        as_at_label=moment(at),
        prepared_by=by.name,
        audience=AUDIENCE,
        summary=_summary(seen, sections["corrections"]),
        since=asked.since,
        changes=changes,
        workstreams=told,
        **sections,
    )
    with _section("Dashboard"):
        dashboard = dashboard_record(DashboardContent(seen, what_changed(known, seen)))
    return to_record(facts) | {"dashboard": dashboard}


def _sections(asked: _Asked) -> dict[str, Any]:
    """The sections that the apps below give, by the field of `BoardFacts` they fill. New ones are added here."""
    programme, at, since = asked.programme, asked.at, asked.since.day
    readers: dict[str, tuple[str, Callable[[], Any]]] = {
        "milestones": ("Milestones", lambda: report_sections.milestones(programme, at)),
        "asks": ("Decisions asked of the board", lambda: report_sections.asks(programme, at, since)),
        "decisions": ("Decisions", lambda: report_sections.decisions(programme, at, since)),
        "risks": ("Risks", lambda: report_sections.risks(programme, at)),
        "issues": ("Issues", lambda: report_sections.issues(programme, at)),
        "voices": ("What we heard", lambda: report_sections.voices(programme, at)),
        "gaps": ("Gaps, and what will fill them", lambda: map_sections.gaps(programme, at)),
        "maturity": ("Maturity reviews", lambda: maturity_sections.maturity(programme, at)),
        "money": ("Money", lambda: report_sections.money(programme)),
        "gates": ("Gates", lambda: report_sections.gates(programme, at)),
        "corrections": (
            "Corrections",
            lambda: report_sections.corrections(programme, at, asked.since_moment, asked.period.month),
        ),
        "plain": ("In plain language", lambda: report_sections.plain_pages(programme, at)),
        "definitions": ("Definitions", lambda: report_sections.definitions(programme)),
        "rules": ("Rules of the derived rating", lambda: thresholds_of(programme).numbers),
    }
    found = {}
    for field, (name, read) in readers.items():
        with _section(name):
            found[field] = read()
    return found


def _asked(period: ReportingPeriod, at: datetime, month_before: date, edition: str | None) -> _Asked:
    """Compare with the last report that its readers were given; where there is none, with the end of the last month."""
    published = BoardReport.objects.readable().filter(
        programme=period.programme_id, published_at__lte=at, snapshot__at__lt=at
    )
    if edition:
        published = published.filter(edition=edition)
    last = published.select_related("snapshot", "period").order_by("-snapshot__at", "-pk").first()
    if last is None:
        return _Asked(period, at, SinceTold(month_before), None)
    ratings = {each["slug"]: Rag(each["rating"]) for each in last.snapshot.content["workstreams"]}
    words = f"the report for {last.period}, version {last.version}"
    return _Asked(period, at, SinceTold(day_of(last.snapshot.at), words, ratings), last.snapshot.at)


def _period(period: ReportingPeriod) -> PeriodTold:
    status = "Open: updates for the month could still be sent"
    if period.frozen_at:
        status = f"Final: the month was frozen on {day_words(day_of(period.frozen_at))}"
    elif period.closed_at:
        status = f"Closed on {day_words(day_of(period.closed_at))}"
    return PeriodTold(period.key, month_words(period.month), period.due_on, period.closes_on, status)


def _summary(seen: ProgrammePicture, corrections: tuple[CorrectionTold, ...]) -> SummaryTold:
    names = {line.slug: line.name for line in seen.lines}
    corrected = [
        f"{names.get(each.workstream, each.workstream)} has corrected its {each.month} update: {each.reason}"
        for each in corrections
    ]
    return SummaryTold(
        sentence=seen.sentence,
        counts=tuple(seen.counts),
        points=(*_points(seen), *corrected),
        updates_in=len(seen.expected) - len(seen.not_in),
        updates_expected=len(seen.expected),
        not_reported=tuple(line.name for line in seen.not_in),
    )


def _points(seen: ProgrammePicture) -> list[str]:
    """What needs the board's attention, worst first: Reds with their reason, what got worse, critical dates missed."""
    points = [f"{line.name} is off track: {line.reason}" for line in seen.expected if line.rating is Rag.RED]
    points += [
        f"{line.name} fell from {line.previous.word} to {line.rating.word}." for line in seen.worse if line.previous
    ]
    points += [
        f"Critical milestone missed in {m.workstream}: {m.title} ({m.standing.state_words.lower()})."
        for m in seen.milestones_overdue
        if m.is_critical
    ]
    if seen.not_in:
        points.append(f"No update from {listed([line.name for line in seen.not_in])}.")
    return points


def _changes(known: Gathered, seen: ProgrammePicture, since: SinceTold) -> Iterator[ChangeTold]:
    """What changed since the last report, worst first."""
    told = milestone_changes(milestone_facts(known, since.day), since.day, known.day)
    closed = [Told(row.name, row.slug) for row in closed_between(known.rows, since.day, known.day)]
    for heading in Heading:
        if heading in {Heading.WORSE, Heading.BETTER}:
            yield from _rerated(seen, since, heading)
        elif heading is Heading.SILENT:
            for line in seen.expected:
                if line.update_state is UpdateState.LATE:
                    yield ChangeTold(heading.words, f"{line.name}: {line.update_words}", line.slug)
        else:
            found = closed if heading is Heading.CLOSED else told.get(heading, ())
            for each in found:
                yield ChangeTold(heading.words, each.text, each.slug)


def _rerated(seen: ProgrammePicture, since: SinceTold, heading: Heading) -> Iterator[ChangeTold]:
    """Ratings against those the last report printed; where there is no such report, against the month before."""
    wanted = Change.WORSE if heading is Heading.WORSE else Change.BETTER
    for line in seen.expected:
        was = since.ratings.get(line.slug) if since.report else line.previous
        if was and change_between(was, line.rating) is wanted:
            yield ChangeTold(heading.words, f"{line.name}: {was.word} to {line.rating.word}", line.slug)


def _workstreams(seen: ProgrammePicture, paths: Mapping[int, PathTold]) -> tuple[WorkstreamTold, ...]:
    shown = [line for line in seen.lines if line.status != "proposed"]
    keys = [line.pk for line in shown]
    purposes = dict(Workstream.objects.filter(pk__in=keys).values_list("pk", "purpose"))
    objectives, items = _objectives(keys), _items(shown)
    return tuple(
        _workstream(line, purposes[line.pk], tuple(objectives[line.pk]), items, paths.get(line.pk, PathTold()))
        for line in shown
    )


def _objectives(workstreams: Iterable[int]) -> Mapping[int, list[ObjectiveTold]]:
    found: dict[int, list[ObjectiveTold]] = defaultdict(list)
    for each in Objective.objects.filter(workstream__in=workstreams, ended_on=None):
        found[each.workstream_id].append(ObjectiveTold(each.number, each.text, each.is_priority))
    return found


def _items(lines: Iterable[WorkstreamLine]) -> Mapping[int, dict[str, list[str]]]:
    """Bullets by revision and section."""
    revisions = [line.last_sent.words_id for line in lines if line.last_sent]
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for revision, section, text in UpdateItem.objects.filter(revision__in=revisions).values_list(
        "revision_id", "section", "text"
    ):
        found[revision][section].append(text)
    return found


def _workstream(
    line: WorkstreamLine,
    purpose: str,
    objectives: tuple[ObjectiveTold, ...],
    items: Mapping[int, dict[str, list[str]]],
    path: PathTold,
) -> WorkstreamTold:
    others = line.opinions
    return WorkstreamTold(
        name=line.name,
        slug=line.slug,
        parent=line.parent,
        status=line.status_words,
        purpose=purpose,
        leads=line.leads,
        rating=line.rating,
        rating_reason=line.reason,
        previous_rating=line.previous,
        change=line.change.value,
        strip=tuple(StripTold(f"{cell.month:%Y-%m}", cell.label, cell.rating) for cell in line.strip),
        objectives=objectives,
        update=_update(line, items),
        update_state="" if line.update_state is UpdateState.SENT else line.update_words,
        is_expected=line.expects_update,
        derived=others.derived if others else None,
        derived_why=others.why if others else (),
        assured=others.assured if others else None,
        assured_why=others.assured_why if others else "",
        differ=others.differ if others else False,
        path=path,
    )


def _update(line: WorkstreamLine, items: Mapping[int, dict[str, list[str]]]) -> UpdateTold | None:
    sent = line.last_sent
    if sent is None:
        return None
    words = items[sent.words_id]
    return UpdateTold(
        label=month_words(sent.month),
        sent_label=day_words(day_of(sent.at)),
        sent_by=sent.by_name,
        sections=tuple(
            SaidTold(section.value, section.heading, tuple(words[section.value]))
            for section in Section
            if words.get(section.value)
        ),
    )

"""Milestones on a time axis: geometry only, drawn by `templates/charts/timeline.svg.html`. No Django, no clock.

Windows are bars, exact days are marks, and every state has a shape and a word of its own; see programme/charts.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from programme.charts import CORNERS, INK, WHITE, Label, Mark, circle, joined
from programme.status import PlanState


@dataclass(frozen=True)
class TimelineItem:
    """One milestone as it is asked for.

    `when` are the words people wrote ("Summer 2026"); `start` and `end` are the first and the last day those words
    allow, equal for an exact day and None where one side is open or nothing is known.
    """

    title: str
    when: str
    state: PlanState
    start: date | None
    end: date | None
    phase: str = ""


@dataclass(frozen=True)
class TimelineRow:
    """One milestone, ready to draw: words on the left, then a bar for a window or a mark for a day."""

    y: float
    lines: tuple[Label, ...]
    note: Label
    bar: tuple[float, float, float, float] | None  # x, y, width, height
    bar_fill: str
    bar_dash: str
    mark: Mark | None
    arrow_start: str  # path of an arrow head where the window is open, or ""
    arrow_end: str


@dataclass(frozen=True)
class PhaseBand:
    """When a phase runs, as it is asked for: the words and the window they allow."""

    name: str
    when: str
    start: date | None
    end: date | None


@dataclass(frozen=True)
class TimelinePhase:
    """A heading over some rows; no heading when `label` is None. `band` is the phase's own window: x, y, width."""

    label: Label | None
    rows: tuple[TimelineRow, ...]
    band: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Timeline:
    """Milestones on a time axis, ready to draw."""

    title: str
    width: float
    height: float
    axis_y: float
    bottom: float
    ticks: tuple[Label, ...]
    today: Label | None
    phases: tuple[TimelinePhase, ...]


_TIMELINE_WIDTH = 680.0
_WORDS_WIDTH = 250.0
_RIGHT_MARGIN = 14.0
_AXIS_Y = 22.0
_ROW_GAP, _LINE_HEIGHT, _PHASE_HEIGHT = 10.0, 13.0, 24.0
_LETTERS_A_LINE, _LINES_A_TITLE, _LETTERS_A_HEADING = 42, 2, 90


def timeline(
    items: Iterable[TimelineItem],
    *,
    today: date | None,
    phases: Sequence[PhaseBand] = (),
    span: tuple[date, date] | None = None,
) -> Timeline:
    """Lay out milestones by phase in the order given; inside a phase, dated ones first by date.

    A window is drawn as wide as it is, an exact day as a point: nothing looks more certain than it is. Milestones
    without any date keep their row, with the words "No date" and no mark on the axis. `phases` says when a phase of
    that name runs, drawn as a band beside its heading. With `span` the axis covers those days and no others: what
    reaches beyond ends in an arrow.
    """
    items, bands = list(items), {band.name: band for band in phases}
    axis = _Axis.over(*span) if span else _Axis.around(items, today, bands.values())
    drawn, y = [], _AXIS_Y + 6
    for phase, members in groupby(items, key=lambda item: item.phase):
        label, band = _phase_heading(phase, bands.get(phase), y, axis)
        y += _PHASE_HEIGHT if phase else 0
        rows = []
        for item in sorted(members, key=_by_date):
            row, y = _timeline_row(item, y, axis)
            rows.append(row)
        drawn.append(TimelinePhase(label, tuple(rows), band))
    shows_today = today is not None and bool(items)
    return Timeline(
        title=_timeline_sentence(items),
        width=_TIMELINE_WIDTH,
        height=y + 18,
        axis_y=_AXIS_Y,
        bottom=y + 2,
        ticks=tuple(axis.ticks()) if items else (),
        today=Label("Today", axis.x(today), y + 14, axis.anchor(today)) if shows_today and today else None,
        phases=tuple(drawn),
    )


def _phase_heading(
    phase: str, band: PhaseBand | None, y: float, axis: "_Axis"
) -> tuple[Label | None, tuple[float, float, float, float] | None]:
    """A phase's name with its dates as written, and its window as a band."""
    if not phase:
        return None, None
    if band is None or not (band.start or band.end):
        return Label(_short(phase, _LETTERS_A_HEADING), 0, y + 15), None
    words = f"{_short(phase, _LETTERS_A_HEADING - len(band.when) - 3)} · {band.when}"
    left, right = axis.band(*axis.clipped(band.start, band.end))
    return Label(words, 0, y + 15), (left, y + 19, round(right - left, 2), 3.0)


@dataclass(frozen=True)
class _Axis:
    """A time scale in whole months, from the 1st of `first` to the end of the chart's last month."""

    first: date
    months: int

    @classmethod
    def around(cls, items: Iterable[TimelineItem], today: date | None, bands: Iterable[PhaseBand] = ()) -> "_Axis":
        """Cover all dates and today, at least a quarter of a year. Bands count only where there are items."""
        days = [day for item in items for day in (item.start, item.end, today) if day]
        if not days:
            return cls(date(2000, 1, 1), 3)
        days += [day for band in bands for day in (band.start, band.end) if day]
        return cls.over(min(days), max(days))

    @classmethod
    def over(cls, first: date, last: date) -> "_Axis":
        """Cover the months of two days and those between, at least a quarter of a year."""
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        return cls(first.replace(day=1), max(3, months))

    @property
    def unit(self) -> float:
        """Width of one month."""
        return (_TIMELINE_WIDTH - _WORDS_WIDTH - _RIGHT_MARGIN) / self.months

    def x(self, day: date) -> float:
        """Place a day; months are equally wide, so a day is a 31st of one."""
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        return round(_WORDS_WIDTH + self.unit * (months + (day.day - 1) / 31), 2)

    def clipped(self, start: date | None, end: date | None) -> tuple[date | None, date | None]:
        """A window as far as the axis shows it; a side that lies beyond is open. Nothing of what lies after it."""
        last = self.first.year * 12 + self.first.month - 1 + self.months  # the month after, counted from year 0
        after = date(last // 12, last % 12 + 1, 1)
        if start and start >= after:
            return None, None
        return (start if start and start >= self.first else None), (end if end and end < after else None)

    def band(self, start: date | None, end: date | None) -> tuple[float, float]:
        """Place a phase's two sides: what is open reaches the edge of the drawing, since a phase has no arrow."""
        left = self.x(start) if start else _WORDS_WIDTH
        return left, max(self.x(end) if end else _TIMELINE_WIDTH - _RIGHT_MARGIN, left + 8)

    def window(self, start: date | None, end: date | None) -> tuple[float, float]:
        """Place a window's two sides. An open side stands about a month away, with room for its arrow head."""
        room, stub = 10.0, max(self.unit, 16.0)
        left = self.x(start) if start else max(self.x(end or self.first) - stub, _WORDS_WIDTH + room)
        right = self.x(end) if end else min(left + stub, _TIMELINE_WIDTH - room)
        return left, max(right, left + 8)

    def anchor(self, day: date) -> str:
        """Turn a label inward near the chart's edges."""
        x, room = self.x(day), 24
        if x < _WORDS_WIDTH + room:
            return "start"
        return "end" if x > _TIMELINE_WIDTH - room else "middle"

    def ticks(self) -> Iterable[Label]:
        """Name months, quarters or years: as many as can be read."""
        for step in (1, 3, 6, 12, 24, 60, 120):
            if self.unit * step >= _TICK_WIDTH:
                break
        for index in range(self.months):
            month, year = (self.first.month - 1 + index) % 12 + 1, self.first.year
            year += (self.first.month - 1 + index) // 12
            if ((year * 12 + month - 1) % step) == 0:
                name = f"{_MONTHS[month - 1]} {year}" if step < _YEARLY else str(year)
                x = round(_WORDS_WIDTH + self.unit * index, 2)
                if x < _TIMELINE_WIDTH - _TICK_WIDTH / 2:
                    yield Label(name, x, _AXIS_Y - 8)


_TICK_WIDTH = 84.0
_YEARLY = 12
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_STATE_FILLS = {
    PlanState.OVERDUE: "#d5281b",
    PlanState.DUE_SOON: "#ffb81c",
    PlanState.PLANNED: WHITE,
    PlanState.DONE: "#003087",
    PlanState.SAID_DONE: "#c5d7ef",
    PlanState.UNDATED: WHITE,
    PlanState.DROPPED: WHITE,
}


_STATE_SHAPES = {
    PlanState.OVERDUE: "diamond",
    PlanState.DUE_SOON: "triangle",
    PlanState.DONE: "square",
    PlanState.SAID_DONE: "square",
}
# States that are also drawn on a window, where colour alone would tell them apart.
_MARKED = frozenset({PlanState.OVERDUE, PlanState.DONE, PlanState.SAID_DONE})


def _by_date(item: TimelineItem) -> tuple[bool, date, date]:
    """Dated milestones first; one open end counts as the other end."""
    start, end = item.start or item.end, item.end or item.start
    return (start is None, start or date.max, end or date.max)


def _timeline_row(item: TimelineItem, y: float, axis: _Axis) -> tuple[TimelineRow, float]:
    """Lay out one milestone below y. Returns the row and the y below it."""
    lines = tuple(Label(text, 0, y + (index + 1) * _LINE_HEIGHT) for index, text in enumerate(_two_lines(item.title)))
    is_undated = item.state == PlanState.UNDATED and not item.when
    words = item.state.word if is_undated else f"{item.when or 'No date'} · {item.state.word}"
    note = Label(words, 0, y + (len(lines) + 1) * _LINE_HEIGHT - 1)
    middle = y + (len(lines) + 1) * _LINE_HEIGHT / 2 + 2
    bar, mark = None, None
    start, end = axis.clipped(item.start, item.end)
    if start and start == end:
        mark = _milestone_mark(item.state, axis.x(start), middle)
    elif start or end:
        left, right = axis.window(start, end)
        bar = (left, middle - 5, round(right - left, 2), 10.0)
        if item.state in _MARKED:
            mark = replace(_milestone_mark(item.state, (left + right) / 2, middle), fill=WHITE)
    row = TimelineRow(
        y=middle,
        lines=lines,
        note=note,
        bar=bar,
        bar_fill=_STATE_FILLS[item.state],
        bar_dash="" if item.state == PlanState.DONE else "4 2",
        mark=mark,
        arrow_start=_arrow(bar[0], middle, -1) if bar and not start else "",
        arrow_end=_arrow(bar[0] + bar[2], middle, 1) if bar and not end else "",
    )
    return row, y + (len(lines) + 1) * _LINE_HEIGHT + _ROW_GAP


def _milestone_mark(state: PlanState, x: float, y: float) -> Mark:
    """Draw a state: a diamond when overdue, a triangle when due soon, a square when done, else a circle."""
    shape = _STATE_SHAPES.get(state)
    radius = 6.0
    if shape:
        path = joined((x + dx * radius, y + dy * radius) for dx, dy in CORNERS[shape])
    else:
        path = circle(x, y, radius - 0.5)
    return Mark(path, _STATE_FILLS[state], INK, 1.25)


def _arrow(x: float, y: float, direction: int) -> str:
    """Point an arrow head out of a window that is open on this side."""
    return joined([(x, y - 6), (x + direction * 9, y), (x, y + 6)])


def _two_lines(text: str) -> list[str]:
    """Break a title at words into at most two lines; the table beside the chart has the whole text."""
    lines = [""]
    for word in text.split():
        candidate = f"{lines[-1]} {word}".strip()
        if len(candidate) <= _LETTERS_A_LINE or not lines[-1]:
            lines[-1] = candidate
        else:
            lines.append(word)
    room = _LETTERS_A_LINE - 1
    if len(lines) > _LINES_A_TITLE:
        lines = [lines[0], lines[1][:room] + "…"]
    return [_short(line, _LETTERS_A_LINE) for line in lines]


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1] + "…"


def _timeline_sentence(items: Sequence[TimelineItem]) -> str:
    """Say every milestone, when it is and how it stands."""
    if not items:
        return "No milestones yet."
    count = "1 milestone" if len(items) == 1 else f"{len(items)} milestones"
    each = "; ".join(f"{item.title}, {item.when or 'no date'}, {item.state.word.lower()}" for item in items)
    return f"{count}: {each}."

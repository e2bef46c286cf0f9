"""Snapshots of schema versions 1 and 2, as earlier releases froze them: everything the report says, in one record.

PDF, web page, Word and PowerPoint files, spreadsheet and API of a closed period are all made from this dictionary and
never from live rows. It is plain JSON. All words that people read, such as "Due 31 October 2026", are made when the
snapshot is taken, so that an old report reads the same for ever. Version 3 and later stand in board_facts.py.

Version 1 had no `dashboard`; a month frozen with it has its report, and no dashboard to go back to.
"""

from typing import Any, Literal, NotRequired, TypedDict

READABLE = (1, 2)


RatingValue = Literal["red", "amber", "green", "complete", "not_rated", "not_reported"]
StateValue = Literal["overdue", "due_soon", "planned", "done", "said_done", "undated", "dropped"]


class ProgrammeRecord(TypedDict):
    """The programme the report is about."""

    name: str
    slug: str
    mandate: str
    partners: list[str]
    places: list[str]


class PeriodRecord(TypedDict):
    """The month reported on. Dates are ISO 8601."""

    month: str  # "2026-10"
    label: str  # "October 2026"
    due_on: str
    closes_on: str


class RatingCount(TypedDict):
    """How many current workstreams have a rating, worst first."""

    rating: RatingValue
    count: int


class SummaryRecord(TypedDict):
    """The one-page answer."""

    sentence: str
    counts: list[RatingCount]
    points: list[str]  # what needs attention, most urgent first
    updates_in: int
    updates_expected: int
    not_reported: list[str]  # names of workstreams


class StripRecord(TypedDict):
    """One month of a workstream's ratings."""

    month: str
    label: str
    rating: RatingValue


class ObjectiveRecord(TypedDict):
    """One numbered objective; `priority` marks those the programme puts first."""

    number: int
    text: str
    priority: bool


class SectionRecord(TypedDict):
    """One part of an update, as bullets in the lead's own words."""

    key: str
    title: str
    items: list[str]


class UpdateRecord(TypedDict):
    """The update used, which may be for an earlier month than the report's."""

    label: str
    sent_label: str
    sent_by: str
    sections: list[SectionRecord]


class MilestoneRecord(TypedDict):
    """One milestone. `start` and `end` are the first and last day its words allow; equal for an exact day."""

    title: str
    when: str  # in words, as agreed: "Summer 2026", "by 31 October 2026"
    state: StateValue
    state_label: str  # in words: "5 days overdue"
    moved: str  # in words, empty when never moved: "Moved twice, 3 months later than planned"
    critical: bool
    start: str | None
    end: str | None


class ListedMilestone(MilestoneRecord):
    """A milestone in a list of the whole programme."""

    workstream: str


class WorkstreamRecord(TypedDict):
    """One workstream as the board sees it."""

    name: str
    slug: str
    parent: str | None  # name of the workstream it is part of
    status: str  # "Current", "Paused", "Completed"
    purpose: str
    leads: list[str]
    rating: RatingValue
    rating_reason: str
    previous_rating: RatingValue | None
    change: str  # "Worse", "Better", "Same", "First rating", "Not known"
    strip: list[StripRecord]  # six months, oldest first
    objectives: list[ObjectiveRecord]
    update: UpdateRecord | None
    update_state: str  # in words where it is late or missing: "Sent 10 November 2026, 4 days late"; empty when on time
    milestones: list[MilestoneRecord]


class DefinitionRecord(TypedDict):
    """What a rating means in this programme."""

    rating: RatingValue
    text: str


class BoardSnapshot(TypedDict):
    """The whole report."""

    schema: int
    template: int  # which folder of templates draws it: 1 is reporting/board/v1
    programme: ProgrammeRecord
    period: PeriodRecord
    as_at: str  # ISO 8601 with offset; also the PDF's own date
    as_at_label: str  # "22 November 2026 at 3:30pm"
    prepared_by: str
    audience: str
    summary: SummaryRecord
    workstreams: list[WorkstreamRecord]
    milestones_overdue: list[ListedMilestone]
    milestones_next: list[ListedMilestone]
    definitions: list[DefinitionRecord]
    dashboard: NotRequired[dict[str, Any]]  # the dashboard as it stood; see frozen_dashboard.py

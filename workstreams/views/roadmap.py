"""The roadmap: the milestones of all workstreams ahead, as a table and as a drawing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.status import PlanState
from programme.timeline import Timeline, TimelineItem, timeline
from programme.wording import counted
from workstreams import access, roadmap
from workstreams.forms.roadmap import RoadmapForm
from workstreams.models import BaselineRequest, Milestone, Workstream
from workstreams.roadmap import Chosen
from workstreams.views.plan import PlanRow, plan_row

A_PAGE, MOST_DRAWN = 100, 60


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def show_roadmap(request: ProgrammeRequest) -> HttpResponse:
    """What is overdue and what is coming, across workstreams. Filters and pages are plain addresses."""
    seen = Workstream.objects.visible_to(request.user).filter(programme=request.programme, merged_into=None)
    form = RoadmapForm(request.GET, workstreams=seen, programme=request.programme)
    found = roadmap.coming(request.programme, request.user, form.chosen, today())
    pages = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(pages, today())
    waiting = BaselineRequest.objects.filter(milestone__workstream__programme=request.programme).waiting()
    context = {
        "form": form,
        "rows": rows,
        "pages": pages,
        "links": page_links(request, pages),
        "count_words": count_words(pages, form.chosen),
        "filtered": bool({"workstream", "place", "critical", "months"} & {k for k, v in request.GET.items() if v}),
        "drawing": drawing(rows, form.chosen, today()) if rows else None,
        "most_drawn": MOST_DRAWN,
        "baselines_waiting": waiting.count(),
        "can_decide": Permission.AGREE_BASELINES in request.permissions,
        "can_change": access.plans_kept_by(request.user, request.programme, request.permissions).exists(),
    }
    return page(request, "workstreams/roadmap.html", context, part="roadmap")


def rows_of(found: "Page[Milestone]", day: date) -> list[PlanRow]:
    """Milestones as rows, each with its standing."""
    return [plan_row(milestone, day, roadmap.closed_since(milestone)) for milestone in found]


def count_words(pages: "Page[Milestone]", chosen: Chosen) -> str:
    """As in '34 milestones are overdue or due in the next 12 months.'."""
    count = pages.paginator.count
    many = f"{counted(count, 'milestone')} {'is' if count == 1 else 'are'}"
    ahead = "to be done" if chosen.months is None else f"overdue or due in the next {chosen.months} months"
    return f"{many} {ahead}."


def drawing(rows: list[PlanRow], chosen: Chosen, day: date) -> Timeline:
    """The first milestones of a page as a drawing, by workstream."""
    items = [
        TimelineItem(
            title=row.milestone.title,
            when=row.when_words,
            state=row.standing.state,
            start=row.standing.when.start if row.standing.when else None,
            end=row.standing.when.end if row.standing.when else None,
            phase=row.milestone.workstream.name,
        )
        for row in sorted(rows[:MOST_DRAWN], key=lambda row: row.milestone.workstream.name)
    ]
    limit = roadmap.until(chosen, day)
    overdue = [item.start or item.end for item in items if item.state is PlanState.OVERDUE]
    first = min([day, *(start for start in overdue if start)])
    # What has been overdue for very long is drawn with an arrow at the edge, so that what is coming keeps its room.
    span = (max(first, day - timedelta(days=184)), limit - timedelta(days=1)) if limit else None
    return timeline(items, today=day, span=span)


@dataclass(frozen=True)
class PageLink:
    """One page of a long list."""

    number: int
    address: str
    current: bool


def page_links(request: ProgrammeRequest, pages: "Page[Any]") -> list[PageLink]:
    """The pages of a list around the one on show, the first and the last; none where one page holds all."""
    last, here = pages.paginator.num_pages, pages.number
    if last == 1:
        return []
    numbers = [n for n in range(1, last + 1) if n in {1, last} or abs(n - here) <= 2]  # noqa: PLR2004 - two around it
    query = request.GET.copy()
    found = []
    for number in numbers:
        query["page"] = str(number)
        found.append(PageLink(number, f"?{query.urlencode()}", number == here))
    return found

"""History in words: of a workstream, of a milestone, of a month's update."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from programme import trail
from programme.history_words import shortened
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from workstreams import kept
from workstreams.models import Group, Milestone, MonthlyUpdate, Risk
from workstreams.views.following import follows_merges
from workstreams.views.updates.writing import find_period
from workstreams.views.workstreams import find_workstream

MOST_PAGES = 10_000


def page_number(request: ProgrammeRequest) -> int:
    """The page of history asked for; anything else is the first."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isdecimal() and 0 < int(asked) < MOST_PAGES else 1


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def workstream_history(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """All that was changed in a workstream, newest first."""
    workstream = find_workstream(request, slug)
    context = {
        "workstream": workstream,
        "tab": "history",
        "told": _read(request, kept.of_workstream(workstream)),
    }
    return page(request, "workstreams/history.html", context, part="history")


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def milestone_history(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """All that was changed in one milestone."""
    workstream = find_workstream(request, slug)
    milestone = get_object_or_404(Milestone.objects.filter(workstream=workstream), pk=pk)
    context = {
        "workstream": workstream,
        "title": milestone.title,
        "back": reverse("milestone", args=[request.programme.slug, workstream.slug, milestone.pk]),
        "told": _read(request, kept.of_milestone(milestone)),
    }
    return page(request, "workstreams/history_of.html", context, part="history")


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def update_history(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """What happened to one month's update, also while it is not there to be read."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    update = MonthlyUpdate.objects.filter(workstream=workstream, period=period).first()
    context = {
        "workstream": workstream,
        "title": f"{period} update",
        "back": reverse("update", args=[request.programme.slug, workstream.slug, period.key]),
        "told": _read(request, kept.of_update(update)) if update else trail.Told((), 1, has_more=False),
    }
    return page(request, "workstreams/history_of.html", context, part="history")


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def group_history(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """All that was changed in one group, its members and its meetings."""
    group = get_object_or_404(Group.objects.visible_to(request.user).filter(programme=request.programme), pk=pk)
    context = {
        "title": group.name,
        "back": reverse("group", args=[request.programme.slug, group.pk]),
        "told": _read(request, kept.of_group(group)),
    }
    return page(request, "workstreams/history_of.html", context, part="history")


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def risk_history(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """All that was changed in one risk."""
    workstream = find_workstream(request, slug)
    risk = get_object_or_404(Risk.objects.of_workstream(workstream), pk=pk)
    context = {
        "workstream": workstream,
        "title": f"the risk “{shortened(risk.text)}”",
        "back": reverse("risk", args=[request.programme.slug, workstream.slug, risk.pk]),
        "told": _read(request, kept.of_risk(risk)),
    }
    return page(request, "workstreams/history_of.html", context, part="history")


def _read(request: ProgrammeRequest, strands: list[trail.Strand]) -> trail.Told:
    return trail.read(strands, programme=request.programme.slug, number=page_number(request), places=kept.places)

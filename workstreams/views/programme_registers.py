"""The registers of a whole programme: its risks as a picture and a table, the way to the rest, and a spreadsheet."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.tables import XLSX
from programme.wording import counted
from workstreams import register_sheets
from workstreams.models import Ask, Decision, Document, Group, Issue, LaunchQuestion, Risk, Workstream
from workstreams.risks import Band, matrix

RISKS_SHOWN = 50


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def programme_registers(request: ProgrammeRequest) -> HttpResponse:
    """Which risks are open, the highest first, and how much stands in each of the other registers."""
    seen = Workstream.objects.visible_to(request.user).filter(programme=request.programme)
    people = ("owner__merged_into", "workstream__merged_into")
    risks = list(Risk.objects.filter(workstream__in=seen).open_on(today()).select_related(*people))
    risks.sort(key=lambda risk: (-risk.score, risk.review_on is None, risk.review_on, risk.pk))
    context = {
        "risks": risks[:RISKS_SHOWN],
        "risks_more": max(0, len(risks) - RISKS_SHOWN),
        "matrix": matrix((risk.likelihood, risk.impact) for risk in risks),
        "sentence": risks_sentence(risks),
        "today": today(),
        "open_issues": Issue.objects.filter(workstream__in=seen).open_on(today()).count(),
        "waiting_asks": Ask.objects.filter(workstream__in=seen).with_state().unanswered().count(),
        "decisions": Decision.objects.filter(programme=request.programme, superseded_by=None).count(),
        "groups": Group.objects.filter(programme=request.programme).standing().count(),
        "links": Document.objects.filter(workstream__in=seen).open_on(today()).count(),
        "questions": LaunchQuestion.objects.filter(workstream__in=seen).open_on(today()).count(),
    }
    return page(request, "workstreams/programme_registers.html", context)


def risks_sentence(risks: list[Risk]) -> str:
    """The page in one sentence."""
    if not risks:
        return "No open risk has been recorded. That is not the same as there being none."
    parts = [f"{counted(len(risks), 'risk')} {'is' if len(risks) == 1 else 'are'} open"]
    extreme = sum(risk.band is Band.EXTREME for risk in risks)
    late = sum(risk.review_on is not None and risk.review_on < today() for risk in risks)
    if extreme:
        parts.append(f"{extreme} of them extreme")
    told = ", ".join(parts) + "."
    return f"{told} For {late} of them the day of review has passed." if late else told


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def download_registers(request: ProgrammeRequest) -> HttpResponse:
    """Every register of the programme, or of one workstream, as sheets of one Excel file."""
    seen = Workstream.objects.visible_to(request.user).filter(programme=request.programme)
    chosen = seen.filter(slug=request.GET.get("workstream", "")).first()
    content = register_sheets.workbook(request.programme, seen, chosen, today())
    answer = HttpResponse(content, content_type=XLSX)
    name = f"registers-{request.programme.slug}{f'-{chosen.slug}' if chosen else ''}"
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer

"""Correcting what was sent, after its due day: one page with what stands, and a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from programme import stash
from programme.clock import today
from programme.models import ReportingPeriod
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.status import Rag
from workstreams import access, sent_updates
from workstreams.actions import updates
from workstreams.actions.declaring import rating_before
from workstreams.forms.update import Asked, CorrectionForm
from workstreams.models import MonthlyUpdate, Workstream, thresholds_of
from workstreams.sent_updates import SentUpdate
from workstreams.views.following import follows_merges
from workstreams.views.updates.writing import find_period, rating_facts
from workstreams.views.workstreams import find_workstream


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def correct_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """The sent text, to be put right. Both versions stay readable; closed and frozen months take it too."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    workstream.programme = request.programme
    if not access.can_correct(access.assignment_roles(request.user, workstream), request.permissions):
        raise PermissionDenied
    sent = MonthlyUpdate.objects.filter(workstream=workstream, period=period).sent().select_related("period")
    told = sent_updates.in_full([get_object_or_404(sent)])[0]
    if not period.closed_at and today() <= period.due_on:
        return redirect("update", request.programme.slug, workstream.slug, period.key)
    asked = _asked(workstream, period)
    if request.method == "GET":
        offered = stash.take(request)
        form = CorrectionForm(initial=offered or _standing(told), asked=asked)
        return _page(request, told, form, offered=bool(offered))
    form = CorrectionForm(request.POST, asked=asked)
    if not form.is_valid():
        return _page(request, told, form, status=422)
    return _correct(request, told, form)


def _asked(workstream: Workstream, period: ReportingPeriod) -> Asked:
    rules, team = thresholds_of(workstream.programme), access.writers_of(workstream)
    return Asked(facts=rating_facts(rules, team, rating_before(workstream, period)))


def _standing(told: SentUpdate) -> dict[str, object]:
    return {"number": told.revision.number, **updates.typed_of(told.revision)}


def _correct(request: ProgrammeRequest, told: SentUpdate, form: CorrectionForm) -> HttpResponse:
    update, cleaned = told.update, form.cleaned_data
    try:
        updates.correct(
            update=update, items=form.items, rating=Rag(cleaned["rating"]), reason=cleaned["reason"],
            because=cleaned["because"], number=cleaned["number"], by=request.user, path=form.path,
            delivery_confidence=cleaned["confidence"],
        )  # fmt: skip
    except Stale:
        return _stale(request, told)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, told, form, status=422)
    messages.success(
        request,
        f"The correction is kept. Readers see the corrected {update.period} update with your reason, "
        "and it appears in the next report. Reports that were made before stay as they are.",
    )
    return redirect("update", request.programme.slug, update.workstream.slug, update.period.key)


def _stale(request: ProgrammeRequest, told: SentUpdate) -> HttpResponse:
    """Somebody else corrected it in the meantime: their text is shown above mine, which can be saved over it."""
    form = CorrectionForm(
        {**request.POST.dict(), "number": str(told.revision.number)},
        asked=_asked(told.update.workstream, told.update.period),
    )
    return _page(request, told, form, status=409)


def _page(
    request: ProgrammeRequest, told: SentUpdate, form: CorrectionForm, *, offered: bool = False, status: int = 200
) -> HttpResponse:
    stale = status == 409  # noqa: PLR2004 - HTTP's conflict
    context = {
        "workstream": told.update.workstream,
        "period": told.update.period,
        "told": told,
        "form": form,
        "form_errors": bool(form.is_bound and form.errors) and not stale,
        "stale": stale,
        "offered": offered,
    }
    return page(request, "workstreams/update_correct.html", context, status=status)

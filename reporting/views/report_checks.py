"""Whether a file is genuine, and what is different between two reports."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from reporting.comparison import compare
from reporting.forms.reports import VerifyForm
from reporting.models import BoardReport
from reporting.verifying import check
from reporting.views.reports import can_be_compared, paired


@login_not_required  # whoever was handed a report may ask; of what is unpublished it says nothing
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Drop a PDF and learn what it is. Open to anybody: it tells nothing of a report whose file one does not hold."""
    form, checked, status = VerifyForm(), None, HTTPStatus.OK
    if request.method == "POST":
        form = VerifyForm(request.POST, request.FILES)
        if form.is_valid():
            checked = check(form.cleaned_data["file"].read(), request.user)
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"form": form, "form_errors": status != HTTPStatus.OK, "checked": checked}
    return page(request, "reporting/verify.html", context, status=status)


@require_GET
@requires(Permission.READ_PROGRAMME)
def compare_reports(request: ProgrammeRequest) -> HttpResponse:
    """Two reports side by side: what changed in sentences, then the tables behind them."""
    seen = BoardReport.objects.visible_to(request.user).filter(programme=request.programme)
    readable = seen.readable().select_related("period", "snapshot")
    offered = [each for each in readable if can_be_compared(request, each)]
    by_key = {str(each.pk): each for each in offered}
    later = by_key.get(request.GET.get("later", "")) or (offered[0] if offered else None)
    others = paired([later, *(each for each in offered if each is not later)])[1:] if later else []
    earlier = by_key.get(request.GET.get("earlier", "")) or (others[0] if others else None)
    if later and earlier and (earlier.period.month, earlier.version) > (later.period.month, later.version):
        earlier, later = later, earlier
    told = compare(earlier.snapshot.content, later.snapshot.content) if earlier and later else None
    context = {"offered": offered, "earlier": earlier, "later": later, "told": told}
    return page(request, "reporting/report_compare.html", context, part="comparison")

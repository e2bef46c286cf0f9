"""What is decided about a report: stopped, tried again, approved, published, withdrawn; each after its own page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused
from programme.roles import Permission, Role
from programme.views.asking import Words, ask
from reporting import actions
from reporting.forms.reports import PublishForm, WithdrawForm
from reporting.models import BoardReport
from reporting.views.reports import find_report


def _do(request: ProgrammeRequest, pk: int, act: Callable[[BoardReport], None], done: str) -> HttpResponse:
    try:
        act(find_report(request, pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("report", request.programme.slug, pk)


@require_POST
@requires(Permission.BUILD_REPORTS)
def retry_report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Try a failed report again."""
    return _do(
        request, pk, lambda found: actions.retry(report=found, by=request.user), "The report is being built again."
    )


@require_POST
@requires(Permission.BUILD_REPORTS)
def cancel_report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Stop a report that is being built."""
    done = "The report is cancelled. Nothing of it has been kept but this page."
    return _do(request, pk, lambda found: actions.cancel(report=found, by=request.user), done)


@require_http_methods(["GET", "POST"])
@requires(Permission.APPROVE_REPORTS)
def approve_report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Approve a draft, after a confirm page."""
    if request.method == "POST":
        done = "You have approved the report. The programme office can publish it now."
        return _do(request, pk, lambda found: actions.approve(report=found, by=request.user), done)
    return page(request, "reporting/report_approve.html", {"report": find_report(request, pk)})


@require_http_methods(["GET", "POST"])
@requires(Permission.PUBLISH_REPORTS)
def publish_report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Publish an approved report, after a page that says who will see it and asks who is told."""
    found = find_report(request, pk)
    tell = found.schedule.told_roles if found.schedule else [Role.COMMISSIONER.value]
    form = PublishForm(request.POST if request.method == "POST" else None, initial={"tell": tell})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["tell"]
        done = "The report is published. Commissioners can download it now."
        return _do(request, pk, lambda each: actions.publish(report=each, by=request.user, tell=said), done)
    standing = BoardReport.objects.published().filter(period=found.period, edition=found.edition).first()
    wrong = form.is_bound and bool(form.errors)
    context = {"report": found, "form": form, "form_errors": wrong, "standing": standing}
    return page(request, "reporting/report_publish.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.PUBLISH_REPORTS)
def withdraw_report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Take a published report back, with a reason that readers see."""
    found = find_report(request, pk)
    back = reverse("report", args=[request.programme.slug, pk])
    words = Words(
        caption=found.title,
        title="Withdraw this report?",
        button="Withdraw the report",
        back=back,
        back_text="Back to the report",
        points=(
            "Its page stays, with your reason. Readers can no longer download it, and every link to it ends.",
            "This cannot be undone. To put something in its place, create and publish another version.",
        ),
        warning=True,
    )

    def act(form: WithdrawForm) -> HttpResponse:
        actions.withdraw(report=found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The report is withdrawn.")
        return redirect(back)

    return ask(request, words, WithdrawForm, act, template="reporting/ask.html")

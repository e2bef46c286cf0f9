"""What is decided about a report: stopped, tried again, approved, published, withdrawn; each after its own page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from programme.clock import now
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused
from programme.roles import Permission, Role
from programme.views.asking import Words, ask
from reporting import actions
from reporting.editions import Edition
from reporting.forms.reports import PublishForm, WithdrawForm
from reporting.models import BoardReport
from reporting.readers import chosen, readers_of
from reporting.views.reports import find_report

WHO_READS = {
    True: "Everybody who may read this programme can open it now, commissioners among them.",
    False: "Everybody inside the trust who may read this programme can open it now. Commissioners cannot.",
}


def _do(request: ProgrammeRequest, pk: int, act: Callable[[BoardReport], object], done: str) -> HttpResponse:
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
    edition, plan = Edition(found.edition), found.schedule
    usual = Role.COMMISSIONER if edition.is_for_outside else Role.SLT
    named = chosen(found.programme_id, edition, plan.told_people if plan else (), now())
    form = PublishForm(
        request.POST if request.method == "POST" else None,
        edition=edition,
        readers=readers_of(found.programme_id, edition, now()),
        initial={"tell": plan.told_roles if plan else [usual.value], "people": [user.pk for user in named.able]},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        return _do(
            request,
            pk,
            lambda each: actions.publish(report=each, by=request.user, tell=told["tell"], people=told["people"]),
            f"The report is published. {WHO_READS[edition.is_for_outside]}",
        )
    standing = BoardReport.objects.published().filter(period=found.period, edition=found.edition).first()
    wrong = form.is_bound and bool(form.errors)
    context = {"report": found, "form": form, "form_errors": wrong, "standing": standing, "skipped": named.sentence}
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

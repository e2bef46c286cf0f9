"""What people decide about their own e-mails: which kinds they get, and the days they are away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from programme.actions import notifications
from programme.clock import today
from programme.mail_kinds import MailKind
from programme.models import Leave, MailChoices, User
from programme.pages import page
from programme.permissions import ProgrammeRequest
from programme.refusals import Refused
from workstreams.access import covers_of
from workstreams.forms.notifications import CHOOSABLE, LeaveForm, NotificationsForm


@require_http_methods(["GET", "POST"])
def choose_notifications(request: ProgrammeRequest) -> HttpResponse:
    """Every e-mail the service sends, with an example, and whether this reader wants it."""
    if request.method == "POST":
        form = NotificationsForm(request.POST)
        form.is_valid()  # boxes are ticked or not; nothing can be wrong
        notifications.choose(user=request.user, off=form.off)
        messages.success(request, "Your choices are saved.")
        return redirect("account_notifications")
    choices = MailChoices.objects.filter(user=request.user).first()
    off = set(choices.off) if choices else set()
    form = NotificationsForm(initial={kind.value: kind.value not in off for kind in CHOOSABLE})
    return page(request, "workstreams/notifications.html", {"form": form, "always": MailKind.CHASED})


@require_http_methods(["GET", "POST"])
def leave_list(request: ProgrammeRequest) -> HttpResponse:
    """The days this reader is away from today on, who is asked meanwhile, and a form for more."""
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            notifications.take_leave(user=request.user, **form.cleaned_data, today=today())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your days away are saved. Your deputies are reminded in your place.")
            return redirect("account_leave")
    wrong = form.is_bound and bool(form.errors)
    context = {
        "form": form,
        "form_errors": wrong,
        "coming": _leave_of(request.user),
        "covers": covers_of(request.user, today()),
    }
    return page(request, "workstreams/leave.html", context, status=422 if wrong else 200)


def _leave_of(user: User) -> list[Leave]:
    return list(Leave.objects.filter(person=user.person_id, until__gte=today())) if user.person_id else []


@require_http_methods(["GET", "POST"])
def cancel_leave(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Take days away back, after a confirm page. Nobody else's exist."""
    leave = get_object_or_404(Leave, pk=pk, person=request.user.person_id or 0)
    if request.method == "GET":
        return page(request, "workstreams/leave_cancel.html", {"leave": leave})
    notifications.cancel_leave(leave=leave, by=request.user)
    messages.success(request, "You are not away any more. You are reminded again.")
    return redirect("account_leave")

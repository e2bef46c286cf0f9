"""Following the link of an invitation. Looking at it uses nothing up, as mail scanners open links too."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from programme.actions import invitations
from programme.forms import TakeUpInvitationForm
from programme.models import Invitation, User
from programme.pages import page
from programme.refusals import Refused

GONE_STATUS = 404


@login_not_required  # whoever holds the link has no account yet
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take an invitation up: with a new password, or signed in with the account one has already."""
    found = invitations.find(token)
    if found is None:
        return page(request, "account/invitation_gone.html", {}, status=GONE_STATUS)
    if found.kind == Invitation.Kind.ADDRESS:
        return _address(request, found)
    if invitations.account_at(found) is not None:
        return _with_account(request, found)
    return _new_account(request, found)


def _new_account(request: HttpRequest, found: Invitation) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = TakeUpInvitationForm(data, user=User(email=found.email, person=found.person))
    if form.is_bound and form.is_valid():
        try:
            account = invitations.accept(invitation=found, password=form.cleaned_data["password1"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _welcome(request, found, account)
    return _shown(request, "account/invitation.html", found, form)


def _with_account(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Somebody whose address has an account proves by signing in that both are theirs."""
    user: Any = request.user
    form = forms.Form(request.POST if request.method == "POST" else None)
    if not user.is_authenticated or user.email.lower() != found.email:
        context = {"invitation": found, "other": user.is_authenticated, "here": request.path}
        return page(request, "account/invitation_sign_in.html", context)
    if form.is_bound:
        try:
            account = invitations.accept_signed_in(invitation=found, user=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"You now belong to {found.programme}.")
            return redirect("dashboard", found.programme.slug) if account else redirect("home")
    return _shown(request, "account/invitation_join.html", found, form)


def _address(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_bound:
        try:
            invitations.confirm_address(invitation=found)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"From now on you sign in with {found.email}.")
            return redirect("account" if request.user.is_authenticated else settings.LOGIN_URL)
    return _shown(request, "account/invitation_address.html", found, form)


def _shown(request: HttpRequest, template: str, found: Invitation, form: Any) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    return page(
        request, template, {"invitation": found, "form": form, "form_errors": wrong}, status=422 if wrong else 200
    )


def _welcome(request: HttpRequest, found: Invitation, account: User) -> HttpResponse:
    """Signed in at once: the link and the password they chose are proof enough."""
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, f"Welcome. Your account is ready, and you belong to {found.programme}.")
    return redirect(reverse("home"))

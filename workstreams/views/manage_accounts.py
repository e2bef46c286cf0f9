"""Roles in the programme, and the account behind them: its address, closing and reopening it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from programme.actions import invitations, roles
from programme.clock import today
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.views.asking import Words, ask
from programme.wording import listed
from workstreams import access
from workstreams.forms.correction import ReasonForm
from workstreams.forms.manage import AddressForm, LastDayForm, RoleForm
from workstreams.views.manage_people import ELSEWHERE, Standing, person_address, post_letter, standing_of


def _words(request: ProgrammeRequest, standing: Standing, title: str, button: str, **words: Any) -> Words:
    return Words(
        caption=request.programme.name,
        title=title,
        button=button,
        back=person_address(request, standing.person),
        back_text=str(standing.person),
        **words,
    )


def _without_account(request: ProgrammeRequest, standing: Standing) -> HttpResponse | None:
    """Where to go with somebody who has no account."""
    if standing.account is not None:
        return None
    messages.error(request, f"{standing.person} has no account. Invite them first.")
    return redirect(person_address(request, standing.person))


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def give_role(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Give a role from a day on."""
    standing = standing_of(request.programme, pk)
    if elsewhere := _without_account(request, standing):
        return elsewhere
    account: Any = standing.account

    def make(data: QueryDict | None) -> RoleForm:
        administrator = Permission.MANAGE_ACCOUNTS in request.permissions
        return RoleForm(data, initial={"since": today()}, administrator=administrator)

    def act(form: Any) -> HttpResponse:
        since = form.cleaned_data["since"]
        held = roles.give(
            programme=request.programme, user=account, role=form.chosen_role, since=since, by=request.user
        )
        messages.success(request, f"{account} now has the role {held.get_role_display()}.")
        return redirect(person_address(request, standing.person))

    return ask(request, _words(request, standing, f"Give {account} a role", "Give the role"), make, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def end_role(request: ProgrammeRequest, pk: int, membership: int) -> HttpResponse:
    """End a role with its last day."""
    standing = standing_of(request.programme, pk)
    held = get_object_or_404(request.programme.memberships, pk=membership, user__person=standing.person)
    label = held.get_role_display()

    def make(data: QueryDict | None) -> LastDayForm:
        return LastDayForm(data, initial={"until": today()})

    def act(form: Any) -> HttpResponse:
        roles.end(membership=held, until=form.cleaned_data["until"], by=request.user)
        messages.success(request, f"The role {label} of {standing.person} ends.")
        return redirect(person_address(request, standing.person))

    words = _words(request, standing, f"End the role {label} of {standing.person}", "End the role")
    return ask(request, words, make, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def change_address(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Ask the holder of a new address to confirm it; whether another account has it is not said here."""
    standing = standing_of(request.programme, pk)
    if elsewhere := _without_account(request, standing) or _managed_elsewhere(request, standing):
        return elsewhere
    account: Any = standing.account

    def act(form: Any) -> HttpResponse:
        email = form.cleaned_data["email"]
        letter = invitations.change_address(
            programme=request.programme, person=standing.person, email=email, by=request.user
        )
        post_letter(request, *letter)
        return redirect(person_address(request, standing.person))

    points = [f"{account} signs in with {account.email} until the new address has been confirmed."]
    words = _words(request, standing, f"Change the address of {account}", "Send the link", points=points)
    return ask(request, words, AddressForm, act)


def _managed_elsewhere(request: ProgrammeRequest, standing: Standing) -> HttpResponse | None:
    if not access.managed_elsewhere(standing.person, request.user, Permission.MANAGE_ACCOUNTS):
        return None
    messages.error(request, ELSEWHERE.format(standing.person))
    return redirect(person_address(request, standing.person))


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def close_account(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Close an account, after saying what its holder holds: nothing of it ends by itself."""
    standing = standing_of(request.programme, pk)
    if elsewhere := _without_account(request, standing) or _managed_elsewhere(request, standing):
        return elsewhere
    account: Any = standing.account

    def act(form: Any) -> HttpResponse:
        roles.close_account(user=account, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"{account}’s account is closed, and they are signed out.")
        return redirect(person_address(request, standing.person))

    words = _words(
        request,
        standing,
        f"Close the account of {account}?",
        "Close the account",
        facts=_held(standing),
        points=_consequences(standing),
        warning=True,
    )
    return ask(request, words, ReasonForm, act)


def _held(standing: Standing) -> list[tuple[str, list[str]]]:
    parts = [f"{part.get_role_display()}: {part.workstream}" for part in standing.parts]
    held = [role.get_role_display() for role in standing.in_force]
    return [("Roles they hold", held or ["None"]), ("Workstreams", parts or ["None"])]


def _consequences(standing: Standing) -> list[str]:
    said = [
        "They are signed out everywhere and cannot sign in. What they have written stays under their name.",
        "Nothing above ends by itself: end the roles, and put somebody else in their place, on their own pages.",
    ]
    alone = standing.leads_alone
    if alone:
        said.append(
            f"Without them nobody leads {listed(alone)}. Name another lead there, or its updates stay unwritten."
        )
    return said


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def reopen_account(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Let somebody sign in again."""
    standing = standing_of(request.programme, pk)
    if elsewhere := _without_account(request, standing) or _managed_elsewhere(request, standing):
        return elsewhere
    account: Any = standing.account

    def act(form: Any) -> HttpResponse:
        roles.reopen_account(user=account, by=request.user, reason=form.cleaned_data["reason"])
        said = "They choose a new password with ‘I have forgotten my password’ on the sign-in page."
        messages.success(request, f"{account}’s account is open again. {said}")
        return redirect(person_address(request, standing.person))

    words = _words(
        request,
        standing,
        f"Reopen the account of {account}?",
        "Reopen the account",
        facts=_held(standing),
        points=["They may do again what is listed here. Their old password does not come back."],
    )
    return ask(request, words, ReasonForm, act)

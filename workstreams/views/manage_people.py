"""The people of a programme: who they are, what they may do, and the letters that invite them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme import invitation_mail
from programme.actions import invitations, programmes
from programme.clock import now, today
from programme.models import Invitation, Membership, Person, Programme, User
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.views.asking import Facts, Words, ask
from programme.wording import counted, listed
from workstreams import access
from workstreams.forms.manage import InviteForm, PersonEditForm, PersonForm
from workstreams.models import Assignment
from workstreams.views.people import people_of

ELSEWHERE = "{} is also part of a programme that you do not manage, so this has to be agreed with the office there."


@dataclass(frozen=True)
class Standing:
    """Somebody with what they hold here and how they get in."""

    person: Person
    account: User | None
    invitation: Invitation | None
    roles: list[Membership]
    parts: list[Assignment]

    @property
    def access_words(self) -> str:
        """Whether they can sign in, or when they were invited."""
        if self.account is not None:
            return "Signs in" if self.account.is_active else "Account closed"
        if self.invitation is None:
            return ""
        if not self.invitation.is_open(now()):
            return "Invitation has expired"
        return "Invited" if self.invitation.mailed_at else "Invited, but the email could not be sent"

    @property
    def invitation_open(self) -> bool:
        """Whether the link of the letter still works."""
        return self.invitation is not None and self.invitation.is_open(now())

    @property
    def in_force(self) -> list[Membership]:
        """Roles that hold today or will."""
        return [each for each in self.roles if each.until is None or each.until >= today()]

    @property
    def leads_alone(self) -> list[str]:
        """Workstreams that would be without a lead."""
        return [
            each.workstream.name
            for each in self.parts
            if each.role == Assignment.Role.LEAD and not _other_leads(each, self.person)
        ]


def _other_leads(assignment: Assignment, person: Person) -> bool:
    held = Assignment.objects.in_force(today()).leads().of_workstream(assignment.workstream)
    return held.exclude(Q(person=person) | Q(person__merged_into=person)).exists()


def standings(programme: Programme) -> list[Standing]:
    """Everybody of the programme; a fixed number of queries."""
    people = people_of(programme).select_related("user", "organisation").prefetch_related(*_held_in(programme))
    return [_standing(person) for person in people]


def standing_of(programme: Programme, pk: int) -> Standing:
    """One of them, or 404."""
    people = people_of(programme).select_related("user", "organisation").prefetch_related(*_held_in(programme))
    return _standing(get_object_or_404(people, pk=pk))


def _held_in(programme: Programme) -> list[Any]:
    parts = Assignment.objects.filter(Q(until=None) | Q(until__gte=today()), workstream__programme=programme)
    parts = parts.select_related("workstream").order_by("workstream__name", "pk")
    waiting = Invitation.objects.filter(programme=programme).waiting().select_related("by__person")
    return [
        Prefetch("assignments", parts, to_attr="parts_here"),
        Prefetch("duplicates", Person.objects.prefetch_related(Prefetch("assignments", parts, to_attr="parts_here"))),
        Prefetch("invitations", waiting, to_attr="letters_here"),
        Prefetch(
            "user__memberships",
            Membership.objects.filter(programme=programme).order_by("role", "-since"),
            to_attr="roles_here",
        ),
    ]


def _standing(person: Any) -> Standing:
    account = getattr(person, "user", None)
    letters = [each for each in person.letters_here if each.kind == Invitation.Kind.JOIN or account is not None]
    return Standing(
        person=person,
        account=account,
        invitation=letters[0] if letters else None,
        roles=list(account.roles_here) if account is not None else [],
        parts=[part for record in (person, *person.duplicates.all()) for part in record.parts_here],
    )


@require_GET
@requires(Permission.MANAGE_PEOPLE)
def people_list(request: ProgrammeRequest) -> HttpResponse:
    """Everybody, with how they get in and what they hold."""
    rows = standings(request.programme)
    context = {
        "rows": rows,
        "sentence": _who_gets_in(rows),
        "can_merge": Permission.CORRECT_FILING in request.permissions,
    }
    return page(request, "workstreams/manage/people.html", context)


def _who_gets_in(rows: Sequence[Standing]) -> str:
    """Say it in a sentence: '33 people: 12 sign in, 1 is invited and 20 have no account'."""
    inside = sum(row.account is not None and row.account.is_active for row in rows)
    invited = sum(row.account is None and row.invitation_open for row in rows)
    without = sum(not row.access_words for row in rows)
    told = [
        f"{inside} {'signs' if inside == 1 else 'sign'} in" if inside else "",
        f"{invited} {'is' if invited == 1 else 'are'} invited" if invited else "",
        f"{without} {'has' if without == 1 else 'have'} no account" if without else "",
    ]
    return f"{counted(len(rows), 'person', 'people')}: {listed([words for words in told if words])}."


@require_GET
@requires(Permission.MANAGE_PEOPLE)
def person_page(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """One person, and everything that can be done about them."""
    standing = standing_of(request.programme, pk)
    context = {
        "standing": standing,
        "person": standing.person,
        "can_manage_accounts": Permission.MANAGE_ACCOUNTS in request.permissions,
        "today": today(),
    }
    return page(request, "workstreams/manage/person.html", context)


def person_address(request: ProgrammeRequest, person: Person) -> str:
    """The page of one person."""
    return reverse("manage-person", args=[request.programme.slug, person.pk])


def _administers(request: ProgrammeRequest) -> bool:
    return Permission.MANAGE_ACCOUNTS in request.permissions


def post_letter(request: ProgrammeRequest, invitation: Invitation, token: str) -> None:
    """Send the e-mail and say how it went. The invitation stands either way."""
    if invitation_mail.send(invitation, token):
        invitations.mailed(invitation=invitation)
        words = f"An email with a link has been sent to {invitation.email}. It works for {invitations.LIFE_DAYS} days."
        messages.success(request, words)
    else:
        messages.error(request, "The email could not be sent now. Send the invitation again later.")


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def add_person(request: ProgrammeRequest) -> HttpResponse:
    """Add somebody, and invite them where an address is given."""
    programme = request.programme
    words = Words(
        caption=programme.name,
        title="Add a person",
        button="Add person",
        back=reverse("manage-people", args=[programme.slug]),
        back_text="People",
    )

    def make(data: QueryDict | None) -> PersonForm:
        among = people_of(programme).select_related("organisation") if data else []
        return PersonForm(data, administrator=_administers(request), among=among)

    def act(form: Any) -> HttpResponse:
        answers = form.cleaned_data
        person, letter = add_and_invite(
            programme=programme,
            name=answers["name"],
            organisation=answers["organisation"],
            email=answers["email"],
            role=form.chosen_role,
            by=request.user,
        )
        messages.success(request, f"{person} has been added.")
        if letter:
            post_letter(request, *letter)
        return redirect(person_address(request, person))

    return ask(request, words, make, act)


def add_and_invite(
    *, programme: Programme, name: str, organisation: Any, email: str, role: Any, by: User
) -> tuple[Person, tuple[Invitation, str] | None]:
    """A new person of the programme; with an address, the invitation and the secret of its link."""
    with transaction.atomic():
        person = programmes.add_person(name=name, organisation=organisation, by=by)
        programme.people.add(person)
        if not email:
            return person, None
        return person, invitations.invite(programme=programme, person=person, email=email, role=role, by=by)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def edit_person(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Name, other names and organisation."""
    person = standing_of(request.programme, pk).person
    back = person_address(request, person)
    if access.managed_elsewhere(person, request.user, Permission.MANAGE_PEOPLE):
        messages.error(request, ELSEWHERE.format(person))
        return redirect(back)
    initial = {
        "version": person.version,
        "name": person.name,
        "aliases": person.aliases,
        "organisation": person.organisation,
    }

    def make(data: QueryDict | None) -> PersonEditForm:
        return PersonEditForm(data, initial=initial)

    def act(form: Any) -> HttpResponse:
        saved = programmes.edit_person(person=person, by=request.user, **form.cleaned_data)
        messages.success(request, f"{saved} has been saved.")
        return redirect(back)

    words = Words(
        caption=request.programme.name, title=f"Change {person}", button="Save", back=back, back_text=str(person)
    )
    return ask(request, words, make, act, theirs=_in_words)


def _in_words(current: Person) -> Facts:
    organisation = [str(current.organisation)] if current.organisation else []
    return [("Name", [current.name]), ("Other names", current.aliases), ("Organisation", organisation)]


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def invite_person(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Invite somebody who has no account yet. Whether the address has one elsewhere is not said here."""
    standing = standing_of(request.programme, pk)
    person = standing.person
    back = person_address(request, person)
    if standing.account is not None:
        messages.error(request, f"{person} has an account already. Give them a role instead.")
        return redirect(back)
    initial = {"email": standing.invitation.email, "role": standing.invitation.role} if standing.invitation else {}

    def make(data: QueryDict | None) -> InviteForm:
        return InviteForm(data, initial=initial, administrator=_administers(request))

    def act(form: Any) -> HttpResponse:
        email = form.cleaned_data["email"]
        letter = invitations.invite(
            programme=request.programme, person=person, email=email, role=form.chosen_role, by=request.user
        )
        post_letter(request, *letter)
        return redirect(back)

    words = Words(
        caption=request.programme.name,
        title=f"Invite {person}",
        button="Send the invitation",
        back=back,
        back_text=str(person),
        points=["They get an email with your name, the programme’s name and a link, and nothing else about it."],
    )
    return ask(request, words, make, act)


def _letter(request: ProgrammeRequest, pk: int) -> Invitation:
    letters = Invitation.objects.visible_to(request.user).filter(programme=request.programme)
    return get_object_or_404(letters.select_related("person"), pk=pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def resend_invitation(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """A new link for another week."""
    letter = _letter(request, pk)

    def act(_form: Any) -> HttpResponse:
        post_letter(request, *invitations.resend(invitation=letter, by=request.user))
        return redirect(person_address(request, letter.person.survivor))

    question = f"Send the invitation to {letter.email} again?"
    return _about_letter(
        request, letter, question=question, button="Send again", point="The link they have stops working.", act=act
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def withdraw_invitation(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """The link stops working."""
    letter = _letter(request, pk)

    def act(_form: Any) -> HttpResponse:
        invitations.revoke(invitation=letter, by=request.user)
        messages.success(request, f"The invitation to {letter.email} has been withdrawn.")
        return redirect(person_address(request, letter.person.survivor))

    question = f"Withdraw the invitation to {letter.email}?"
    return _about_letter(
        request, letter, question=question, button="Withdraw", point="The link they have stops working.", act=act
    )


def _about_letter(
    request: ProgrammeRequest, letter: Invitation, *, question: str, button: str, point: str, act: Any
) -> HttpResponse:
    words = Words(
        caption=request.programme.name,
        title=question,
        button=button,
        back=person_address(request, letter.person.survivor),
        back_text=str(letter.person.survivor),
        points=[point],
    )
    return ask(request, words, forms.Form, act)

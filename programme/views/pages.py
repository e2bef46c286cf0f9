"""Pages of the ground: home, help, account, the programme's own page."""

import email
import email.policy
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme import stash
from programme.actions import programmes
from programme.glossary import GLOSSARY
from programme.models import Programme
from programme.page_form import ProgrammePageForm
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires, rights_in
from programme.refusals import Stale
from programme.roles import ASSIGNMENTS, ROLES, Permission


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The reader's programmes; straight to the only one where there is just one."""
    seen = list(Programme.objects.visible_to(request.user).with_rights_of(request.user))
    if len(seen) == 1:
        return redirect("dashboard", seen[0].slug)
    # Who may create programmes in one of theirs begins the next one from there.
    begins = [each for each in seen if Permission.CREATE_PROGRAMMES in rights_in(each).permissions]
    return page(request, "programme/home.html", {"programmes": seen, "begins_in": begins[0] if begins else None})


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """The reader's details, roles and password link."""
    seen = Programme.objects.visible_to(request.user).with_rights_of(request.user)
    return page(request, "programme/account.html", {"programmes": seen, "roles": _roles_held(seen)})


def _roles_held(seen: Iterable[Any]) -> list[tuple[str, str]]:
    """Role and programme, in words."""
    by_value = {role.value: description.name for role, description in ROLES.items()}
    held = [(by_value[value], programme.name) for programme in seen for value in programme.role_values]
    return held + [("Part of a workstream's team", programme.name) for programme in seen if programme.is_assigned]


@login_not_required  # help must be readable before sign-in
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Help by task."""
    return page(request, "help/index.html", {})


@login_not_required  # words alone, nothing of any programme
@require_GET
def glossary(request: HttpRequest) -> HttpResponse:
    """The field's words."""
    return page(request, "help/glossary.html", {"glossary": GLOSSARY})


@login_not_required  # the table of rights names nobody
@require_GET
def who_can_do_what(request: HttpRequest) -> HttpResponse:
    """Roles and rights, from the table the code itself uses."""
    return page(request, "help/roles.html", {"roles": [*ROLES.values(), *ASSIGNMENTS]})


@login_not_required  # the law asks for it to be public
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return page(request, "help/accessibility.html", {})


@require_GET
@requires(Permission.READ_PROGRAMME)
def programme_page(request: ProgrammeRequest) -> HttpResponse:
    """Mandate, scope, partners, places and governance."""
    programme = request.programme
    context = {
        "partners": programme.partners.all(),
        "places": programme.places.select_related("parent"),
        "can_edit": Permission.EDIT_PROGRAMME in request.permissions,
        "can_read_history": Permission.READ_WORKSTREAMS in request.permissions,
        "can_read_work": Permission.READ_WORKSTREAMS in request.permissions,
        "can_read_dashboard": Permission.READ_DASHBOARD in request.permissions,
        "can_see_people": Permission.CORRECT_FILING in request.permissions,
    }
    return page(request, "programme/programme.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PROGRAMME)
def edit_programme(request: ProgrammeRequest) -> HttpResponse:
    """Change the programme's page; a save that is out of date shows both texts."""
    programme = request.programme
    if request.method == "GET":
        return _programme_form(request, ProgrammePageForm.of(programme))
    form = ProgrammePageForm(request.POST)
    if not form.is_valid():
        return _programme_form(request, form, status=422)
    try:
        programmes.edit(programme=programme, by=request.user, **form.cleaned_data)
    except Stale as stale:
        return _programme_form(request, form.rebased_on(stale.current), theirs=stale.current, status=409)
    messages.success(request, "The programme's page has been changed.")
    return redirect("programme", programme.slug)


def _programme_form(
    request: ProgrammeRequest, form: ProgrammePageForm, *, theirs: Programme | None = None, status: int = 200
) -> HttpResponse:
    words = [(n.capitalize(), getattr(theirs, n)) for n in ("mandate", "scope", "governance")] if theirs else []
    context = {
        "form": form,
        "theirs": theirs,
        "theirs_words": words,
        "form_errors": form.is_bound and bool(form.errors),
    }
    return page(request, "programme/edit_programme.html", context, status=status)


@login_not_required  # exists in the demo only, where the links in e-mails have to be followed before sign-in
@require_GET
def demo_mailbox(request: HttpRequest) -> HttpResponse:
    """The e-mails the demo would have sent, newest first."""
    if not settings.DEMO:
        raise Http404
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), reverse=True)
    mails = [email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in files]
    return page(request, "programme/demo_mailbox.html", {"mails": [_mail_words(mail) for mail in mails]})


def _mail_words(mail: Any) -> dict[str, str]:
    body = mail.get_body(("plain",))
    return {
        "to": str(mail["to"]),
        "subject": str(mail["subject"]),
        "sent": str(mail["date"]),
        "text": body.get_content().split("-" * 79)[0] if body else "",
    }


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose protection ran out, mostly because its writer signed in again elsewhere: keep what was typed."""
    # An autosave's words are still on their page; keeping them would push out those of the form sent just before it.
    htmx = getattr(request, "htmx", False)
    if request.user.is_authenticated and request.method == "POST" and not htmx:
        stash.keep(request)
    return render(request, "errors/csrf.html", {"reason": reason, "back": request.path}, status=403)

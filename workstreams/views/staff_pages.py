"""The page that staff read: published versions, how they are prepared, and the public link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from workstreams import access, staff_pages
from workstreams.actions import staff_pages as actions
from workstreams.forms.staff_page import ActForm, SectionsForm
from workstreams.models import StaffPage, StaffPageStep, Workstream
from workstreams.staff_content import OF_PROGRAMME, OF_WORKSTREAM, Content, differences
from workstreams.views.following import follows_merges
from workstreams.views.workstreams import find_workstream

Kind = StaffPageStep.Kind


@dataclass(frozen=True)
class Subject:
    """Whose page it is: a workstream's, or the programme's own where no workstream is named."""

    request: ProgrammeRequest
    workstream: Workstream | None

    @property
    def name(self) -> str:
        """The page's title."""
        return str(self.workstream or self.request.programme)

    @property
    def known(self) -> tuple[tuple[str, str, str], ...]:
        """The sections there are."""
        return OF_WORKSTREAM if self.workstream else OF_PROGRAMME

    @property
    def page(self) -> StaffPage | None:
        """The stored page, once anything has been frozen."""
        return actions.page_of(self.request.programme, self.workstream)

    @property
    def publishes(self) -> bool:
        """Whether this reader decides what is published."""
        return Permission.PUBLISH_PAGES in self.request.permissions

    @property
    def prepares(self) -> bool:
        """Whether this reader may at least propose."""
        if self.publishes or self.workstream is None:
            return self.publishes
        return access.can_write_update(access.assignment_roles(self.request.user, self.workstream))

    def content(self, chosen: list[str]) -> Content:
        """The page as it would stand now."""
        if self.workstream:
            return staff_pages.of_workstream(self.workstream, chosen, today())
        return staff_pages.of_programme(self.request.programme, chosen, today())

    def address(self, name: str = "", act: str = "") -> str:
        """An address of this page: itself, 'prepare', 'html' or an act."""
        whole = "-".join(filter(None, ("staff-page" if self.workstream else "programme-staff-page", name)))
        keys = [self.request.programme.slug, *([self.workstream.slug] if self.workstream else []), act]
        return reverse(whole, args=[key for key in keys if key])

    @property
    def addresses(self) -> dict[str, str]:
        """Every address that templates link to."""
        return {
            "page": self.address(),
            "prepare": self.address("prepare"),
            "html": self.address("html"),
            **{kind.replace("-", "_"): self.address("act", kind) for kind in ACTS},
        }


def _subject(request: ProgrammeRequest, slug: str) -> Subject:
    return Subject(request, find_workstream(request, slug) if slug else None)


def _context(subject: Subject, **more: Any) -> dict[str, Any]:
    return {"subject": subject, "workstream": subject.workstream, "to": subject.addresses} | more


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def staff_page(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """The published page; for those who prepare it, what waits and what has changed since."""
    subject = _subject(request, slug)
    stored = subject.page
    published = stored.published if stored else None
    content = published.read if published else None
    context = _context(subject, stored=stored, published=published, content=content)
    if subject.prepares:
        now = subject.content([section.key for section in content.sections]) if content else None
        context |= {
            "proposal": stored.proposal if stored else None,
            "changes": differences(content, now) if now else [],
            "events": stored.events.select_related("by__person", "version") if stored else [],
            "public_address": _public_address(stored),
        }
    return page(request, "workstreams/staff_page.html", context)


def _public_address(stored: StaffPage | None) -> str:
    if stored is None or not stored.public_token:
        return ""
    return settings.PUBLIC_URL + reverse("public-page", args=[stored.public_token])


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def prepare_staff_page(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Choose sections, look at the page as it would stand, then publish it or propose it to the office."""
    subject = _preparing(request, slug)
    stored = subject.page
    published = stored.published if stored else None
    standing = [section.key for section in published.read.sections] if published else [k for k, *_ in subject.known]
    asked = request.POST if request.method == "POST" else request.GET
    form = SectionsForm(
        asked if "sections" in asked or request.method == "POST" else None,
        known=subject.known,
        initial={"sections": standing},
    )
    chosen = standing
    if form.is_bound:
        chosen = form.cleaned_data["sections"] if form.is_valid() else []
    content = subject.content(chosen)
    context = _context(
        subject,
        stored=stored,
        form=form,
        form_errors=form.is_bound and bool(form.errors),
        content=content,
        chosen=chosen,
        published=published,
        changes=differences(published.read if published else None, content),
        version=stored.version if stored else 0,
    )
    if request.method == "GET" or not form.is_valid():
        return page(request, "workstreams/staff_page_prepare.html", context, status=422 if form.errors else 200)
    return _frozen(request, subject, content, context)


def _preparing(request: ProgrammeRequest, slug: str) -> Subject:
    subject = _subject(request, slug)
    if not subject.prepares:
        raise PermissionDenied
    return subject


def _frozen(request: ProgrammeRequest, subject: Subject, content: Content, context: dict[str, Any]) -> HttpResponse:
    """What is frozen is exactly what was looked at; otherwise the page is shown again."""
    version = str(request.POST.get("version", ""))
    if request.POST.get("seen") != content.sha256:
        return _look_again(request, context)
    act = actions.publish if subject.publishes else actions.propose
    try:
        act(
            programme=request.programme,
            workstream=subject.workstream,
            content=content,
            version=int(version) if version.isdecimal() else -1,
            by=request.user,
        )
    except Stale:
        stored = subject.page
        return _look_again(request, context | {"version": stored.version if stored else 0})
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(subject.address("prepare"))
    done = "The page has been published." if subject.publishes else "The page has been proposed to the office."
    messages.success(request, done)
    return redirect(subject.address())


def _look_again(request: ProgrammeRequest, context: dict[str, Any]) -> HttpResponse:
    return page(request, "workstreams/staff_page_prepare.html", context | {"look_again": True}, status=409)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def staff_page_html(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """The published page as clean HTML, to be copied into an intranet."""
    subject = _subject(request, slug)
    stored = subject.page
    published = stored.published if stored else None
    if published is None:
        raise Http404
    clean = render_to_string(
        "workstreams/staff_page_clean.html", {"content": published.read, "published": published}
    ).strip()
    return page(request, "workstreams/staff_page_html.html", _context(subject, published=published, clean=clean))


@dataclass(frozen=True)
class Act:
    """Something the office does with a page: what its confirm page says, and the action behind it."""

    title: str
    explains: str
    button: str
    done: str
    asks_why: bool
    run: Callable[..., object]


def _link(kind: str) -> Callable[..., object]:
    def run(**given: Any) -> object:
        return actions.switch_link(kind=kind, **given)

    return run


ACTS: dict[str, Act] = {
    "approve": Act(
        "Publish what was proposed",
        "Exactly what was proposed is published. Everybody in the programme’s staff can read it.",
        "Publish", "The page has been published.", False, actions.approve,
    ),
    "decline": Act(
        "Send the proposal back",
        "What is published now stays. The reason is shown to whoever proposed it.",
        "Send back", "The proposal has been sent back.", True, actions.decline,
    ),
    "withdraw": Act(
        "Take the page off",
        "Nobody can read it any longer, and its public link is switched off. Every version is kept.",
        "Take the page off", "The page has been taken off.", True, actions.withdraw,
    ),
    "link-on": Act(
        "Switch the public link on",
        "Whoever has the link can read what is published without signing in, now and after each new publication.",
        "Switch on", "The public link is on.", False, _link(Kind.LINK_ON),
    ),
    "link-renew": Act(
        "Renew the public link",
        "The page gets a new address. The old one leads nowhere from then on.",
        "Renew", "The public link has been renewed.", False, _link(Kind.LINK_RENEWED),
    ),
    "link-off": Act(
        "Switch the public link off",
        "The link leads nowhere from then on. Staff go on reading the page after signing in.",
        "Switch off", "The public link is off.", False, _link(Kind.LINK_OFF),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(Permission.PUBLISH_PAGES)
def act_on_staff_page(request: ProgrammeRequest, slug: str, act: str) -> HttpResponse:
    """One act of the office, after a page that says what it does."""
    subject, wanted = _subject(request, slug), ACTS.get(act)
    stored = subject.page
    if wanted is None or stored is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ActForm(data, asks_why=wanted.asks_why, initial={"version": stored.version})
    if form.is_bound and form.is_valid():
        try:
            wanted.run(page=stored, by=request.user, **form.cleaned_data)
        except (Refused, Stale) as problem:
            messages.error(request, f"{problem} Nothing was changed.")
        else:
            messages.success(request, wanted.done)
        return redirect(subject.address())
    shown = stored.proposal if act in {"approve", "decline"} else None
    context = _context(
        subject,
        act=wanted,
        form=form,
        form_errors=form.is_bound and bool(form.errors),
        content=shown.read if shown else None,
        shown=shown,
    )
    return page(request, "workstreams/staff_page_act.html", context, status=422 if form.errors else 200)


@login_not_required  # the one page without sign-in: the office switched its link on, and it says only what it published
@require_GET
def public_page(request: HttpRequest, token: str) -> HttpResponse:
    """A published page for whoever has its link. Not to be indexed, cached or told on by a referrer."""
    stored = get_object_or_404(StaffPage.objects.at_public_link(token))
    published = stored.published
    if published is None:
        raise Http404
    context = {"content": published.read, "published": published}
    answer = page(request, "workstreams/staff_page_public.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer

"""One domain of a review: where it stands, what lifts it next; its findings and its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from thrive.maturity import following, read, scoring, words
from thrive.maturity.actions import noting
from thrive.maturity.following import Aftermath, FindingLine, Followed
from thrive.maturity.forms.noting import EvidenceForm, FindingForm
from thrive.maturity.forms.review import VersionForm
from thrive.maturity.models import Consensus, Element, Evidence, Finding, Kloe, Level, Practice, Review
from thrive.maturity.scoring import Kind, State
from thrive.maturity.views.seeing import (
    EVIDENCE_TOLD,
    can_take_forward,
    find_domain,
    find_review,
    frame,
    own_review,
    reviews,
)
from thrive.threads import Thread
from workstreams.models import Milestone, MonthlyUpdate


@dataclass(frozen=True)
class ElementLine:
    """An element of a domain: what was agreed, since when, on what evidence."""

    element: Element
    agreed: Consensus | None
    change: str
    evidence: list[Evidence]
    kloes: list[Kloe]
    next_level: Level | None
    done: list[Thread]
    followed: list[Followed]


@require_GET
@requires(Permission.READ_PROGRAMME)
def show_domain(request: ProgrammeRequest, pk: int, code: str) -> HttpResponse:
    """Bars and words, then each element, then what lifts the domain next."""
    review = find_review(request, pk)
    domain = find_domain(review, code)
    picture = read.picture(review)
    found = list(review.findings.filter(domain=domain).select_related("domain", "element"))
    told, done = _what_became(request, review, found)
    lines = _lines(request, picture, code, told, done)
    levels = {line.element.code: picture.level(line.element) for line in lines}
    lift = set(scoring.lifts_next(levels, picture.tool.levels[-1].value))
    context = frame(
        request,
        review,
        domain=domain,
        standing=next(line for line in picture.domains if line.domain.pk == domain.pk),
        lines=lines,
        lifts=[line for line in lines if line.element.code in lift],
        findings=told.lines if told else [FindingLine(each) for each in found],
        practices=Practice.objects.filter(domain=code).select_related("place"),
        has_levels=review.sort is not Kind.VISIT,
        can_note=review.stands is not State.RELEASED,
        can_forward=can_take_forward(request, review),
    )
    return page(request, "maturity/domain.html", context)


def _what_became(
    request: ProgrammeRequest, review: Review, findings: list[Finding]
) -> tuple[Aftermath | None, Mapping[str, list[Thread]]]:
    """What was made of the review, and what was done before it; for those who may read of work."""
    if Permission.READ_MAP not in request.permissions:
        return None, {}
    later = following.later_of(review, reviews(request))
    return following.aftermath(review, findings, later, today()), following.done_since(review, today())


def _lines(
    request: ProgrammeRequest,
    picture: read.Picture,
    code: str,
    told: Aftermath | None,
    done: Mapping[str, list[Thread]],
) -> list[ElementLine]:
    domain = next(d for d in picture.tool.domains if d.code == code)
    elements = picture.tool.of(domain)
    evidence: dict[int, list[Evidence]] = {}
    for each in Evidence.objects.filter(review=picture.review, element__in=elements).select_related(*EVIDENCE_TOLD):
        evidence.setdefault(each.element_id, []).append(each)
    kloes: dict[int, list[Kloe]] = {}
    for kloe in Kloe.objects.filter(element__in=elements).order_by("order"):
        kloes.setdefault(kloe.element_id, []).append(kloe)
    changes = _changes(request, picture)
    above = {level.value - 1: level for level in picture.tool.levels}
    return [
        ElementLine(
            element,
            picture.agreed.get(element.pk),
            changes.get(element.code, ""),
            evidence.get(element.pk, []),
            kloes.get(element.pk, []),
            above.get(picture.level(element) or 0),
            done.get(element.code, []),
            [row for row in told.rows if row.taken.element_id == element.pk] if told else [],
        )
        for element in elements
    ]


def _changes(request: ProgrammeRequest, picture: read.Picture) -> dict[str, str]:
    """What became of each element since the review before, in words; nothing without one, or where none may be seen."""
    before = reviews(request).filter(followed_by=picture.review).first()
    if before is None:
        return {}
    try:
        rows = read.side_by_side([picture.review, before], picture.tool)
    except scoring.NotComparable:
        return {}
    names = picture.tool.names
    return {
        row.code: words.change_words(None if row.change is None else -row.change, names, row.levels[0]) for row in rows
    }


# Findings


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def add_finding(request: ProgrammeRequest, pk: int, code: str) -> HttpResponse:
    """Write down what was found about a domain."""
    review = own_review(request, pk)
    domain = find_domain(review, code)
    data = request.POST if request.method == "POST" else None
    form = FindingForm(data, initial={"version": 0}, elements=domain.elements.all())
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        found = noting.Found(told["kind"], domain, told["text"], told["element"])
        try:
            noting.find(review=review, findings=[found], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The finding is written down.")
            return redirect("maturity-domain", request.programme.slug, pk, code)
    return _noted(request, "maturity/finding.html", frame(request, review, domain=domain, form=form), form)


def _noted(request: ProgrammeRequest, template: str, context: dict[str, Any], form: Any) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    return page(request, template, context | {"form_errors": wrong}, status=422 if wrong else 200)


def _finding(request: ProgrammeRequest, pk: int, finding: int) -> Finding:
    found = Finding.objects.select_related("review", "domain")
    return get_object_or_404(found, pk=finding, review=own_review(request, pk))


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def change_finding(request: ProgrammeRequest, pk: int, finding: int) -> HttpResponse:
    """Change a finding. A save that is out of date shows both texts."""
    found = _finding(request, pk, finding)
    start = {"version": found.version, "kind": found.kind, "text": found.text, "element": found.element_id}
    elements = found.domain.elements.all()
    form = FindingForm(request.POST if request.method == "POST" else None, initial=start, elements=elements)
    context = frame(request, found.review, domain=found.domain, finding=found, form=form)
    if form.is_bound and form.is_valid():
        try:
            noting.reword(finding=found, by=request.user, **form.cleaned_data)
        except Stale as stale:
            data = request.POST.copy()
            data["version"] = str(stale.current.version)
            context |= {"form": FindingForm(data, elements=elements), "theirs": stale.current}
            return page(request, "maturity/finding.html", context, status=409)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The finding has been changed.")
            return redirect("maturity-domain", request.programme.slug, pk, found.domain.code)
    return _noted(request, "maturity/finding.html", context, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def drop_finding(request: ProgrammeRequest, pk: int, finding: int) -> HttpResponse:
    """Take a finding out, after a question."""
    found = _finding(request, pk, finding)
    about = {"what": found.text, "question": "Take this finding out?", "button": "Take it out"}
    return _dropped(request, found, about, lambda: noting.drop_finding(finding=found, by=request.user))


def _dropped(request: ProgrammeRequest, row: Any, about: dict[str, str], drop: Any) -> HttpResponse:
    domain = row.domain if isinstance(row, Finding) else row.element.domain
    context = frame(request, row.review, domain=domain, form=VersionForm(initial={"version": 0}), **about)
    if request.method == "GET":
        return page(request, "maturity/drop.html", context)
    try:
        drop()
    except Refused as refused:
        return page(request, "maturity/drop.html", context | {"problem": str(refused)}, status=422)
    messages.success(request, "It has been taken out. History keeps it.")
    return redirect("maturity-domain", request.programme.slug, row.review_id, domain.code)


# Evidence


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def add_evidence(request: ProgrammeRequest, pk: int, code: str) -> HttpResponse:
    """Put a piece of evidence to an element of a domain."""
    review = own_review(request, pk)
    domain = find_domain(review, code)
    milestones = Milestone.objects.visible_to(request.user).filter(workstream__programme=request.programme)
    updates = MonthlyUpdate.objects.visible_to(request.user).filter(workstream__programme=request.programme).sent()
    about: dict[str, Any] = {
        "elements": domain.elements.all(),
        "milestones": milestones.select_related("workstream").order_by("title"),
        "updates": updates.select_related("workstream", "period").order_by("-period__month", "workstream__name"),
    }
    form = EvidenceForm(request.POST if request.method == "POST" else None, **about)
    if form.is_bound and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "element"}
        try:
            element = form.cleaned_data["element"]
            noting.add_evidence(review=review, element=element, shown=noting.Shown(**told), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The evidence is there.")
            return redirect("maturity-domain", request.programme.slug, pk, code)
    return _noted(request, "maturity/evidence.html", frame(request, review, domain=domain, form=form), form)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def drop_evidence(request: ProgrammeRequest, pk: int, evidence: int) -> HttpResponse:
    """Take a piece of evidence away, after a question."""
    rows = Evidence.objects.select_related("review", "element__domain")
    found = get_object_or_404(rows, pk=evidence, review=own_review(request, pk))
    about = {"what": found.title, "question": "Take this evidence away?", "button": "Take it away"}
    return _dropped(request, found, about, lambda: noting.drop_evidence(evidence=found, by=request.user))

"""From finding to work: what became of a review, taking a finding forward, and where a recommendation comes from."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused
from programme.roles import Permission
from thrive import the_map
from thrive.maturity import following, read, scoring, words
from thrive.maturity.actions import following as actions
from thrive.maturity.forms.following import ForwardForm
from thrive.maturity.models import Domain, Element, Finding, Kloe, Review, TakenForward
from thrive.maturity.scoring import Kind
from thrive.maturity.views.seeing import can_take_forward, find_review, frame, reviews
from thrive.models import Recommendation
from thrive.views.directory import offered_places


@require_GET
@requires(Permission.READ_MAP)
def show_work(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What became of a review: each recommendation with its work, then what nobody has taken forward."""
    review = find_review(request, pk)
    findings = list(review.findings.select_related("domain", "element"))
    later = following.later_of(review, reviews(request))
    told = following.aftermath(review, findings, later, today())
    context = frame(
        request,
        review,
        told=told,
        later=later,
        can_forward=can_take_forward(request, review),
    )
    return page(request, "maturity/work.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def forward_finding(request: ProgrammeRequest, pk: int, finding: int) -> HttpResponse:
    """Make a recommendation of a finding."""
    review = find_review(request, pk)
    found = get_object_or_404(Finding.objects.select_related("domain", "element"), pk=finding, review=review)
    return _forward(request, review, found.domain, finding=found, element=found.element)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def forward_element(request: ProgrammeRequest, pk: int, code: str) -> HttpResponse:
    """Make a recommendation of an element that is to be lifted."""
    review = find_review(request, pk)
    elements = Element.objects.filter(domain__framework=review.framework_id).select_related("domain")
    element = get_object_or_404(elements, code=code)
    return _forward(request, review, element.domain, element=element)


def _forward(
    request: ProgrammeRequest,
    review: Review,
    domain: Domain,
    *,
    finding: Finding | None = None,
    element: Element | None = None,
) -> HttpResponse:
    kloes = list(
        Kloe.objects.filter(element__domain=domain).select_related("element").order_by("element__order", "order")
    )
    chosen = next((kloe for kloe in kloes if str(kloe.pk) == request.GET.get("kloe")), None)
    places = offered_places(the_map.lands_of(request.programme))
    about: dict[str, Any] = {"places": places, "elements": domain.elements.all()}
    form = ForwardForm(request.POST, **about) if request.method == "POST" else None
    if form is not None and form.is_valid():
        told = form.cleaned_data
        if finding is None and told["element"] is None:
            told["element"] = element
        try:
            actions.take_forward(review=review, finding=finding, by=request.user, **told)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is a recommendation now. It waits for a decision.")
            return redirect("maturity-work", request.programme.slug, review.pk)
    if element and not chosen and not finding:
        chosen = next((kloe for kloe in kloes if kloe.element_id == element.pk), None)
    start = {
        "text": _first_words(finding, chosen),
        "place": review.place_id if review.place in places else None,
        "element": chosen.element_id if chosen else element.pk if element else None,
    }
    context = frame(
        request,
        review,
        domain=domain,
        finding=finding,
        element=element,
        form=form or ForwardForm(initial=start, **about),
        kloes=sorted(kloes, key=lambda kloe: element is not None and kloe.element_id != element.pk),
        chosen=chosen,
        made=TakenForward.objects.filter(review=review, finding=finding, element=element)
        if finding is None
        else TakenForward.objects.filter(review=review, finding=finding),
        can_forward=can_take_forward(request, review),
        form_errors=form is not None,
    )
    return page(request, "maturity/forward.html", context, status=200 if form is None else 422)


def _first_words(finding: Finding | None, chosen: Kloe | None) -> str:
    """What the form begins with: the question in positive language, or what was recommended."""
    if chosen:
        return chosen.action or chosen.element.gist
    return finding.text if finding and finding.kind == words.ADVICE else ""


@require_GET
@requires(Permission.READ_MAP)
def origin(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Which finding of which review a recommendation comes from; its own page fetches this as a part."""
    seen = Recommendation.objects.all().visible_to(request.user).of_programme(request.programme)
    recommendation = get_object_or_404(seen, pk=pk)
    taken = TakenForward.objects.filter(recommendation=recommendation, review__in=reviews(request))
    told = taken.select_related("review__place", "finding__domain", "element__domain").first()
    rescored = ""
    if told:
        later = following.later_of(told.review, reviews(request))
        rescored = following.rescored(told.review, later, [told]).get(told.element_id or 0, "")
    context = {"recommendation": recommendation, "told": told, "rescored": rescored}
    return page(request, "maturity/origin.html", context, part="origin")


@require_GET
@requires(Permission.READ_PROGRAMME)
def show_changes(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """The high-impact changes: what each asks for, where its domains stand, and what would lift them."""
    review = find_review(request, pk)
    picture = read.picture(review)
    lines = {line.domain.code: line for line in picture.domains}
    top = picture.tool.levels[-1].value
    changes = [
        {"told": change, "domains": [_domain(picture, lines[code], top) for code in change["domains"] if code in lines]}
        for change in review.framework.changes
    ]
    has_levels = review.sort is not Kind.VISIT and bool(picture.agreed)
    return page(request, "maturity/changes.html", frame(request, review, changes=changes, has_levels=has_levels))


def _domain(picture: read.Picture, line: read.DomainLine, top: int) -> dict[str, Any]:
    """A domain as a high-impact change sees it, with its lowest elements."""
    elements = picture.tool.of(line.domain)
    levels = {element.code: picture.level(element) for element in elements}
    lift = scoring.lifts_next(levels, top)
    return {"line": line, "lifts": [element.name for element in elements if element.code in lift]}

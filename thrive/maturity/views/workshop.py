"""The workshop: what to talk about first, and what was agreed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from thrive.maturity import following, read, scoring, words
from thrive.maturity.actions import scoring as actions
from thrive.maturity.forms.scoring import AgreeForm
from thrive.maturity.models import Consensus, Element, Review, Score
from thrive.maturity.read import Bar, Picture, bars
from thrive.maturity.scoring import Spread, State
from thrive.maturity.views.seeing import EVIDENCE_TOLD, frame, own_review


@dataclass(frozen=True)
class Talk:
    """An element as the workshop sees it: the spread first."""

    element: Element
    spread: Spread
    agreed: Consensus | None
    names: dict[int, str]
    scores: list[Score]

    @property
    def sentence(self) -> str:
        """How the scores lie, in words."""
        return words.spread_words(self.spread, self.names)

    @property
    def middle(self) -> str:
        """The median in words."""
        return words.level_words(self.spread.median, self.names)

    @property
    def bars(self) -> list[Bar]:
        """The same as a picture."""
        return bars(self.spread.counts, self.spread.rated, self.names)


def talk(picture: Picture, element: Element, told: Iterable[Score] = ()) -> Talk:
    """One element of a review whose round has closed, with what people said of it where that is wanted."""
    said = sorted(told, key=lambda s: (-(s.level.value if s.level else 0), s.participant.sector))
    return Talk(element, picture.spreads[element.pk], picture.agreed.get(element.pk), picture.tool.names, said)


def talks(picture: Picture, told: Mapping[int, list[Score]] | None = None) -> list[Talk]:
    """What to talk about, widest first; elements that nobody was asked about are left out."""
    by_key = {element.pk: element for element in picture.tool.elements}
    asked = {key: spread for key, spread in picture.spreads.items() if picture.asked[key]}
    return [talk(picture, by_key[key], (told or {}).get(key, ())) for key in scoring.widest_first(asked)]


def _shown(review: Review) -> Review:
    """Before the round has closed there is no workshop to look at."""
    if not scoring.scores_are_shown(review.stands):
        raise Http404
    return review


@require_GET
@requires(Permission.RUN_MATURITY)
def workshop(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Every element that was scored, the widest spread first."""
    review = _shown(own_review(request, pk))
    picture = read.picture(review)
    lines = talks(picture)
    context = frame(
        request,
        review,
        picture=picture,
        open=[line for line in lines if line.agreed is None],
        settled=[line for line in lines if line.agreed is not None],
        split=sum(line.spread.is_split for line in lines),
        absent=words.absent_words(picture.absent),
        can_agree=review.stands is State.WORKSHOP,
    )
    return page(request, "maturity/workshop.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def agree(request: ProgrammeRequest, pk: int, code: str) -> HttpResponse:
    """What people said of one element, and what they agreed. The form begins empty, whatever they scored."""
    review = _shown(own_review(request, pk))
    found = Element.objects.filter(domain__framework=review.framework_id).select_related("domain")
    element = get_object_or_404(found.prefetch_related("kloes"), code=code)
    picture = read.picture(review)
    about: dict[str, Any] = {"levels": picture.tool.levels}
    if request.method == "GET":
        form = AgreeForm(initial=AgreeForm.initial_of(picture.agreed.get(element.pk)), **about)
        return _agree_page(request, picture, element, form)
    form = AgreeForm(request.POST, **about)
    if not form.is_valid():
        return _agree_page(request, picture, element, form, status=422)
    number = form.cleaned_data["number"]
    try:
        actions.agree(review=review, element=element, agreement=form.agreement, number=number, by=request.user)
    except Stale as stale:
        data = request.POST.copy()
        data["number"] = str(stale.current.number)
        again = AgreeForm(data, **about)
        return _agree_page(request, picture, element, again, theirs=stale.current, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _agree_page(request, picture, element, form, status=422)
    messages.success(request, f"“{element}” is written down.")
    return redirect("maturity-workshop", request.programme.slug, review.pk)


def _agree_page(
    request: ProgrammeRequest,
    picture: Picture,
    element: Element,
    form: AgreeForm,
    *,
    theirs: Consensus | None = None,
    status: int = 200,
) -> HttpResponse:
    context = frame(
        request,
        picture.review,
        line=talk(picture, element, read.words_of(picture, [element])[element.pk]),
        element=element,
        form=form,
        theirs=theirs,
        evidence=picture.review.evidence.filter(element=element).select_related(*EVIDENCE_TOLD),
        done=following.done_since(picture.review, today()).get(element.code, []),
        can_agree=picture.review.stands is State.WORKSHOP,
        form_errors=form.is_bound and bool(form.errors),
    )
    return page(request, "maturity/agree.html", context, status=status)

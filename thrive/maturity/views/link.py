"""A participant's own pages, by a personal link and without an account. Others see nothing of it.

Before the round closes somebody sees their own answers and nothing else; afterwards what everybody said and what was
agreed. The pages are not to be indexed, kept or told on by a referrer.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.clock import today
from programme.pages import page
from programme.refusals import Refused
from thrive.maturity import following, read, scoring, words
from thrive.maturity.actions import reviews  # fmt: skip
from thrive.maturity.actions import scoring as actions
from thrive.maturity.forms.scoring import ScoreForm
from thrive.maturity.models import Domain, Kloe, Participant, Practice, Review, Score
from thrive.maturity.read import Tool, tool_of
from thrive.maturity.scoring import Completeness
from thrive.maturity.views.workshop import Talk, talks

MINUTES_A_DOMAIN = 10


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view run for whoever holds a link that works; else 404."""

    @wraps(view)
    def checked(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        who = reviews.find_by_link(token)
        answer = (
            page(request, "maturity/link_gone.html", {}, status=404)
            if who is None
            else view(request, who=who, token=token, **kwargs)
        )
        answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        answer["Cache-Control"] = "private, no-store"
        answer["Referrer-Policy"] = "same-origin"
        return answer

    return checked


def _own(who: Participant) -> list[Score]:
    """The person's own last words; nobody else's are fetched."""
    latest = Score.objects.filter(participant=who).last_words()
    return list(latest.select_related("element", "level"))


def _lines(who: Participant, tool: Tool, own: list[Score]) -> list[tuple[Domain, Completeness]]:
    answered = [score.element_id for score in own]
    asked = [domain for domain in tool.domains if domain.code in who.domains]
    return [(d, scoring.completeness(answered, [e.pk for e in tool.of(d)])) for d in asked]


@login_not_required  # whoever holds the link has no account
@require_GET
@by_link
def home(request: HttpRequest, *, who: Participant, token: str) -> HttpResponse:
    """What is asked, how far one is, and after the round what everybody said."""
    review, tool = who.review, tool_of(who.review.framework)
    own = _own(who)
    lines = _lines(who, tool, own)
    done = scoring.completeness([s.element_id for s in own], tool.asked(who.domains))
    left = [domain for domain, each in lines if not each.is_done]
    context = {
        "who": who,
        "token": token,
        "review": review,
        "audience": review.audience,
        "lines": [(domain, words.completeness_words(each), each.is_done) for domain, each in lines],
        "done": done,
        "next_domain": left[0] if left else None,
        "minutes": MINUTES_A_DOMAIN * len(left),
        "is_open": scoring.round_is_open(review.stands),
        "talks": _everything(review) if scoring.scores_are_shown(review.stands) else [],
    }
    return page(request, "maturity/link_home.html", context)


def _everything(review: Review) -> list[Talk]:
    """What everybody said, for a review whose round has closed."""
    picture = read.picture(review)
    return talks(picture, read.words_of(picture, picture.tool.elements))


@login_not_required  # as above
@require_http_methods(["GET", "POST"])
@by_link
def score_domain(request: HttpRequest, *, who: Participant, token: str, code: str) -> HttpResponse:
    """The elements of one domain. What was answered before stands in the form."""
    domain, tool = _asked(who, code)
    about: dict[str, Any] = {"elements": tool.of(domain), "levels": tool.levels}
    if request.method == "GET":
        initial = ScoreForm.initial_of([s for s in _own(who) if s.element.domain_id == domain.pk])
        return _score_page(request, who, token, domain, tool, ScoreForm(initial=initial, **about))
    form = ScoreForm(request.POST, **about)
    if form.is_valid():
        try:
            actions.score(participant=who, answers=form.answers)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{domain} is saved.")
            return redirect("maturity-link", token)
    return _score_page(request, who, token, domain, tool, form, status=422)


def _asked(who: Participant, code: str) -> tuple[Domain, Tool]:
    """The domain and the framework, if the person is asked about it and the round is open; else 404."""
    tool = tool_of(who.review.framework)
    domain = next((d for d in tool.domains if d.code == code and code in who.domains), None)
    if domain is None or not scoring.round_is_open(who.review.stands):
        raise Http404
    return domain, tool


def _score_page(  # noqa: PLR0917 - who, what and the form, each once
    request: HttpRequest, who: Participant, token: str, domain: Domain, tool: Tool, form: ScoreForm, status: int = 200
) -> HttpResponse:
    kloes: dict[int, list[Kloe]] = {}
    for kloe in Kloe.objects.filter(element__domain=domain).order_by("order"):
        kloes.setdefault(kloe.element_id, []).append(kloe)
    done = following.done_since(who.review, today())
    context = {
        "who": who,
        "token": token,
        "review": who.review,
        "audience": who.review.audience,
        "domain": domain,
        "tool": tool,
        "form": form,
        "rows": [(row, kloes.get(row.element.pk, []), done.get(row.element.code, [])) for row in form.rows],
        "practices": Practice.objects.filter(domain=domain.code).select_related("place"),
        "form_errors": form.is_bound and bool(form.errors),
    }
    return page(request, "maturity/link_domain.html", context, status=status)


@login_not_required  # as above
@require_POST
@by_link
def autosave(request: HttpRequest, *, who: Participant, token: str, code: str) -> HttpResponse:
    """Save as they go. What cannot be saved yet is said, and stays on the page."""
    domain, tool = _asked(who, code)
    form = ScoreForm(request.POST, elements=tool.of(domain), levels=tool.levels)
    problem = ""
    if form.is_valid():
        try:
            actions.score(participant=who, answers=form.answers)
        except Refused as refused:
            problem = str(refused)
    else:
        problem = next((str(each) for errors in form.errors.values() for each in errors), "")
    done = scoring.completeness([s.element_id for s in _own(who)], [e.pk for e in tool.of(domain)])
    context = {"token": token, "domain": domain, "problem": problem, "done": done}
    return page(request, "maturity/link_saved.html", context, part="status")

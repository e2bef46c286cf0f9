"""Reviews: the list, one of them, beginning one, changing it, and its steps."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme import trail
from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from thrive.maturity import following, kept, read, words
from thrive.maturity.actions import reviews as actions
from thrive.maturity.following import FindingLine
from thrive.maturity.forms.review import AboutForm, ReviewForm, VersionForm
from thrive.maturity.models import Element, Finding, Framework, Review
from thrive.maturity.scoring import Kind, NotComparable, State, next_states
from thrive.maturity.views.seeing import can_take_forward, find_review, frame, own_review, places, reviews, runs
from workstreams.views.history import page_number


@require_GET
@requires(Permission.READ_PROGRAMME)
def review_list(request: ProgrammeRequest) -> HttpResponse:
    """The reviews of one's own places, then those that others have published."""
    own_places = set(places(request).values_list("pk", flat=True))
    every = list(reviews(request))
    own = [review for review in every if review.place_id in own_places]
    running = [review for review in own if review.stands is not State.RELEASED]
    context = {
        "own": own,
        "others": [review for review in every if review.place_id not in own_places],
        "sentence": _list_sentence(own, running),
        "can_run": runs(request),
        "latest": Framework.objects.first(),
        "comparable": sum(review.sort is not Kind.VISIT for review in every) > 1,
    }
    return page(request, "maturity/reviews.html", context)


def _list_sentence(own: list[Review], running: list[Review]) -> str:
    if not own:
        return "No maturity review of this programme's places can be read yet."
    if running:
        return words.under_way_sentence([(each.title, each.get_state_display()) for each in running])
    return f"The latest review is {own[0]}, {own[0].period_words}."


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def begin_review(request: ProgrammeRequest) -> HttpResponse:
    """Begin a review of one of the programme's places."""
    about: dict[str, Any] = {
        "places": places(request),
        "earlier": reviews(request).of_programme(request.programme).exclude(kind=Kind.VISIT),
    }
    if request.method == "GET":
        start = {"version": 0, "framework": Framework.objects.first()}
        return _form_page(request, ReviewForm(initial=start, **about))
    form = ReviewForm(request.POST, **about)
    if form.is_valid():
        try:
            made = actions.begin(about=form.about, framework=form.cleaned_data["framework"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{made} has begun. Now say who takes part.")
            return redirect("maturity-review", request.programme.slug, made.pk)
    return _form_page(request, form, status=422)


def _form_page(request: ProgrammeRequest, form: ReviewForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "form_errors": form.is_bound and bool(form.errors)}
    return page(request, "maturity/review_new.html", context, status=status)


@require_GET
@requires(Permission.READ_PROGRAMME)
def show_review(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """One sentence, then the domains, who is there, what was found, and the one thing to do next."""
    review = find_review(request, pk)
    picture = read.picture(review)
    findings = list(review.findings.select_related("domain", "element"))
    follows = reviews(request).filter(followed_by=review).first()
    shown = {State.WORKSHOP, State.AGREED, State.RELEASED}
    has_levels = review.sort is not Kind.VISIT and review.stands in shown
    context = frame(
        request,
        review,
        picture=picture,
        sentence=picture.sentence(len(findings)),
        absent=words.absent_words(picture.absent),
        changes=review.framework.changes,
        **_what_became(request, review, findings),
        follows=follows,
        moved=_moved(picture, follows) if follows and has_levels else "",
        assessed=[line for line in picture.domains if line.standing.agreed],
        untouched=[line for line in picture.domains if not line.standing.agreed],
        has_levels=has_levels,
    )
    next_step = next(iter(next_states(review.sort, review.stands)), None)
    context["next_step"] = next_step
    context["next_words"] = words.STEPS[next_step][0] if next_step else ""
    context["can_reopen"] = review.stands is State.AGREED
    return page(request, "maturity/review.html", context)


def _moved(picture: read.Picture, before: Review) -> str:
    """How many elements moved since the review before, in words; empty where the versions are not joined."""
    try:
        rows = read.side_by_side([picture.review, before], picture.tool)
    except NotComparable:
        return ""
    changes = [-row.change for row in rows if row.change is not None]
    return words.moved_words(changes) if changes else ""


def _what_became(request: ProgrammeRequest, review: Review, findings: list[Finding]) -> dict[str, Any]:
    """What was made of the findings, and what has been done of earlier reviews; for those who may read of work."""
    if Permission.READ_MAP not in request.permissions:
        return {"told": None, "lines": [FindingLine(each) for each in findings], "done": []}
    later = following.later_of(review, reviews(request))
    told = following.aftermath(review, findings, later, today())
    done = following.done_since(review, today())
    found = Element.objects.filter(domain__framework=review.framework_id, code__in=done).select_related("domain")
    return {
        "told": told,
        "later": later,
        "lines": told.lines,
        "done": [(element, done[element.code]) for element in (found if done else ())],
        "can_forward": can_take_forward(request, review),
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def change_review(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Change what is said of a review. A save that is out of date shows both texts."""
    review = own_review(request, pk)
    if request.method == "GET":
        return _change_page(request, review, AboutForm.of(review))
    form = AboutForm(request.POST)
    if not form.is_valid():
        return _change_page(request, review, form, status=422)
    try:
        actions.change(review=review, by=request.user, **form.cleaned_data)
    except Stale as stale:
        data = request.POST.copy()
        data["version"] = str(stale.current.version)
        return _change_page(request, review, AboutForm(data), theirs=stale.current, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _change_page(request, review, form, status=422)
    messages.success(request, "The review has been changed.")
    return redirect("maturity-review", request.programme.slug, review.pk)


def _change_page(
    request: ProgrammeRequest, review: Review, form: AboutForm, *, theirs: Review | None = None, status: int = 200
) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    context = frame(request, review, form=form, theirs=theirs, form_errors=wrong)
    return page(request, "maturity/review_change.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def take_step(request: ProgrammeRequest, pk: int, step: str) -> HttpResponse:
    """Ask before a step is taken, then take it."""
    review = own_review(request, pk)
    if step not in {state.value for state in State}:
        raise Http404
    to = State(step)
    back = review.stands is State.AGREED and to is State.WORKSHOP
    if to is State.DRAFT:
        raise Http404
    button, meaning = words.BACK if back else words.STEPS[to]
    form = VersionForm(request.POST if request.method == "POST" else None, initial={"version": review.version})
    context = frame(request, review, form=form, button=button, meaning=meaning)
    context["possible"] = to in next_states(review.sort, review.stands)
    if request.method == "GET" or not form.is_valid():
        return page(request, "maturity/step.html", context, status=422 if form.is_bound else 200)
    try:
        moved = actions.move(review=review, to=to, version=form.cleaned_data["version"], by=request.user)
    except Stale:
        form = VersionForm(initial={"version": own_review(request, pk).version})
        context |= {"form": form, "problem": "Somebody else has changed the review. Look at it, then press again."}
        return page(request, "maturity/step.html", context, status=409)
    except Refused as refused:
        context["problem"] = str(refused)
        return page(request, "maturity/step.html", context, status=422)
    messages.success(request, f"{moved}: {moved.get_state_display().lower()}.")
    return redirect("maturity-review", request.programme.slug, review.pk)


@require_GET
@requires(Permission.RUN_MATURITY)
def review_history(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What was changed in a review; single scores are never told."""
    review = own_review(request, pk)
    told = trail.read(kept.of_review(review), programme=request.programme.slug, number=page_number(request))
    return page(request, "maturity/history.html", frame(request, review, told=told), part="history")

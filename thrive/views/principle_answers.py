"""A rater's answers to one principle after another, and the versions of what is asked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.pages import keeps_page_when_signed_out, page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from thrive import assessed, principles
from thrive.actions import principles as actions
from thrive.forms.principles import AnswerForm, ItemsForm
from thrive.models import PrincipleAnswer, PrincipleAssessment, PrincipleItem, PrincipleRater, PrincipleSet
from thrive.principles import Principle
from thrive.views.principles import address, find_rater
from thrive.views.seeing import keeps


def _asked(request: ProgrammeRequest, pk: int, who: int, code: str) -> tuple[PrincipleRater, Principle]:
    """A rater of an assessment that is open, and a principle, or 404."""
    rater, about = find_rater(request, pk, who), principles.principle(code)
    if about is None or rater.assessment.finished_on:
        raise Http404
    return rater, about


def _form(rater: PrincipleRater, code: str, data: Any = None) -> AnswerForm:
    asked = rater.assessment.items
    items = list(PrincipleItem.objects.filter(set=asked, principle=code))
    initial = {} if data else AnswerForm.initial_of(actions.last_words(rater, {code}))
    return AnswerForm(data, initial=initial, items=items, asked=asked)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def answer(request: ProgrammeRequest, pk: int, who: int, code: str) -> HttpResponse:
    """What one rater says of one principle at three levels; then the next one that is left."""
    rater, about = _asked(request, pk, who, code)
    if request.method == "GET":
        return _answer_page(request, rater, about, _form(rater, code))
    form = _form(rater, code, request.POST)
    if form.is_valid():
        try:
            actions.answer(rater=rater, answers=form.answers, after=form.cleaned_data["after"], by=request.user)
        except Stale as stale:
            data = request.POST.copy()
            data["after"] = str(max((each.pk for each in stale.current.values()), default=0))
            theirs = [stale.current[key] for key in principles.asked() if key in stale.current]
            return _answer_page(request, rater, about, _form(rater, code, data), theirs=theirs, status=409)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _go_on(request, rater, about)
    return _answer_page(request, rater, about, form, status=422)


def _go_on(request: ProgrammeRequest, rater: PrincipleRater, about: Principle) -> HttpResponse:
    [told] = assessed.assessed(PrincipleAssessment.objects.filter(pk=rater.assessment_id))
    left = told.next_principle(rater, after=about.code)
    messages.success(request, f"{about.name} is saved for {rater}.")
    if left and left != about.code:
        return redirect("thrive-rater", request.programme.slug, rater.assessment_id, rater.pk, left)
    return redirect(address(request, rater.assessment))


def _answer_page(
    request: ProgrammeRequest,
    rater: PrincipleRater,
    about: Principle,
    form: AnswerForm,
    *,
    theirs: list[PrincipleAnswer] | None = None,
    status: int = 200,
) -> HttpResponse:
    [told] = assessed.assessed(PrincipleAssessment.objects.filter(pk=rater.assessment_id))
    asked = len(principles.levels())
    context = {
        "rater": rater,
        "assessment": told.assessment,
        "principle": about,
        "number": principles.principles().index(about) + 1,
        "every": [(each, told.answered(rater, each.code) == asked) for each in principles.principles()],
        "answered": told.answered(rater),
        "asked": len(told.items),
        "form": form,
        "theirs": theirs,
        "form_errors": form.is_bound and bool(form.errors),
    }
    return page(request, "thrive/principle_answer.html", context, status=status)


@keeps_page_when_signed_out
@require_POST
@requires(Permission.KEEP_MAP)
def autosave(request: ProgrammeRequest, pk: int, who: int, code: str) -> HttpResponse:
    """Save what is answered in full while the rest is typed. Answers with a status line, never with the form."""
    rater, about = _asked(request, pk, who, code)
    form = _form(rater, code, request.POST)
    form.is_valid()
    after = form.cleaned_data.get("after") or 0
    context: dict[str, Any] = {"rater": rater, "principle": about, "waiting": _waiting(form)}
    try:
        context["after"] = actions.answer(rater=rater, answers=form.answers, after=after, by=request.user)
        context["answered"] = len(form.answers)
    except (Stale, Refused) as problem:
        context["problem"] = str(problem)
    return page(request, "thrive/principle_saved.html", context, part="status")


def _waiting(form: AnswerForm) -> str:
    """What keeps the rest from being saved, in the words of the first field that says so."""
    return next((str(each) for errors in form.errors.values() for each in errors), "")


# What is asked


@require_GET
@requires(Permission.READ_MAP)
def show_items(request: ProgrammeRequest) -> HttpResponse:
    """A version of what is asked: the newest, or the one asked for."""
    versions = list(PrincipleSet.objects.select_related("by__person"))
    said = request.GET.get("version", "")
    shown = versions[0]
    if said:
        shown = get_object_or_404(PrincipleSet, number=int(said) if said.isdecimal() else 0)
    texts = {item.key: item.text for item in shown.items.all()}
    context = {
        "shown": shown,
        "is_newest": shown == versions[0],
        "versions": versions,
        "used": PrincipleAssessment.objects.filter(items=shown).count(),
        "written": sum(bool(text) for text in texts.values()),
        "asked": len(texts),
        "groups": [
            (each, [(level, texts[each.code, level.code]) for level in principles.levels()])
            for each in principles.principles()
        ],
        "can_keep": keeps(request),
    }
    return page(request, "thrive/principle_items.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def change_items(request: ProgrammeRequest) -> HttpResponse:
    """Write the next version of what is asked. Assessments that have begun keep theirs."""
    latest = PrincipleSet.objects.all()[0]
    if request.method == "GET":
        return _items_page(request, ItemsForm(initial=ItemsForm.start_of(latest)), latest)
    form = ItemsForm(request.POST)
    if not form.is_valid():
        return _items_page(request, form, latest, status=422)
    said = form.cleaned_data
    try:
        made = actions.change_items(
            texts=form.texts, scale=form.scale, note=said["note"], number=said["number"], by=request.user
        )
    except Stale as stale:
        data = request.POST.copy()
        data["number"] = str(stale.current.number)
        return _items_page(request, ItemsForm(data), stale.current, theirs=stale.current, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _items_page(request, form, latest, status=422)
    messages.success(request, f"{made} is there. New baselines ask it; assessments that have begun keep theirs.")
    return redirect("thrive-items", request.programme.slug)


def _items_page(
    request: ProgrammeRequest,
    form: ItemsForm,
    latest: PrincipleSet,
    *,
    theirs: PrincipleSet | None = None,
    status: int = 200,
) -> HttpResponse:
    standing = {item.key: item.text for item in latest.items.all()} if theirs else {}
    both = [(key, standing[key], form.data.get(f"text-{key[0]}-{key[1]}", "")) for key in standing]
    context = {
        "form": form,
        "latest": latest,
        "theirs": theirs,
        "different": [(_named(key), now) for key, now, typed in both if now != typed.strip()],
        "form_errors": form.is_bound and bool(form.errors),
    }
    return page(request, "thrive/principle_items_change.html", context, status=status)


def _named(key: principles.Key) -> str:
    level = next(each for each in principles.levels() if each.code == key[1])
    about = principles.principle(key[0])
    return f"{about.name if about else key[0]}, {level.name.lower()}"

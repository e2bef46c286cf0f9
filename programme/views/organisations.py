"""Organisations and places: the lists, and one of each."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme.actions import organisations
from programme.manage_forms import OrganisationForm, PlaceForm
from programme.models import Organisation, Place, Programme
from programme.pages import page
from programme.permissions import ProgrammeRequest, programmes_allowing, requires
from programme.roles import Permission
from programme.views.asking import Facts, Words, ask

ELSEWHERE = "It is also used in a programme that you do not manage, so a change has to be agreed with the office there."


@dataclass(frozen=True)
class Kind:
    """What differs between the two lists."""

    model: type[Organisation | Place]
    form: type[OrganisationForm | PlaceForm]
    one: str
    many: str
    add: Any
    edit: Any

    def used_elsewhere(self, record: Model, request: ProgrammeRequest) -> bool:
        """Whether a programme that the user does not manage uses it."""
        own = programmes_allowing(request.user, Permission.MANAGE_PROGRAMME)
        uses = Q(partners=record.pk) | Q(memberships__user__person__organisation=record.pk)
        uses = uses if self.model is Organisation else Q(places=record.pk)
        return Programme.objects.filter(uses).exclude(pk__in=own).exists()


ORGANISATIONS = Kind(
    Organisation,
    OrganisationForm,
    "organisation",
    "organisations",
    organisations.add_organisation,
    organisations.edit_organisation,
)
PLACES = Kind(Place, PlaceForm, "place", "places", organisations.add_place, organisations.edit_place)


@require_GET
@requires(Permission.MANAGE_PROGRAMME)
def record_list(request: ProgrammeRequest, kind: Kind) -> HttpResponse:
    """Everything known, this programme's marked."""
    places = kind.model is Place
    related = ("successor", "parent") if places else ("successor",)
    own = request.programme.places if places else request.programme.partners
    context = {
        "kind": kind,
        "places": places,
        "rows": kind.model.objects.select_related(*related),
        "own": set(own.values_list("pk", flat=True)),
    }
    return page(request, "programme/manage/records.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def add_record(request: ProgrammeRequest, kind: Kind) -> HttpResponse:
    """Add an organisation or a place."""
    words = Words(
        caption=request.programme.name,
        title=f"Add {_a(kind)}",
        button=f"Add {kind.one}",
        back=_list(request, kind),
        back_text=kind.many.capitalize(),
        points=[f"All programmes of this service share their {kind.many}, so look in the list first."],
    )

    def make(data: QueryDict | None) -> Any:
        return kind.form(data, besides=None, initial={"version": 0})

    def act(form: Any) -> HttpResponse:
        answers = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        added = kind.add(by=request.user, **answers)
        messages.success(request, f"{added} has been added.")
        return redirect(_list(request, kind))

    return ask(request, words, make, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def edit_record(request: ProgrammeRequest, pk: int, kind: Kind) -> HttpResponse:
    """Change an organisation or a place; a save that is out of date shows both."""
    record: Any = get_object_or_404(kind.model, pk=pk)
    if kind.used_elsewhere(record, request):
        messages.error(request, ELSEWHERE)
        return redirect(_list(request, kind))
    fields = [name for name in kind.form.base_fields if hasattr(record, name)]
    initial = {name: getattr(record, name) for name in fields}

    def make(data: QueryDict | None) -> Any:
        return kind.form(data, besides=record, initial=initial)

    def act(form: Any) -> HttpResponse:
        saved = kind.edit(**{kind.one: record}, by=request.user, **form.cleaned_data)
        messages.success(request, f"{saved} has been saved.")
        return redirect(_list(request, kind))

    words = Words(
        caption=request.programme.name,
        title=f"Change {record}",
        button="Save",
        back=_list(request, kind),
        back_text=kind.many.capitalize(),
        points=["A name it had up to now stays as another name, so that what was written still finds it."],
    )
    return ask(request, words, make, act, theirs=_in_words)


def _in_words(record: Any) -> Facts:
    facts = [("Name", [record.name]), ("Kind", [record.get_kind_display()]), ("Other names", record.aliases)]
    if isinstance(record, Place):
        facts.append(("Part of", [str(record.parent)] if record.parent else []))
    return [*facts, ("Replaced by", [str(record.successor)] if record.successor else [])]


def _list(request: ProgrammeRequest, kind: Kind) -> str:
    return reverse(f"manage-{kind.many}", args=[request.programme.slug])


def _a(kind: Kind) -> str:
    return f"an {kind.one}" if kind.one[0] in "aeiou" else f"a {kind.one}"

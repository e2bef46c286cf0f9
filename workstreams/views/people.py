"""The people of a programme, and duplicates among them."""

from dataclasses import dataclass
from itertools import combinations

from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme.actions import programmes
from programme.models import Membership, Person, Programme
from programme.names import may_be_same
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from workstreams import access
from workstreams.forms.correction import MergeForm, ReasonForm
from workstreams.models import Assignment
from workstreams.views.correcting import Facts, Words, in_two_steps

ELSEWHERE = "This record is also used outside this programme, so its merging has to be agreed with the office there."


@dataclass(frozen=True)
class Row:
    """Somebody with what they do, the records merged into them and those that may be the same person."""

    person: Person
    duties: list[str]
    alike: list[Person]

    @property
    def has_account(self) -> bool:
        """Whether they can sign in."""
        account = getattr(self.person, "user", None)
        return account is not None and account.is_active


def people_of(programme: Programme) -> QuerySet[Person]:
    """Everybody with a part or a role in the programme, or added to it; a merged record counts as who it became."""
    assigned = Assignment.objects.filter(workstream__programme=programme)
    standing = assigned.annotate(standing=Coalesce("person__merged_into", "person")).values("standing")
    members = Membership.objects.filter(programme=programme).values("user__person")
    added = Person.objects.filter(known_in=programme)
    known = added.annotate(standing=Coalesce("merged_into", "pk")).values("standing")
    return Person.objects.filter(Q(pk__in=standing) | Q(pk__in=members) | Q(pk__in=known), merged_into=None)


@require_GET
@requires(Permission.CORRECT_FILING)
def people_list(request: ProgrammeRequest) -> HttpResponse:
    """Who is named in the programme, and who may be named twice."""
    rows = _rows(request.programme)
    return page(request, "workstreams/people.html", {"rows": rows, "alike": sum(bool(row.alike) for row in rows)})


def _rows(programme: Programme) -> list[Row]:
    here = Assignment.objects.filter(workstream__programme=programme).select_related("workstream")
    duties = Prefetch("assignments", here.order_by("workstream__name", "pk"))
    merged = Prefetch("duplicates", Person.objects.prefetch_related(duties))
    people = list(people_of(programme).select_related("user", "organisation").prefetch_related(duties, merged))
    alike: dict[int, list[Person]] = {person.pk: [] for person in people}
    for one, other in combinations(people, 2):
        if any(may_be_same(a, b) for a in (one.name, *one.aliases) for b in (other.name, *other.aliases)):
            alike[one.pk].append(other)
            alike[other.pk].append(one)
    return [Row(person, _duties(person), alike[person.pk]) for person in people]


def _duties(person: Person) -> list[str]:
    """What they do on which workstream, with what merged records of theirs do."""
    held = [each for record in (person, *person.duplicates.all()) for each in record.assignments.all()]
    return list(dict.fromkeys(_duty(each) for each in held))


def _duty(assignment: Assignment) -> str:
    ended = f", until {assignment.until:%B %Y}" if assignment.until else ""
    return f"{assignment.get_role_display()}: {assignment.workstream}{ended}"


@require_http_methods(["GET", "POST"])
@requires(Permission.CORRECT_FILING)
def merge_person(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Say that two records are one person, after a page that shows both."""
    among = people_of(request.programme)
    person = get_object_or_404(among, pk=pk)
    if access.used_elsewhere(person, request.user):
        messages.error(request, ELSEWHERE)
        return redirect("people", request.programme.slug)
    data = request.POST if request.method == "POST" else None
    offered = among.exclude(pk=person.pk)
    form = MergeForm(data, among=offered, label="Who is it?", initial={"into": request.GET.get("into", "")})
    words = Words(
        caption=request.programme.name,
        title=f"Merge {person} into another person",
        question=f"Is {person} the same person?",
        button="Merge",
        back=reverse("people", args=[request.programme.slug]),
        points=[
            "Use this where one person was entered twice. Nothing is rewritten, and you can undo it.",
            f"Wherever {person} is named, the other name is shown. What {person} may do, the other’s account may do.",
        ],
    )

    def act(form: MergeForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        stays = programmes.merge_people(duplicate=person, into=form.survivor, by=request.user, reason=reason)
        messages.success(request, f"{person} has been merged into {stays}.")
        return redirect("people", request.programme.slug)

    return in_two_steps(request, words, form, lambda form: _facts(request.programme, person, form), act)


def _facts(programme: Programme, person: Person, form: MergeForm) -> Facts:
    rows = {row.person.pk: row for row in _rows(programme)}
    known = [(title, rows[each.pk]) for title, each in (("Will be merged", person), ("Stays", form.survivor))]
    shown = [(title, [row.person.name, *row.duties, _account(row)]) for title, row in known]
    return [*shown, ("Reason", [form.cleaned_data["reason"]])]


def _account(row: Row) -> str:
    return "Signs in with an account" if row.has_account else "No account"


@require_http_methods(["GET", "POST"])
@requires(Permission.CORRECT_FILING)
def unmerge_person(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Undo a merge."""
    merged = Person.objects.filter(merged_into__in=people_of(request.programme)).select_related("merged_into")
    person = get_object_or_404(merged, pk=pk)
    if access.used_elsewhere(person, request.user):
        messages.error(request, ELSEWHERE)
        return redirect("people", request.programme.slug)
    words = Words(
        caption=request.programme.name,
        title=f"Undo the merging of {person} into {person.survivor}",
        question=f"Do you want {person} to be somebody else again?",
        button="Undo the merge",
        back=reverse("people", args=[request.programme.slug]),
        points=[f"Whatever named {person} names that record again, and {person.survivor} no longer holds its rights."],
    )

    def act(form: ReasonForm) -> HttpResponse:
        programmes.unmerge_person(person=person, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"{person} is a person by that name again.")
        return redirect("people", request.programme.slug)

    form = ReasonForm(request.POST if request.method == "POST" else None)
    return in_two_steps(
        request,
        words,
        form,
        lambda form: [("Will stand again", [person.name]), ("Reason", [form.cleaned_data["reason"]])],
        act,
    )

"""The history of a whole programme: what was changed in it, by whom and why, filtered by kind and by person."""

from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from programme import kept as ground
from programme import trail
from programme.models import Programme, User
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from thrive import kept as needs_map
from workstreams import appended, gate_history
from workstreams import kept as work
from workstreams.views.history import page_number
from workstreams.views.people import people_of

KINDS = {
    appended.WORKSTREAMS: "Workstreams",
    appended.TEAM: "Leads, deputies and sponsors",
    appended.MILESTONES: "Milestones and dates",
    appended.UPDATES: "Updates and ratings",
    appended.ASKS: "Asks and their answers",
    work.REGISTERS: "Risks, issues, decisions and actions",
    gate_history.GATES: "Stage gates",
    work.GROUPS: "Groups and meetings",
    ground.PROGRAMME: "The programme’s page",
    ground.MONTHS: "Reporting months",
    work.RULES: "Rules of the derived rating",
    needs_map.MAP: "THRIVE map",
    ground.PEOPLE: "People and roles",
}
# The records of people and what they may do are told to those who keep them.
PERMISSION_FOR_PEOPLE = Permission.EDIT_PROGRAMME


class HistoryFilter(forms.Form):
    """What and whose. Unknown values mean everything, so that an old link still opens."""

    kind = forms.ChoiceField(label="What", required=False)
    by = forms.ModelChoiceField(User.objects.none(), label="Changed by", required=False, empty_label="Everybody")

    def __init__(self, *args: object, kinds: dict[str, str], people: QuerySet[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [("", "Everything"), *kinds.items()]  # type: ignore[attr-defined]
        self.fields["by"].queryset = people  # type: ignore[attr-defined]


def strands_of(programme: Programme, *, with_people: bool) -> list[trail.Strand]:
    """Everything that is told of a programme."""
    found = [*ground.of_programme(programme), *work.of_programme(programme), *needs_map.of_programme(programme)]
    return [*found, *ground.of_people(programme, people_of(programme).values("pk"))] if with_people else found


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def programme_history(request: ProgrammeRequest) -> HttpResponse:
    """Newest changes of all its objects."""
    with_people = PERMISSION_FOR_PEOPLE in request.permissions
    kinds = {key: words for key, words in KINDS.items() if with_people or key != ground.PEOPLE}
    form = HistoryFilter(request.GET, kinds=kinds, people=_accounts(request.programme))
    form.is_valid()
    kind, by = form.cleaned_data.get("kind", ""), form.cleaned_data.get("by")
    strands = strands_of(request.programme, with_people=with_people)
    strands = [strand for strand in strands if not kind or strand.source.kind == kind]
    told = trail.read(
        strands,
        programme=request.programme.slug,
        number=page_number(request),
        by=by.pk if by else None,
        places=work.places,
    )
    chosen = {name: value for name, value in (("kind", kind), ("by", by.pk if by else "")) if value}
    context = {
        "told": told,
        "form": form,
        "query": f"{urlencode(chosen)}&" if chosen else "",
        "filters_chosen": bool(chosen),
        "show_where": True,
    }
    return page(request, "reporting/history.html", context, part="history")


def _accounts(programme: Programme) -> QuerySet[User]:
    """Those who have a part in the programme and can sign in."""
    return User.objects.filter(person__in=people_of(programme)).order_by("person__name", "pk")

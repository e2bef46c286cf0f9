"""What does not fit together: of a whole programme as a list, and objectives beside what updates say of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.wording import counted
from workstreams import sent_updates
from workstreams.inconsistencies import Inconsistency, inconsistencies_of
from workstreams.inconsistency import Kind
from workstreams.objective_lines import told_of
from workstreams.views.following import follows_merges
from workstreams.views.workstreams import find_workstream

A_PAGE = 50
WHOLE = "none"


class FilterForm(forms.Form):
    """The filters of the list. Unknown values mean 'all', so that an old link still opens."""

    workstream = forms.ChoiceField(label="Workstream", required=False)
    kind = forms.ChoiceField(label="What does not fit", required=False)

    def __init__(self, *args: Any, every: Sequence[Inconsistency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = dict(sorted({each.slug: each.workstream for each in every if each.slug}.items(), key=lambda n: n[1]))
        whole = [(WHOLE, "The programme as a whole")] if any(not each.slug for each in every) else []
        workstreams, kinds = self.fields["workstream"], self.fields["kind"]
        workstreams.choices = [("", "All workstreams"), *named.items(), *whole]  # type: ignore[attr-defined]
        there = {each.kind for each in every}
        kinds.choices = [("", "Everything"), *((k.value, k.words) for k in Kind if k in there)]  # type: ignore[attr-defined]


@require_GET
@requires(Permission.READ_DASHBOARD)
def inconsistency_list(request: ProgrammeRequest) -> HttpResponse:
    """Every inconsistency of the programme, each with its reason and the way to put it right."""
    every = inconsistencies_of(request.programme)
    form = FilterForm(request.GET, every=every)
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    kept = [each for each in every if _fits(each, chosen)]
    context = {
        "sentence": sentence_of(every),
        "every": every,
        "shown": Paginator(kept, A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "filters_chosen": bool(chosen),
        "query": urlencode(chosen),
    }
    return page(request, "workstreams/inconsistencies.html", context, part="list")


def _fits(each: Inconsistency, chosen: dict[str, str]) -> bool:
    slug = chosen.get("workstream", "")
    return (not slug or each.slug == ("" if slug == WHOLE else slug)) and chosen.get("kind", each.kind) == each.kind


def sentence_of(every: Sequence[Inconsistency]) -> str:
    """How much does not fit together, and in how many workstreams."""
    if not every:
        return "Nothing contradicts anything else."
    where = len({each.slug for each in every if each.slug})
    verb = "does not fit together" if len(every) == 1 else "do not fit together"
    things = counted(len(every), "thing")
    return f"{things} {verb}, in {counted(where, 'workstream')}." if where else f"{things} {verb}."


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def objectives_page(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Each objective with the newest point of an update that speaks of it, and points that speak of none."""
    workstream = find_workstream(request, slug)
    objectives = list(workstream.objectives.filter(ended_on=None))
    told = told_of(objectives, sent_updates.newest(workstream))
    return page(request, "workstreams/objectives.html", {"workstream": workstream, "told": told})

"""The page of everybody's actions: mine first, what is late, and where each comes from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.wording import counted
from reporting import action_sources, actions_page
from reporting.actions_page import SOON_DAYS, Item, Kind
from workstreams.views.roadmap import page_links

ITEMS_A_PAGE = 50
Key = Callable[[Item], Any]
SORTS: dict[str, tuple[str, Key]] = {
    "due": ("Due", actions_page.by_due),
    "owner": ("Owner", lambda item: (item.owner == actions_page.NOBODY, item.owner.lower(), actions_page.by_due(item))),
    "workstream": ("Workstream", lambda item: (item.workstream.lower(), actions_page.by_due(item))),
}


class ActionFilterForm(forms.Form):
    """The page's filters. Unknown values mean 'all', so that an old link still opens."""

    whose = forms.ChoiceField(label="Whose", required=False, choices=[("mine", "Mine"), ("all", "Everybody’s")])
    when = forms.ChoiceField(
        label="When",
        required=False,
        choices=[
            ("", "Any day"),
            ("late", "Late"),
            ("soon", f"Due in the next {SOON_DAYS} days"),
            ("undated", "Without a day"),
        ],
    )
    kind = forms.ChoiceField(
        label="Where from", required=False, choices=[("", "Everywhere"), *((each.value, each.words) for each in Kind)]
    )
    workstream = forms.ChoiceField(label="Workstream", required=False)

    def __init__(self, *args: Any, workstreams: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(name, name) for name in workstreams]
        self.fields["workstream"].choices = [("", "All workstreams"), *named]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Line:
    """An item as a row of the table."""

    item: Item
    due_words: str
    is_late: bool


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def action_list(request: ProgrammeRequest) -> HttpResponse:
    """One sentence, then what is to be done, the earliest day first. Filters and sorting are plain addresses."""
    day = today()
    items = action_sources.everything(request.programme, request.user, request.rights, day)
    mine = [item for item in items if item.is_mine]
    form, chosen, sort = _chosen(request, sorted({item.workstream for item in items}), has_own=bool(mine))
    whole = mine if chosen["whose"] == "mine" else items
    filters = {name: chosen[name] for name in ("when", "kind", "workstream")}
    found = actions_page.matching(whole, day=day, **filters)
    found.sort(key=SORTS[sort.lstrip("-")][1], reverse=sort.startswith("-"))
    pages = Paginator(found, ITEMS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "sentence": actions_page.sentence(whole, day, mine=chosen["whose"] == "mine"),
        "form": form,
        "filtered": any(filters.values()),
        "count_words": f"{counted(len(found), 'thing')} shown",
        "columns": _columns(chosen, sort),
        "sort": sort,
        "lines": [Line(item, item.due_words(day), item.is_late(day)) for item in pages],
        "links": page_links(request, pages),
        "whose": chosen["whose"],
        "mine_count": len(mine),
    }
    return page(request, "reporting/actions.html", context, part="actions")


def _chosen(
    request: ProgrammeRequest, workstreams: Sequence[str], *, has_own: bool
) -> tuple[ActionFilterForm, dict[str, str], str]:
    """The filters as a form and as what was chosen, and the order. Who has something of their own sees that first."""
    data = request.GET.copy()
    if data.get("whose") not in {"mine", "all"}:
        data["whose"] = "mine" if has_own else "all"
    form = ActionFilterForm(data, workstreams=workstreams)
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name, "") for name in form.fields}
    sort = request.GET.get("sort", "due")
    return form, chosen, sort if sort.lstrip("-") in SORTS else "due"


def _columns(chosen: dict[str, str], sort: str) -> list[dict[str, str]]:
    """Each sortable heading with the address that sorts by it; the one in use turns round."""
    columns = []
    kept = {name: value for name, value in chosen.items() if value}
    for key, (text, _) in SORTS.items():
        here, turned = key == sort.lstrip("-"), sort.startswith("-")
        query = urlencode(kept | {"sort": f"-{key}" if here and not turned else key})
        aria = ("descending" if turned else "ascending") if here else "none"
        columns.append({"key": key, "text": text, "query": query, "aria": aria})
    return columns

"""Reviews side by side, and a review as a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from programme import tables
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.wording import counted
from thrive.maturity import read, scoring, sheets, words
from thrive.maturity.models import Element, Review
from thrive.maturity.scoring import MOST_COMPARED, Kind, State
from thrive.maturity.views.seeing import find_review, reviews


@dataclass(frozen=True)
class CompareLine:
    """One element in every review, in words."""

    element: Element
    row: scoring.Row
    names: dict[int, str]
    reviews: Sequence[Review]

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The level in each review, with its title; empty where nothing was agreed or nothing can be carried over."""
        levels = ["" if level is None else self.names[level] for level in self.row.levels]
        return [(review.title, level) for review, level in zip(self.reviews, levels, strict=True)]

    @property
    def difference(self) -> str:
        """How far the highest and the lowest are apart."""
        gap = self.row.difference
        if gap is None:
            return "Cannot be compared"
        return "The same" if gap == 0 else f"{counted(gap, 'level')} apart"


def _chosen(request: ProgrammeRequest) -> list[Review]:
    """The reviews asked for that may be seen and have levels, in the order asked for, up to four."""
    keys = [int(key) for key in request.GET.getlist("review") if key.isdecimal() and len(key) < 10]  # noqa: PLR2004
    found = {review.pk: review for review in _comparable(request) if review.pk in keys}
    return [found[key] for key in dict.fromkeys(keys) if key in found][:MOST_COMPARED]


def _comparable(request: ProgrammeRequest) -> list[Review]:
    """Reviews with levels to compare."""
    return list(reviews(request).exclude(kind=Kind.VISIT).filter(state__in=[State.AGREED, State.RELEASED]))


@require_GET
@requires(Permission.READ_PROGRAMME)
def compare(request: ProgrammeRequest) -> HttpResponse:
    """Up to four reviews side by side, the biggest difference first."""
    chosen = _chosen(request)
    context = {"chosen": chosen, "offered": _comparable(request), "most": MOST_COMPARED, "lines": [], "sentence": ""}
    context["audiences"] = list(dict.fromkeys(f"{review}: {review.audience}{_example(review)}" for review in chosen))
    absent = read.absent_from(chosen) if chosen else {}
    context["absent"] = [f"{review}: {words.absent_words(absent[review.pk])}" for review in chosen]
    if len(chosen) > 1:
        tool = read.tool_of(chosen[0].framework)
        try:
            rows = read.side_by_side(chosen, tool)
        except scoring.NotComparable:
            context["sentence"] = (
                "These reviews were scored with different versions of the framework, and nobody has said which elements"
                " are the same. They are not compared."
            )
        else:
            elements = {element.code: element for element in tool.elements}
            context["lines"] = [
                CompareLine(elements[row.code], row, tool.names, chosen)
                for row in rows
                if any(level is not None for level in row.levels)  # what nobody assessed is counted, not listed
            ]
            context["sentence"] = _sentence(rows)
    return page(request, "maturity/compare.html", context)


def _example(review: Review) -> str:
    return " Example: the levels are invented." if review.is_example else ""


def _sentence(rows: list[scoring.Row]) -> str:
    known = [row for row in rows if row.difference is not None]
    apart = sum(bool(row.difference) for row in known)
    rest = len(rows) - len(known)
    said = f"{apart} of {counted(len(known), 'element')} differ." if known else "No element can be compared."
    return said + (f" {rest} cannot be compared, as they were not assessed in at least two." if rest else "")


@require_GET
@requires(Permission.READ_PROGRAMME)
def download_review(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """A review as a workbook, with who may read it on its first sheet."""
    review = find_review(request, pk)
    answer = HttpResponse(sheets.review_out(read.picture(review)), content_type=tables.XLSX)
    answer["Content-Disposition"] = f'attachment; filename="maturity-review-{review.pk}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer

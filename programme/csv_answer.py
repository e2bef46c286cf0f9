"""A table as a CSV file that spreadsheet programs open without running anything in it."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

# A cell that begins with one of these is taken for a formula, also after spaces.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula. Numbers stay numbers."""
    text = "" if value is None else str(value)
    if isinstance(value, int) or not text.lstrip(" \u00a0\ufeff").startswith(_FORMULA):
        return text
    return f"'{text}"


def csv_answer(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows as a download called `name`. It starts with a byte order mark, or Excel misreads accents."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer

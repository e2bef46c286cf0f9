"""Time and memory of board reports: a programme of 12 and of 50 workstreams in every format, from the tests' record."""

import json
import os
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings")
django.setup()

from reporting import documents  # noqa: E402 - the templates need Django
from reporting.editions import Edition, Format  # noqa: E402

RECORD = Path(__file__).resolve().parent.parent / "tests/data/snapshot_v3.json"
SIZES = (12, 50)
MEASURED = (
    (Edition.FULL, Format.PDF),
    (Edition.FULL, Format.HTML),
    (Edition.COMMISSIONER, Format.PDF),
    (Edition.HIGHLIGHT, Format.PDF),
    (Edition.FULL, Format.DOCX),
    (Edition.FULL, Format.PPTX),
    (Edition.FULL, Format.XLSX),
)


def of_size(record: dict[str, Any], size: int) -> dict[str, Any]:
    """The record with so many workstreams, each with milestones, voices, money and registers of its own."""
    own = record["workstreams"]
    made: dict[str, Any] = {**record, "workstreams": []}
    spread = ("milestones", "asks", "risks", "issues", "money")
    made |= {name: [] for name in spread}
    voices: list[Any] = []
    for number in range(size):
        first = own[number % len(own)]
        slug, name = f"{first['slug']}-{number}", f"{first['name']} {number + 1}"
        made["workstreams"].append(first | {"slug": slug, "name": name, "parent": ""})
        for each in spread:
            found = [row | {"workstream": slug} for row in record[each] if row["workstream"] == first["slug"]]
            made[each] += found
        voices += [v | {"workstream": slug} for v in record["voices"]["voices"] if v["workstream"] == first["slug"]]
    return made | {"voices": record["voices"] | {"voices": voices}}


def main() -> None:
    """Print one row a size and format, as Markdown. Memory is the most that any child had held until then."""
    record = json.loads(RECORD.read_text())
    heads = ("edition", "format", "workstreams", "pages", "wall s", "CPU s", "MB held", "kB")
    _row(heads)
    _row(["---"] * len(heads))
    for size in SIZES:
        content = of_size(record, size)
        for edition, kind in MEASURED:
            began, before = time.perf_counter(), _cpu()
            made = documents.made(content, edition, kind)
            wall, cpu = time.perf_counter() - began, _cpu() - before
            held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            sizes = (held, len(made.content) // 1024)
            _row((edition.words, kind.words, size, made.pages or "", f"{wall:.1f}", f"{cpu:.1f}", *sizes))


def _row(cells: Iterable[object]) -> None:
    sys.stdout.write(f"| {' | '.join(str(each) for each in cells)} |\n")
    sys.stdout.flush()


def _cpu() -> float:
    """CPU seconds of this process and of the children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main()

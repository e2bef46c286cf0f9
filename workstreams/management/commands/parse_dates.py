"""bin/manage parse_dates: how dates as people write them are read, one JSON line each."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workstreams import fuzzydates
from workstreams.management.page_file import STANDARD_INPUT, PageFileError, read_page


class Command(BaseCommand):
    """Reading only; nothing is saved."""

    help = "Read one date a line (text, then optionally a tab and the day it leans on) and print one JSON line each."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, or standard input."""
        parser.add_argument("file", nargs="?", default=STANDARD_INPUT, help="lines of dates; standard input by default")

    def handle(self, *args: object, **options: Any) -> None:
        """One line in, one line out; blank lines are left out."""
        try:
            lines = read_page(options["file"]).splitlines()
        except PageFileError as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in filter(str.strip, lines):
            self.stdout.write(json.dumps(_read(line), ensure_ascii=False))


def _read(line: str) -> dict[str, Any]:
    """The date's parts, or null for each where the text states none."""
    text, _, leans_on = line.partition("\t")
    read_as = fuzzydates.parse(text, _reference(leans_on.strip()))
    return {
        "text": text,
        "start": _iso(read_as.start if read_as else None),
        "end": _iso(read_as.end if read_as else None),
        "precision": read_as.precision.value if read_as else None,
        "kind": read_as.kind.value if read_as else None,
        "ambiguous": bool(read_as and read_as.ambiguous),
        "display": read_as.display() if read_as else None,
        "basis": read_as.basis if read_as else None,
    }


def _reference(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}” is not a day. Write it as 2026-10-31.") from None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

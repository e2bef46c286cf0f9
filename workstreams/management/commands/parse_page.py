"""bin/manage parse_page: what is understood of a page, without a database."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workstreams import narrative
from workstreams.management.page_file import PageFileError, read_page


class Command(BaseCommand):
    """Reading only; nothing is saved."""

    help = "Print what is understood of a programme page, as JSON in the published form."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file; JSON is the only form there is, and --json says so."""
        parser.add_argument("file", help="a text file with the page; - reads standard input")
        parser.add_argument("--workstream", metavar="NAME", help="the workstream, where the page has no title")
        parser.add_argument("--json", action="store_true", help="print JSON (the default)")

    def handle(self, *args: object, **options: Any) -> None:
        """Parse and print."""
        try:
            page = narrative.parse(read_page(options["file"]), name=options["workstream"])
        except PageFileError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(page.as_dict(), ensure_ascii=False, indent=2))

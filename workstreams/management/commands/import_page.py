"""bin/manage import_page: save a programme page, or with --dry-run say what would be saved."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from programme.actions import periods, programmes
from programme.clock import today
from programme.dates import month_words
from programme.models import Programme
from programme.refusals import Refused
from workstreams import narrative
from workstreams.actions.importing import ImportSummary, import_page
from workstreams.management.page_file import PageFileError, read_page

LONGEST_LIST = 20


class Command(BaseCommand):
    """From a text file to workstreams, months and milestones, each knowing its line."""

    help = "Import a programme page from a text file as one batch. The same page again adds only what is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file and where it goes."""
        parser.add_argument("file", help="a text file with the page, as copied from the browser")
        parser.add_argument(
            "--programme", required=True, metavar="SLUG", help="the programme's short name in addresses"
        )
        parser.add_argument("--workstream", metavar="NAME", help="the workstream, where the page describes one only")
        parser.add_argument("--create", metavar="NAME", help="make the programme with this name if there is none")
        parser.add_argument("--dry-run", action="store_true", help="say what would be saved, and save nothing")

    def handle(self, *args: object, **options: Any) -> None:
        """Read the file, then import; refusals become one sentence."""
        try:
            text = read_page(options["file"])
            page = narrative.parse(text, name=options["workstream"], reference=today())
            summary = self._import(page, text, options)
        except (PageFileError, Refused) as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell_page(page)
        self._tell_summary(summary, dry_run=options["dry_run"])

    def _import(self, page: narrative.ParsedPage, text: str, options: dict[str, Any]) -> ImportSummary:
        """In a dry run a programme made for the page goes again, too."""
        with transaction.atomic():
            programme = _programme(options["programme"], options["create"])
            named = programme.workstreams.filter(name__iexact=options["workstream"] or "").first()
            summary = import_page(
                programme=programme,
                parsed=page,
                source=options["file"].rsplit("/", 1)[-1],
                text=text,
                by=None,
                workstream=named,
                dry_run=options["dry_run"],
            )
            transaction.set_rollback(options["dry_run"])
        return summary

    def _tell_page(self, page: narrative.ParsedPage) -> None:
        for workstream in page.workstreams:
            self.stdout.write(f"{workstream.name} ({workstream.status})")
            for line in _understood(workstream):
                self.stdout.write(f"  {line}")
        self._list("Worth checking", [f"Line {warning.line}: {warning.message}" for warning in page.warnings])
        self._list("Lines nothing was made of", [f"Line {each.line}: {each.text}" for each in page.unused])

    def _tell_summary(self, summary: ImportSummary, *, dry_run: bool) -> None:
        self._list("Left as it was", summary.skipped)
        self._list("To settle by hand", summary.to_check)
        if dry_run:
            self.stdout.write(f"This was a dry run. It would add {summary.added}; nothing was saved.")
        elif summary.batch is None:
            self.stdout.write("Nothing new was found, so nothing was saved.")
        else:
            self.stdout.write(f"Added {summary.added} as import {summary.batch.pk}.")

    def _list(self, heading: str, lines: list[str] | tuple[str, ...]) -> None:
        """A heading with its lines; a long list says how many it leaves out."""
        if not lines:
            return
        self.stdout.write(f"{heading}:")
        for line in lines[:LONGEST_LIST]:
            self.stdout.write(f"  {line}")
        if len(lines) > LONGEST_LIST:
            self.stdout.write(f"  and {len(lines) - LONGEST_LIST:,} more")


def _programme(slug: str, create: str | None) -> Programme:
    """The programme of that slug, made now where --create names it."""
    found = Programme.objects.filter(slug=slug).first()
    if found:
        return found
    if not create:
        known = ", ".join(Programme.objects.values_list("slug", flat=True)) or "none yet"
        raise Refused(f"There is no programme “{slug}” (there are: {known}). Add --create NAME to make it.")
    if Programme.objects.filter(name=create).exists():
        raise Refused(f"There is a programme called “{create}” already, with another short name.")
    made = programmes.create(name=create, slug=slug, by=None)
    periods.make_ahead(programme=made, today=today())
    return made


def _understood(workstream: narrative.Workstream) -> list[str]:
    """What was read of one workstream, in a few lines."""
    months = [update.month for update in workstream.updates if update.month]
    lines = [
        f"led by {' and '.join(lead.name for lead in workstream.leads)}" if workstream.leads else "no lead named",
        _counted("objective", workstream.objectives),
        _counted("monthly update", workstream.updates) + _from_to(months),
        _counted("phase", workstream.phases),
        _counted("milestone", workstream.milestones),
        _counted("decision gate", workstream.gates),
    ]
    return [line for line in lines if line]


def _counted(noun: str, things: tuple[object, ...]) -> str:
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}" if things else ""


def _from_to(months: list[date]) -> str:
    return f", {month_words(min(months))} to {month_words(max(months))}" if months else ""

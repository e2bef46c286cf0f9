"""bin/manage undo_import: take back one import, while nothing builds on it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programme.models import ImportBatch
from programme.refusals import Refused
from workstreams.actions.undoing import undo_import


class Command(BaseCommand):
    """By the number that import_page printed."""

    help = "Undo one import as a whole. Refused, with the reason, where something newer builds on what it made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The batch."""
        parser.add_argument("number", type=int, help="the import's number, as import_page printed it")

    def handle(self, *args: object, **options: Any) -> None:
        """Undo, or say what stands in the way."""
        batch = ImportBatch.objects.filter(pk=options["number"]).first()
        if batch is None:
            raise CommandError(f"There is no import number {options['number']}.")
        words = str(batch)
        try:
            undo_import(batch=batch, by=None)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Undone: {words}.")

"""bin/manage load_london_reviews: the published visits to seven London systems, and the library that came of them."""

from typing import Any

from django.core.management.base import BaseCommand

from thrive.maturity.actions import published


class Command(BaseCommand):
    """Once; a second time it says so and changes nothing."""

    help = "Load the published maturity visits to London, as findings without levels, and the best-practice library."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them and say what is there."""
        made = published.load_london(by=None)
        self.stdout.write(f"Loaded {len(made)} visits and the library." if made else "They are there already.")

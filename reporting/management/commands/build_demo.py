"""bin/manage build_demo: make the demo programmes, or bring them up to today."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reporting.demo import build_demo


class Command(BaseCommand):
    """The demo's data. Safe to run at any time; it adds the months that have passed and changes nothing else."""

    help = "Make the demo programmes, or add the months that have passed since they were made."
    requires_system_checks = ()  # it runs at every start of the demo, where a second counts; bin/test runs the checks

    def handle(self, *args: object, **options: object) -> None:
        """Refuse where real programmes live, then build."""
        if settings.PRODUCTION:
            raise CommandError(
                "The demo's people and passwords are invented and published, so they are not put into production. "
                "Set TRACKER_MODE to demo to try the product."
            )
        build_demo(say=self.stdout.write)
        self.stdout.write("The demo programmes are up to date.")

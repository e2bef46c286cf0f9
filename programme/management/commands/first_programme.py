"""bin/manage first_programme: the very first programme and its administrator, on a service that has none."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from programme.actions import programmes, setting_up
from programme.clock import today
from programme.models import Membership, User
from programme.refusals import Refused
from programme.roles import Role


class Command(BaseCommand):
    """Everything after it is done in the product, under Manage."""

    help = "Make the first programme and its administrator. Further programmes are created in the product."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and what it is called."""
        parser.add_argument("name", help="what the programme is called")
        parser.add_argument("--administrator", required=True, help="the administrator's name")
        parser.add_argument("--email", required=True, help="the address they sign in with")

    def handle(self, *args: object, **options: Any) -> None:
        """Make all three, or nothing."""
        if Membership.objects.in_force(today()).filter(role=Role.ADMINISTRATOR, user__is_active=True).exists():
            raise CommandError(
                "This service has an administrator already. They create further programmes under Manage."
            )
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']} is not an email address.") from error
        if User.objects.filter(email__iexact=options["email"]).exists():
            raise CommandError("There is an account with this address already.")
        try:
            slug = self._make(options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{options['name']} has been made. {options['administrator']} chooses a password with "
            f"'I have forgotten my password' at {settings.PUBLIC_URL}/password/reset/, and goes on at "
            f"{settings.PUBLIC_URL}/p/{slug}/manage/."
        )

    @transaction.atomic
    def _make(self, options: dict[str, Any]) -> str:
        person = programmes.add_person(name=options["administrator"], by=None)
        account = programmes.add_account(person=person, email=options["email"], password=None, by=None)
        return setting_up.begin(name=options["name"], mandate="", by=account, today=today()).slug

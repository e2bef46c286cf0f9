#!/usr/bin/env python
"""Django's command line. Commands that change the database's structure run as its owner, all others as the app role."""

import os
import sys

OWNER_COMMANDS = {"migrate", "sqlmigrate", "createcachetable"}


def use_owner_role() -> None:
    """Point DATABASE_URL at the owner role, as migrations create and protect tables the app role may not change."""
    owner_url = os.environ.get("DATABASE_OWNER_URL")
    if not owner_url:
        sys.exit(
            "DATABASE_OWNER_URL is not set. Migrations run as the database owner, the application as a role with "
            "fewer rights; see docs/operations.md, 'Two database roles'."
        )
    os.environ["DATABASE_APP_URL"] = os.environ.get("DATABASE_URL", "")
    os.environ["DATABASE_URL"] = owner_url


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        use_owner_role()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

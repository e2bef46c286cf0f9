"""Migration operations that make the database itself refuse what the product promises never to do.

A trigger alone is no protection, because the application role could switch triggers off for its session. Rights that
the role does not have cannot be switched on, so immutable tables lose UPDATE, DELETE and TRUNCATE for that role.
The role's name comes from DATABASE_URL at migration time.
"""

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


def _app_role(editor: BaseDatabaseSchemaEditor) -> str:
    return editor.connection.ops.quote_name(settings.DATABASE_APP_ROLE)


class OwnersFunction(migrations.operations.base.Operation):
    """Create a function that runs with its owner's rights and that only the application role may call.

    `signature` is its name with argument types, `definition` the CREATE FUNCTION statement.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, signature: str, definition: str) -> None:
        self.signature = signature
        self.definition = definition

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """How the operation is written down in a migration file."""
        return (self.__class__.__qualname__, [self.signature, self.definition], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Functions are not part of Django's picture of the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create it, and let nobody else call it."""
        schema_editor.execute(self.definition)
        schema_editor.execute(f"REVOKE ALL ON FUNCTION {self.signature} FROM PUBLIC")
        schema_editor.execute(f"GRANT EXECUTE ON FUNCTION {self.signature} TO {_app_role(schema_editor)}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop it."""
        schema_editor.execute(f"DROP FUNCTION {self.signature}")

    def describe(self) -> str:
        """One line for the migration's output."""
        return f"Create the owner's function {self.signature}"


class RevokeChanges(migrations.operations.base.Operation):
    """Take UPDATE, DELETE and TRUNCATE on `tables` (and INSERT if `insert` is true) away from the application role."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, tables: list[str], *, insert: bool = False) -> None:
        self.tables = tables
        self.insert = insert

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """How the operation is written down in a migration file."""
        return (self.__class__.__qualname__, [self.tables], {"insert": self.insert})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Rights are not part of Django's picture of the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Revoke the rights."""
        rights = "UPDATE, DELETE, TRUNCATE" + (", INSERT" if self.insert else "")
        for table in self.tables:
            name = schema_editor.quote_name(table)
            schema_editor.execute(f"REVOKE {rights} ON {name} FROM {_app_role(schema_editor)}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Give the rights back."""
        for table in self.tables:
            name = schema_editor.quote_name(table)
            schema_editor.execute(f"GRANT INSERT, UPDATE, DELETE ON {name} TO {_app_role(schema_editor)}")

    def describe(self) -> str:
        """One line for the migration's output."""
        return f"Make {', '.join(self.tables)} unchangeable for the application role"

"""A migration operation that makes many new tables at once, each in its final shape.

Django draws its picture of the models anew for every column, constraint and trigger it adds to a tracked model. For the
tables of a whole application that takes a minute of nothing else; here the picture is drawn once.
"""

from collections.abc import Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class MadeAtOnce(migrations.operations.base.Operation):
    """Do what `makemigrations` wrote for new models, as one step.

    `operations` create models and add columns, constraints, indexes and triggers to these models only: nothing that was
    there before is touched. Foreign keys between the new tables may go in a circle, because PostgreSQL is told of them
    when all tables are there.
    """

    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """How the operation is written down in a migration file."""
        return (self.__class__.__qualname__, [self.operations], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the picture of the models without drawing it in between."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create the tables with their columns, constraints and indexes, then the triggers."""
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)
        for operation in self.operations:
            if isinstance(operation, AddTrigger):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the tables, and with them all that hangs on them."""
        for operation in reversed(self.operations):
            if isinstance(operation, CreateModel):
                schema_editor.delete_model(from_state.apps.get_model(app_label, operation.name))

    def describe(self) -> str:
        """One line for the migration's output."""
        made = sum(isinstance(operation, CreateModel) for operation in self.operations)
        return f"Create {made} tables"

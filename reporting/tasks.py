"""What workers do: fetch an id, run one action, stop. Rows in PostgreSQL are the truth."""

from celery import shared_task

from programme.actions import periods
from programme.clock import today
from programme.models import Programme
from reporting import actions
from reporting.actions import scheduling


@shared_task(name=actions.BUILD_TASK)
def build(report_id: int) -> None:
    """Build one board report."""
    actions.build(report_id=report_id)


@shared_task(name="reporting.sweep")
def sweep() -> None:
    """Every minute: send again what nobody holds, ask for what has fallen due, and keep months made ahead.

    Harmless to run twice, or late.
    """
    actions.sweep()
    for programme in Programme.objects.all():
        periods.make_ahead(programme=programme, today=today())
    scheduling.tick()

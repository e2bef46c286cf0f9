"""What workers do with the work: write the day's reminders. Rows in PostgreSQL are the truth."""

from celery import shared_task

from workstreams.actions import reminding


@shared_task(name="workstreams.remind")
def remind() -> None:
    """Every minute: write the digests that are still to be written today. Harmless to run twice, or not for days."""
    reminding.tick()

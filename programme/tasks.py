"""What workers do with the ground: deliver the e-mails that wait. Rows in PostgreSQL are the truth."""

from celery import shared_task

from programme.actions import mail


@shared_task(name=mail.DELIVER_TASK)
def deliver_mail() -> None:
    """Every minute, and whenever something was written. Harmless to run twice."""
    mail.deliver_waiting()

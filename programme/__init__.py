"""The ground every other app stands on. Importing the Celery app here makes `shared_task` use our broker."""

from programme.celery import app as celery_app

__all__ = ["celery_app"]

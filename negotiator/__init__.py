"""The composition: settings, addresses, workers and the table of consequences. Everything else lives in apps/."""

from negotiator.celery import app as celery_app

__all__ = ["celery_app"]

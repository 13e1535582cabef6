"""The Celery application. Tasks read the record; nothing is lost when a message or a worker is."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiator.settings")

app = Celery("negotiator")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

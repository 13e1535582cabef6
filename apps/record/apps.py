from django.apps import AppConfig
from django.db.models.signals import post_migrate

from apps.record import types as types
from apps.record.guards import grant_rights


class RecordConfig(AppConfig):
    name = "apps.record"

    def ready(self) -> None:
        post_migrate.connect(grant_rights, sender=self)

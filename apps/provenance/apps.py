from django.apps import AppConfig

from apps.provenance import types as types


class ProvenanceConfig(AppConfig):
    name = "apps.provenance"

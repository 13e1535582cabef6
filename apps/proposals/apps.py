from django.apps import AppConfig

from apps.proposals import types as types


class ProposalsConfig(AppConfig):
    name = "apps.proposals"

from django.apps import AppConfig

from apps.deliberation import types as types


class DeliberationConfig(AppConfig):
    name = "apps.deliberation"

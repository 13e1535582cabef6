from django.apps import AppConfig

from apps.frameworks import types as types


class FrameworksConfig(AppConfig):
    name = "apps.frameworks"

from django.apps import AppConfig

from apps.protection import types as types


class ProtectionConfig(AppConfig):
    name = "apps.protection"

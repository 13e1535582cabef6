from django.apps import AppConfig

from apps.measurement import types as types


class MeasurementConfig(AppConfig):
    name = "apps.measurement"

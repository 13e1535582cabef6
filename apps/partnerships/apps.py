from django.apps import AppConfig

from apps.partnerships import types as types


class PartnershipsConfig(AppConfig):
    name = "apps.partnerships"

from django.apps import AppConfig

from apps.notifications import types as types


class NotificationsConfig(AppConfig):
    name = "apps.notifications"

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from apps.partnerships import types as types


class PartnershipsConfig(AppConfig):
    name = "apps.partnerships"

    def ready(self) -> None:
        # Models are ready only now, so this cannot stand at the top.
        from apps.partnerships.signing_in import record_sign_in  # noqa: PLC0415

        user_logged_in.connect(record_sign_in, dispatch_uid="sign-in of administrators")

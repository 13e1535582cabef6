from django.apps import AppConfig


class NegotiatorConfig(AppConfig):
    name = "negotiator"

    def ready(self) -> None:
        # Models are ready only now, so these cannot stand at the top.
        from apps.record.findings import register_check  # noqa: PLC0415
        from apps.record.readers import register  # noqa: PLC0415
        from negotiator.checks import CHECKS  # noqa: PLC0415
        from negotiator.consequences import CONSEQUENCES  # noqa: PLC0415

        for reader in CONSEQUENCES:
            register(reader)
        for check in CHECKS:
            register_check(check)

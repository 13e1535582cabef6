"""`manage.py score history.json`: recompute a verdict from a file, without database, engine or secret."""

import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from apps.provenance.domain.files import main


class Command(BaseCommand):
    """Hands its arguments to the scoring rule as they are."""

    help = "Score one history file (docs/scoring-rule.md)."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> NoReturn:
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        main([str(each) for each in args])

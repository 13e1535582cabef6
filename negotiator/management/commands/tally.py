"""`manage.py tally --rule rule.json --ballots ballots.csv`: recount from files, without database, engine or secret."""

import sys
from typing import Any, NoReturn

from apps.consensus.files import main
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Hands its arguments to the consensus library as they are."""

    help = "Count ballots under a rule (docs/rules.md)."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> NoReturn:
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        main([str(each) for each in args])

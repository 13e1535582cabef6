"""`manage.py recompute_verdicts`: does every stored verdict come out again when it is computed from the record?"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.provenance.checks import check
from apps.provenance.models import Verdict
from apps.record.models import Log


class Command(BaseCommand):
    """Computes every verdict of every log anew. Exit 0: stored = recomputed; 1: the first differences, one on a line; 2: the call
    itself was wrong.
    """

    help = "Compute every verdict anew from the record and compare it with the stored one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--log", help="only this log (its id or name)")
        parser.add_argument("--show", type=int, default=10, help="how many differences to name (10)")

    def handle(self, *args: Any, **options: Any) -> None:
        logs = [log for log in Log.objects.order_by("name") if options["log"] in {None, str(log.id), log.name}]
        if not logs and options["log"]:
            self.stderr.write(f"There is no log {options['log']}.")
            sys.exit(2)
        findings = [finding for log in logs for finding in check(log)]
        count = Verdict.objects.filter(framework__partnership__log__in=logs).count()
        for finding in findings[: options["show"]]:
            self.stdout.write(str(finding))
        if findings:
            self.stdout.write(f"verdicts NOT verified: {len(findings)} differences in {count} verdicts")
            sys.exit(1)
        self.stdout.write(f"verdicts verified: {count} recomputed, all as stored")

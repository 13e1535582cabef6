"""`manage.py record verify`: does the database still say what the record says? `manage.py record newkey`: a signing key."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.common.errors import Refusal
from apps.record import keys
from apps.record.domain.checkpoint import Checkpoint
from apps.record.domain.note import Note, Verifier
from apps.record.models import Log
from apps.record.selectors import origin
from apps.record.verify import verify_log


class Command(BaseCommand):
    """Verifies every log. Exit 0: nothing found; 1: each finding on a line; 2: the call itself was wrong."""

    help = "Verify the record (verify), or make the key that signs its checkpoints (newkey)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "newkey"])
        parser.add_argument("--log", help="only this log (its id or name)")
        parser.add_argument(
            "--key", action="append", default=[], help="a public key (vkey) that may have signed a kept checkpoint"
        )
        parser.add_argument("--checkpoint", action="append", default=[], help="a file with a checkpoint kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["what"] == "newkey":
                self._newkey()
            else:
                self._verify(**options)
        except Refusal as refusal:
            self._stop(refusal.message)

    def _newkey(self) -> None:
        path = Path(settings.RECORD_KEY_FILE)
        if path.exists():
            self._stop(f"{path} exists already; a key in use is never overwritten.")
        keys.make(path)
        self.stdout.write(f"{path}: {keys.signer().verifier.vkey}")

    def _verify(self, **options: Any) -> None:
        verifiers = [Verifier.parse(key) for key in options["key"]]
        kept = self._kept(options["checkpoint"])
        logs = [log for log in Log.objects.order_by("name") if options["log"] in {None, str(log.id), log.name}]
        if not logs and options["log"]:
            self._stop(f"There is no log {options['log']}.")
        strangers = set(kept) - {origin(log.id) for log in logs}
        if strangers:
            self._stop(f"There is no log here for the kept checkpoint of {', '.join(sorted(strangers))}.")
        found = 0
        for log in logs:
            for finding in verify_log(log, kept.get(origin(log.id), []), verifiers):
                found += 1
                self.stdout.write(str(finding))
        entries = sum(log.size for log in logs)
        if found:
            self.stdout.write(f"record NOT verified: {found} findings in {entries} entries")
            sys.exit(1)
        self.stdout.write(f"record verified: {entries} entries")

    def _kept(self, files: list[str]) -> dict[str, list[str]]:
        kept: dict[str, list[str]] = {}
        for file in files:
            try:
                raw = Path(file).read_text()
            except (OSError, UnicodeDecodeError):
                self._stop(f"{file} cannot be read.")
            kept.setdefault(Checkpoint.parse(Note.parse(raw).text).origin, []).append(raw)
        return kept

    def _stop(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(2)

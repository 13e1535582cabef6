"""`manage.py record ...`: verify it, make or replace the key that signs it, choose who witnesses it.

`record verify DOSSIER` needs none of this: manage.py runs it before Django starts (apps/exchange/domain/command.py).
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.common.errors import Refusal
from apps.record import keys, rotating, witnessing
from apps.record.domain.checkpoint import Checkpoint
from apps.record.domain.note import Note, Verifier
from apps.record.models import Log
from apps.record.selectors import origin
from apps.record.verify import verify_log


class Command(BaseCommand):
    """`verify`: exit 0 nothing found; 1 each finding on a line. Whatever is asked wrongly: one line and exit 2."""

    help = "Verify the record, make or replace its key, choose its witnesses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        verify = verbs.add_parser("verify", help="hold the database against the record (or a dossier: verify FILE)")
        verify.add_argument("--log", help="only this log (its id or name)")
        verify.add_argument(
            "--key", action="append", default=[], help="a public key that may have signed a kept checkpoint"
        )
        verify.add_argument("--checkpoint", action="append", default=[], help="a file with a checkpoint kept elsewhere")
        verify.add_argument(
            "--processes", type=int, default=0, help="how many work at it; none: as many as there are cores"
        )
        verbs.add_parser("newkey", help="make the key that signs checkpoints")
        verbs.add_parser("rotate", help="begin to replace the key: a new one signs beside it")
        verbs.add_parser("retire", help="end the replacement: the old key signs no more")
        witness = verbs.add_parser("witness", help="choose somebody who signs checkpoints too")
        witness.add_argument("vkey", help="the public key of the witness's cosignatures")
        witness.add_argument("--name", default="", help="who it is")
        witness.add_argument("--url", default="", help="its address (c2sp.org/tlog-witness)")
        witness.add_argument("--mail", default="", help="where one checkpoint a day is sent")
        witness.add_argument("--remove", action="store_true", help="send it no more")
        compare = verbs.add_parser("compare", help="hold a checkpoint somebody kept against the record, with alarm")
        compare.add_argument("checkpoint", help="the file")
        compare.add_argument("--seen-by", default="", help="who kept it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['what']}")(**options)
        except Refusal as refusal:
            self._stop(refusal.message)

    def _newkey(self, **options: Any) -> None:
        path = Path(settings.RECORD_KEY_FILE)
        if path.exists():
            self._stop(f"{path} exists already; a key in use is never overwritten.")
        keys.make(path)
        self.stdout.write(f"{path}: {keys.signers()[-1].verifier.vkey}")

    def _rotate(self, **options: Any) -> None:
        self.stdout.write(f"new key, beside the old one: {rotating.begin().verifier.vkey}")

    def _retire(self, **options: Any) -> None:
        self.stdout.write(f"signs no more: {rotating.end().verifier.vkey}")

    def _witness(self, **options: Any) -> None:
        if options["remove"]:
            witnessing.remove_witness(vkey=options["vkey"])
            self.stdout.write("removed")
            return
        name = options["name"] or options["vkey"].partition("+")[0]
        made = witnessing.add_witness(name=name, vkey=options["vkey"], url=options["url"], mail=options["mail"])
        self.stdout.write(f"witness: {made.name}")

    def _compare(self, **options: Any) -> None:
        ((name, (raw, *_)),) = self._kept([options["checkpoint"]]).items()
        log = next((log for log in Log.objects.all() if origin(log.id) == name), None)
        if log is None:
            self._stop(f"There is no log here for a checkpoint of {name}.")
        else:
            new = witnessing.accept(log.id, raw, seen_by=options["seen_by"])
            self.stdout.write(f"it is part of this record; {len(new)} new signatures of witnesses")

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
            for finding in verify_log(log, kept.get(origin(log.id), []), verifiers, options["processes"] or None):
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

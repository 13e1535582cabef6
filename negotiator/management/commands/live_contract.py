"""Write, or check, the documents generated from the messages of the live room."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.live.contract import asyncapi, typescript


class Command(BaseCommand):
    """`live_contract --write` writes frontend/src/live/protocol.ts and docs/asyncapi.json; `--check` says whether they are true."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--write", action="store_true", help="write the documents")
        what.add_argument("--check", action="store_true", help="exit 1 if a document is not what the classes say")

    def handle(self, *args: Any, **options: Any) -> None:
        documents = {
            settings.BASE_DIR / "frontend/src/live/protocol.ts": typescript(),
            settings.BASE_DIR / "docs/asyncapi.json": json.dumps(asyncapi(), indent=2) + "\n",
        }
        if options["write"]:
            for path, text in documents.items():
                path.write_text(text)
            return
        stale = [path.name for path, text in documents.items() if not path.is_file() or path.read_text() != text]
        if stale:
            raise CommandError(f"{' and '.join(stale)}: run 'python manage.py live_contract --write'.")

"""`manage.py rehearse SCENARIO`: play a scenario as real clients against a running server, and show what came of it."""

import json
import sys
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from apps.accounts.models import Person
from apps.accounts.services import give_token
from apps.common import clock
from apps.common.errors import Invalid, Refusal
from apps.record.models import Log
from apps.record.verify import verify_log
from negotiator.demo import SCENARIO
from negotiator.rehearsal import table, verification
from negotiator.rehearsal.api import Api
from negotiator.rehearsal.player import Player
from negotiator.rehearsal.scenario import read_scenario
from negotiator.rehearsal.transports import Network

NOT_AS_EXPECTED = {"rehearsal.unexpected", "record.not_verified"}


class Command(BaseCommand):
    """Exit 0 when everything went as the scenario expects and the record verifies, 1 when not, 2 when it could not be played."""

    help = "Play a scenario over HTTP and sockets against a running server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "scenario", nargs="?", default=str(SCENARIO), help="a scenario file; without one, the demonstration"
        )
        parser.add_argument("--url", default=settings.BASE_URL, help="where the server is")
        parser.add_argument("--tokens", help='a file {"founder": token} of the person who founds the partnership')

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            wrong = self._rehearse(options)
        except Refusal as refusal:
            self.stderr.write(refusal.message)
            sys.exit(1 if refusal.code in NOT_AS_EXPECTED else 2)
        if wrong:
            sys.exit(1)

    def _rehearse(self, options: dict[str, Any]) -> bool:
        scenario = read_scenario(Path(options["scenario"]))
        api = Api(Network(options["url"]))
        token = token_in(Path(options["tokens"])) if options["tokens"] else founder_token()
        player = Player(scenario, api, token, tell=lambda line: self.stdout.write(f"  {line}"))
        self.stdout.write(f"Playing '{scenario.title}' at {options['url']} ...")
        player.play()
        return self._show(player)

    def _show(self, player: Player) -> bool:
        found = table.rows(player)
        size = verification.verify(player)
        findings = rows_against_entries(player.known["partnership"]["log"])
        wrong = [f"not as expected: {difference}" for difference in table.differences(player, found)]
        verified = [] if findings else [f"record verified: {size} entries"]
        for line in [*table.lines(found), *wrong, *findings, *verified]:
            self.stdout.write(line)
        return bool(wrong or findings)


def token_in(path: Path) -> str:
    """The founder's token from a file. Raises `Invalid` (tokens.malformed)."""
    try:
        return str(json.loads(path.read_text())["founder"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Invalid("tokens.malformed", f'{path}: it must be a file that holds {{"founder": token}}.') from error


def founder_token() -> str:
    """A token, good for a day, for the person who founds rehearsals on this machine; needs the server's own database."""
    try:
        person = Person.objects.filter(email="rehearsal@example.org").first() or Person.objects.create_user(
            email="rehearsal@example.org", name="Orla Devane"
        )
        return give_token(person=person, label="rehearsal", until=clock.now() + timedelta(days=1))[1]
    except DatabaseError as error:
        raise Invalid(
            "tokens.missing", "The server's database cannot be reached from here: give a file with --tokens."
        ) from error


def rows_against_entries(log: str) -> list[str]:
    """What the server's own database says against the record, where it can be reached from here."""
    try:
        found = Log.objects.filter(id=log).first()
        return [str(finding) for finding in verify_log(found)] if found else []
    except DatabaseError:
        return []

"""`manage.py rehearse SCENARIO`: play a scenario as real clients against a running server, and show what came of it."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.accounts.models import ApiToken, Person
from apps.common.errors import Refusal
from apps.partnerships.models import Partnership
from apps.record.verify import verify_log
from negotiator.rehearsal import table
from negotiator.rehearsal.api import Api
from negotiator.rehearsal.player import Player
from negotiator.rehearsal.scenario import read_scenario
from negotiator.rehearsal.transports import Network

DEMO = Path(__file__).resolve().parents[2] / "demo" / "lismorrow.json"


class Command(BaseCommand):
    """Exit 0 when everything went as the scenario expects and the record verifies, 1 when not, 2 when it could not be played."""

    help = "Play a scenario over HTTP and sockets against a running server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "scenario", nargs="?", default=str(DEMO), help="a scenario file; without one, the demonstration"
        )
        parser.add_argument("--url", default=settings.BASE_URL, help="where the server is")
        parser.add_argument("--tokens", help='a file {"founder": token} of the person who founds the partnership')

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            player = self._player(options)
            self.stdout.write(f"Playing '{player.scenario.title}' at {options['url']} ...")
            player.play()
            wrong = self._show(player)
        except Refusal as refusal:
            self.stderr.write(refusal.message)
            sys.exit(2)
        if wrong:
            sys.exit(1)

    def _player(self, options: dict[str, Any]) -> Player:
        scenario = read_scenario(Path(options["scenario"]))
        token = json.loads(Path(options["tokens"]).read_text())["founder"] if options["tokens"] else founder_token()
        return Player(scenario, Api(Network(options["url"])), token, tell=lambda line: self.stdout.write(f"  {line}"))

    def _show(self, player: Player) -> bool:
        for line in table.lines(list(table.rows(player))):
            self.stdout.write(line)
        differences = list(table.differences(player))
        for difference in differences:
            self.stdout.write(f"not as expected: {difference}")
        log = Partnership.objects.select_related("log").get(id=player.known["partnership"]["id"]).log
        findings = [str(finding) for finding in verify_log(log)]
        for finding in findings:
            self.stdout.write(finding)
        if not findings:
            self.stdout.write(f"record verified: {log.size} entries")
        return bool(findings or differences)


def founder_token() -> str:
    """A token for the person who founds rehearsals on this machine; needs the server's own database."""
    person = Person.objects.filter(email="rehearsal@example.org").first() or Person.objects.create_user(
        email="rehearsal@example.org", name="Orla Devane"
    )
    return ApiToken.make(person, "rehearsal")

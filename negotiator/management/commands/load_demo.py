"""`manage.py load_demo`: play the demonstration inside the process with a moved clock, once."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from apps.accounts.models import ApiToken
from apps.common.errors import Refusal
from apps.partnerships.models import Partnership
from apps.record.act import pause
from negotiator.demo import people
from negotiator.management.commands.rehearse import DEMO
from negotiator.rehearsal import table
from negotiator.rehearsal.api import Api
from negotiator.rehearsal.player import Player
from negotiator.rehearsal.scenario import read_scenario
from negotiator.rehearsal.transports import Inside


class Command(BaseCommand):
    """Loads the demonstration unless it is there. Half a demonstration, left by a crash, is set aside and a new one is made."""

    help = "Load the demonstration partnership, once."

    def handle(self, *args: Any, **options: Any) -> None:
        founder = people.founder()
        if Partnership.objects.filter(roles__person=founder, log__paused=False, log__demo=True).exists():
            self.stdout.write("The demonstration is there.")
            return
        token = ApiToken.make(founder, "demonstration")
        player = Player(read_scenario(DEMO), Api(Inside()), token, tell=self.stdout.write)
        try:
            player.play()
        except Refusal as refusal:
            self.stderr.write(refusal.message)
            sys.exit(1)
        finally:
            ApiToken.objects.filter(person=founder, label="demonstration").delete()
        self._open(player)
        for difference in table.differences(player):
            self.stdout.write(f"not as told: {difference}")

    def _open(self, player: Player) -> None:
        partnership = Partnership.objects.get(id=player.known["partnership"]["id"])
        people.give_addresses(partnership, player.scenario, player.known["member"])
        pause(partnership.log_id, False)

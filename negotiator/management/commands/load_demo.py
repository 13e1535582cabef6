"""`manage.py load_demo`: play the demonstration inside the process with a moved clock, once."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from apps.accounts.models import ApiToken, Person
from apps.common.errors import Refusal
from apps.partnerships.models import Partnership
from apps.record.act import pause
from negotiator.demo import SCENARIO, people
from negotiator.rehearsal import stage
from negotiator.rehearsal.api import Api
from negotiator.rehearsal.player import Player
from negotiator.rehearsal.scenario import read_scenario
from negotiator.rehearsal.transports import Inside

ONE_AT_A_TIME = 0x4C69736D  # the number of an advisory lock of PostgreSQL


class Command(BaseCommand):
    """Loads the demonstration unless it is there. Half a demonstration, left by a crash, is set aside and a new one is made."""

    help = "Load the demonstration partnership, once."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with _one_at_a_time(), _refusals_unsaid():
                self._load()
        except Refusal as refusal:
            self.stderr.write(refusal.message)
            sys.exit(1)

    def _load(self) -> None:
        founder = people.founder()
        if Partnership.objects.filter(roles__person=founder, log__paused=False, log__demo=True).exists():
            self.stdout.write("The demonstration is there.")
            return
        scenario = read_scenario(SCENARIO)
        player = Player(scenario, Api(Inside()), ApiToken.make(founder, stage.LABEL), tell=self.stdout.write)
        try:
            player.play()
        finally:
            _take_back_tokens(player, founder)
        with transaction.atomic():
            partnership = Partnership.objects.get(id=player.known["partnership"]["id"])
            people.give_addresses(partnership, scenario, player.known["member"])
            pause(partnership.log_id, False)
        self.stdout.write(f"The demonstration is loaded: {partnership.name}.")


def _take_back_tokens(player: Player, founder: Person) -> None:
    digests = [ApiToken.digest_of(token) for token in {player.token, *player.tokens.values()}]
    ApiToken.objects.filter(digest__in=digests).delete()


@contextmanager
def _refusals_unsaid() -> Iterator[None]:
    """The story's refused attempts are part of it: no warnings about them."""
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two that start together: the second waits, and then finds the demonstration loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])

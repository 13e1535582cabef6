"""`manage.py cast`: how to sign in as each of the demonstration's cast."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from negotiator.demo import SCENARIO
from negotiator.demo.people import cast
from negotiator.rehearsal.scenario import read_scenario


class Command(BaseCommand):
    """Prints names and addresses; the code to sign in lies in the outbox."""

    help = "Show how to sign in as each of the demonstration's cast."

    def handle(self, *args: Any, **options: Any) -> None:
        people = list(cast(read_scenario(SCENARIO)))
        if not people:
            self.stdout.write("The demonstration is not loaded: manage.py load_demo loads it.")
            return
        self.stdout.write(f"Sign in at {settings.BASE_URL}/accounts/login/ with one of these addresses;")
        self.stdout.write(f"the code it sends you lies at {settings.BASE_URL}/outbox/ (everybody is invented):")
        width = max(len(name) for name, _, _ in people)
        for name, email, what in people:
            self.stdout.write(f"  {name.ljust(width)}  {email}  {what}")

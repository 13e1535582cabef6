"""What can be done about verdicts and recorded facts: contest them, and answer a challenge."""

from apps.provenance.services.challenges import contest, withdraw_challenge
from apps.provenance.services.panels import give_opinion, step_aside

__all__ = ["contest", "give_opinion", "step_aside", "withdraw_challenge"]

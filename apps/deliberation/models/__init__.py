"""Deciding: registered rules, rounds, ballots, results, decisions, impositions, and what they leave on each field."""

from apps.deliberation.models.ballots import Ballot, Means, PaperBallot, RoundKey
from apps.deliberation.models.decisions import Decision, FieldState, RenegotiationTrack, ReviewCall
from apps.deliberation.models.meetings import Interest, NoteCorrection, PapersSent
from apps.deliberation.models.reasons import RoundReason
from apps.deliberation.models.reservations import Dissent, Reservation
from apps.deliberation.models.rounds import (
    AGREED,
    RegisteredRule,
    Round,
    RoundAlternative,
    RoundItem,
    RoundState,
    Secrecy,
)
from apps.deliberation.models.voices import Coming, Voice

__all__ = [
    "AGREED",
    "Ballot",
    "Coming",
    "Decision",
    "Dissent",
    "FieldState",
    "Interest",
    "Means",
    "NoteCorrection",
    "PaperBallot",
    "PapersSent",
    "RegisteredRule",
    "RenegotiationTrack",
    "Reservation",
    "ReviewCall",
    "Round",
    "RoundAlternative",
    "RoundItem",
    "RoundKey",
    "RoundReason",
    "RoundState",
    "Secrecy",
    "Voice",
]

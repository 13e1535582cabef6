"""What can be done in deliberation: register rules, run rounds, cast ballots, impose, record what is set outside."""

from apps.deliberation.services.ballots import Cast, Receipt, cast_ballots, cast_one
from apps.deliberation.services.coming import say_whether_coming
from apps.deliberation.services.course import (
    act_when_due,
    announce_round,
    extend_round,
    move_on,
    pause_round,
    reopen_round,
    resume_round,
)
from apps.deliberation.services.dissent import call_review, record_reservation
from apps.deliberation.services.floor import end_turn, give_floor, lower_hand, raise_hand, say_ready
from apps.deliberation.services.impositions import impose, set_outside
from apps.deliberation.services.inheriting import inherit, plan_inherited
from apps.deliberation.services.meetings import correct_note, declare_interest, rule_on_interest
from apps.deliberation.services.paper import Entered, discard_paper, enter_on_paper
from apps.deliberation.services.papers import send_papers
from apps.deliberation.services.reasons import give_reason
from apps.deliberation.services.rounds import close_round, draft_round, open_round, register_rule

__all__ = [
    "Cast",
    "Entered",
    "Receipt",
    "act_when_due",
    "announce_round",
    "call_review",
    "cast_ballots",
    "cast_one",
    "close_round",
    "correct_note",
    "declare_interest",
    "discard_paper",
    "draft_round",
    "end_turn",
    "enter_on_paper",
    "extend_round",
    "give_floor",
    "give_reason",
    "impose",
    "inherit",
    "lower_hand",
    "move_on",
    "open_round",
    "pause_round",
    "plan_inherited",
    "raise_hand",
    "record_reservation",
    "register_rule",
    "reopen_round",
    "resume_round",
    "rule_on_interest",
    "say_ready",
    "say_whether_coming",
    "send_papers",
    "set_outside",
]

"""What can be done in deliberation: register rules, run rounds, cast ballots, impose, record what is set outside."""

from apps.deliberation.services.ballots import Cast, Receipt, cast_ballots, cast_one
from apps.deliberation.services.impositions import impose, set_outside
from apps.deliberation.services.inheriting import inherit, plan_inherited
from apps.deliberation.services.rounds import close_due, close_round, draft_round, open_round, register_rule

__all__ = [
    "Cast",
    "Receipt",
    "cast_ballots",
    "cast_one",
    "close_due",
    "close_round",
    "draft_round",
    "impose",
    "inherit",
    "open_round",
    "plan_inherited",
    "register_rule",
    "set_outside",
]

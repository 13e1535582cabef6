"""Every consequence on one screen: which reader of the record does what after which entries.

Readers hold their own position per log and write results and position in one transaction (apps/record/readers.py).
"""

from apps.deliberation.readers import adopt, count_round, decide_ratified, decide_round, leave_floor
from apps.measurement.readers import ask
from apps.notifications.readers import TYPES as TOLD
from apps.notifications.readers import notify
from apps.provenance.readers import adopt_scoring_rule, record_verdict
from apps.record.readers import Reader

DECIDING = frozenset(
    {"decision.made", "imposition.made", "imposition.lapsed", "outside.recorded", "inheritance.recorded"}
)

CONSEQUENCES = (
    Reader("tally", frozenset({"round.closed"}), count_round),
    Reader("decide", frozenset({"round.tallied"}), decide_round),
    Reader("ratify", frozenset({"ratification.answered"}), decide_ratified),
    Reader("adopt", DECIDING, adopt),
    Reader("floor", frozenset({"seat.vacated"}), leave_floor),
    Reader("verdict", DECIDING, record_verdict),
    Reader("scoring rule", frozenset({"element.changed"}), adopt_scoring_rule),
    Reader("pulse", frozenset({"decision.made", "imposition.made", "outside.recorded"}), ask),
    Reader("notify", TOLD, notify),
)

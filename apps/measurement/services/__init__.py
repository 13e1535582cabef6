"""What can be done: answer a pulse; state a need, say how things hang together, show when practice first noticed something."""

from apps.measurement.services.direction import notice_practice, state_alignment, state_need, withdraw_need
from apps.measurement.services.pulses import answer_pulse, close_pulse, open_pulse

__all__ = [
    "answer_pulse",
    "close_pulse",
    "notice_practice",
    "open_pulse",
    "state_alignment",
    "state_need",
    "withdraw_need",
]

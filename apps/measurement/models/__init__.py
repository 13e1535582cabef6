"""What people say and notice, and how what is wanted from above hangs together with what grew from practice."""

from apps.measurement.models.direction import Alignment, Need, Noticing
from apps.measurement.models.pulse import Pulse, PulseAnswer

__all__ = ["Alignment", "Need", "Noticing", "Pulse", "PulseAnswer"]

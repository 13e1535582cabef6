"""Who may do what in a framework, and which acts are open."""

from apps.common.errors import Conflict
from apps.frameworks.models import Framework, Gate

WORDS = {Gate.PROPOSE: "Proposals", Gate.OFFER: "Offers of change", Gate.OBJECT: "Objections"}


def require_open(framework: Framework, gate: Gate) -> None:
    """Refuse an act whose gate is shut at present."""
    if gate.value not in framework.gates:
        raise Conflict("gate.shut", f"{WORDS[gate]} are not open in this framework at present.")

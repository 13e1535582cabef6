"""Short ways to write a history in a test: six groups, and acts in which only what matters is said."""

from typing import Any

from apps.provenance.domain.history import read_history
from apps.provenance.domain.scoring import Scored, score

GROUPS = {
    "A": "agency",
    "P": "provider",
    "F": "frontline",
    "T": "managers",
    "C": "community",
    "U": "users",
}
ALL = list(GROUPS)
PARTS = ["definition", "formula", "target", "source", "population", "frequency", "consequence"]


def history(
    *acts: dict[str, Any], until: Any = 10, groups: dict[str, str] | None = None, **more: Any
) -> dict[str, Any]:
    """A history as decoded JSON."""
    return {"version": 1, "groups": GROUPS if groups is None else groups, "until": until, "acts": list(acts), **more}


def agreed(*concurring: str, t: Any = 0, method: str = "consent", **more: Any) -> dict[str, Any]:
    """An adoption agreed by the groups named, or by all; begun jointly, unforeseen, without a window for offers."""
    groups = list(concurring) or ALL
    act = {"t": t, "type": "adopt", "method": method, "concurring": groups, "origin": "joint", "timing": "unforeseen"}
    return {**act, **more}


def imposed(t: Any = 0, method: str = "decree", **more: Any) -> dict[str, Any]:
    """An imposition by an authority, in the founding plan."""
    return {"t": t, "type": "impose", "method": method, "origin": "authority", "timing": "plan", **more}


def confirmed(t: Any, *, binding: bool = True, **more: Any) -> dict[str, Any]:
    """A confirmation by consent of all groups through an open window, worth 1."""
    return {
        "t": t,
        "type": "confirm",
        "binding": binding,
        "method": "consent",
        "concurring": ALL,
        "window": True,
        **more,
    }


def scored(*acts: dict[str, Any], **more: Any) -> Scored:
    """The verdict on the history of these acts."""
    return score(read_history(history(*acts, **more)))

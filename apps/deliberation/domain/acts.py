"""From what happened to an act of a history (methods.md 11.6): pure functions over plain facts.

The keys of the dictionaries made here are those of a history file, see docs/scoring-rule.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.consensus import ItemResult, Outcome, Rule
from apps.consensus.methods.consensus import Consensus

PRACTICE = frozenset({"frontline", "managers", "community", "users"})
WINDOW = 10
"""Working days for which offers must have been possible."""


@dataclass(frozen=True)
class Offered:
    """One offer of change: by which group, on which parts, and on which of them something was taken."""

    group: str
    parts: frozenset[str]
    taken: frozenset[str]
    answered: bool


@dataclass(frozen=True)
class Proposed:
    """What is known of the proposal behind an act."""

    action: str
    parts: Sequence[str]
    sponsors: Sequence[str]
    window_days: int
    offers: Sequence[Offered] = ()
    slot: str = ""


@dataclass(frozen=True)
class Setting:
    """The circumstances: kinds of the entitled groups by key, whether the plan was sealed, time, and day in force."""

    kinds: Mapping[str, str]
    plan_sealed: bool
    t: str
    on: str


@dataclass(frozen=True)
class Consultation:
    """What went before a decision by mandate."""

    notice: bool = False
    polled: bool = False
    objecting: Sequence[str] = ()
    bound: Sequence[str] = ()
    asked_by: Sequence[str] = field(default_factory=tuple)


def method_of(rule: Rule, result: ItemResult) -> str:
    """How a round decided: by consent, judged per group, or persons counted together."""
    unblocked = rule.kind == "consent" or (isinstance(rule.method, Consensus) and rule.method.blocks == 0)
    if unblocked:
        return "consent" if result.outcome == Outcome.AGREED else "concurrent"
    return "vote" if rule.composition.kind == "pooled" else "concurrent"


def origin_of(sponsors: Sequence[str], kinds: Mapping[str, str]) -> str:
    """Where a proposal came from: agencies alone, practice alone, or both together. A convenor's own text is the agency's."""
    found = {kinds[key] for key in sponsors if key in kinds}
    if not found - {"agency"}:
        return "authority"
    return "practice" if found <= PRACTICE else "joint"


def timing_of(setting: Setting, slot: str) -> str:
    """In the founding plan, in a place it foresaw, or neither."""
    if not setting.plan_sealed:
        return "plan"
    return "foreseen" if slot else "unforeseen"


def count_offers(offers: Iterable[Offered]) -> dict[str, list[int]]:
    """Per group: parts on which it got something, parts on which it offered."""
    offered: dict[str, set[str]] = {}
    taken: dict[str, set[str]] = {}
    for offer in offers:
        offered.setdefault(offer.group, set()).update(offer.parts)
        taken.setdefault(offer.group, set()).update(offer.taken & offer.parts)
    return {group: [len(taken[group]), len(parts)] for group, parts in sorted(offered.items())}


def joint_act(
    setting: Setting, proposed: Proposed, rule: Rule, result: ItemResult, *, first: bool, binding: bool
) -> dict[str, Any]:
    """The act of a round that agreed something."""
    return {
        **_common(setting, proposed),
        "type": _type(proposed.action, first),
        "method": method_of(rule, result),
        "concurring": [key for key in result.concurring if key in setting.kinds],
        "origin": origin_of(proposed.sponsors, setting.kinds),
        **({"binding": binding} if proposed.action == "confirm" else {}),
    }


def imposed_act(
    setting: Setting, proposed: Proposed, consultation: Consultation, *, by: str, under: str, statutory: bool
) -> dict[str, Any]:
    """The act of somebody who decides alone, under a mandate."""
    origin = "joint" if consultation.asked_by else "authority"
    return {
        **_common(setting, proposed),
        "type": "impose",
        "method": unilateral_method(proposed, consultation),
        "objecting": list(consultation.objecting),
        "bound": list(consultation.bound),
        "origin": origin,
        "by": by,
        "under": under,
        **({"asked_by": list(consultation.asked_by)} if consultation.asked_by else {}),
        **({"statutory": True} if statutory else {}),
    }


def outside_act(setting: Setting, parts: Sequence[str], *, evidence: str) -> dict[str, Any]:
    """The act of recording that parts are in force without a decision here: scored as a decree."""
    return {
        "t": setting.t,
        "on": setting.on,
        "type": "set_outside",
        "method": "decree",
        "parts": list(parts),
        "entitled": sorted(setting.kinds),
        "origin": "authority",
        "timing": timing_of(setting, ""),
        "window": False,
        "evidence": evidence,
    }


def lapsed_act(setting: Setting, parts: Sequence[str], *, ends: bool) -> dict[str, Any]:
    """The act by which what was set alone goes back to what stood before it; or, where nothing can stand, ends the element."""
    named = {} if ends else {"parts": list(parts)}
    return {"t": setting.t, "on": setting.on, "type": "retire" if ends else "lapse", **named}


def unilateral_method(proposed: Proposed, consultation: Consultation) -> str:
    """Decree; inform if notice went before; consult if a poll or a window for offers was held; involve if all was answered."""
    if consultation.polled or proposed.window_days >= WINDOW:
        answered = bool(proposed.offers) and all(offer.answered for offer in proposed.offers)
        return "involve" if answered else "consult"
    return "inform" if consultation.notice else "decree"


def _type(action: str, first: bool) -> str:
    if action in {"confirm", "retire"}:
        return action
    return "adopt" if first else "change"


def _common(setting: Setting, proposed: Proposed) -> dict[str, Any]:
    others = [offer for offer in proposed.offers if offer.group not in proposed.sponsors]
    return {
        "t": setting.t,
        "on": setting.on,
        "parts": list(proposed.parts),
        "entitled": sorted(setting.kinds),
        "timing": timing_of(setting, proposed.slot),
        "window": proposed.window_days >= WINDOW,
        "offers": count_offers(others),
        "initiators": [key for key in proposed.sponsors if key in setting.kinds],
    }

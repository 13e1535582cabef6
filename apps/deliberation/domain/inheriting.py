"""The act by which something already in force on the first day enters, with what is attested of how it came about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.common.errors import Invalid

ALONE: Mapping[str, str] = {
    "decree": "One party set it, without asking",
    "inform": "One party set it, after giving notice",
    "consult": "One party set it, after a consultation",
    "involve": "One party set it, after answering every contribution",
}
TOGETHER: Mapping[str, str] = {
    "vote": "By a vote, persons counted together",
    "concurrent": "By a rule that counted each group",
    "consent": "By consent: no objection was left",
}
ORIGINS: Mapping[str, str] = {
    "authority": "From an authority",
    "practice": "From practice: staff, users, communities",
    "joint": "From both",
}


@dataclass(frozen=True)
class Attested:
    """What is attested of how something came to be in force. Empty: not known. `concurring` are the groups of today that
    agreed, where it was decided together; `by` and `under` who set it and on what basis, where one party did.
    """

    since: date | None = None
    method: str = ""
    origin: str = ""
    by: str = ""
    under: str = ""
    concurring: tuple[str, ...] = ()

    @property
    def completeness(self) -> str:
        """The share of the questions that is answered, as in "3/5"."""
        who = [self.concurring] if self.method in TOGETHER else [self.by, self.under]
        answers = [self.since, self.method, self.origin, *who]
        return f"{sum(bool(answer) for answer in answers)}/{len(answers)}"


def check(facts: Attested, groups: Sequence[str]) -> None:
    """Refuse facts that are none or contradict each other. Raises `Invalid` (inherited.facts) naming the fact."""
    faults: dict[str, str] = {}
    if facts.method and facts.method not in {*ALONE, *TOGETHER}:
        faults["method"] = f"is one of: {', '.join([*ALONE, *TOGETHER])}"
    if facts.origin and facts.origin not in ORIGINS:
        faults["origin"] = f"is one of: {', '.join(ORIGINS)}"
    if unknown := sorted(set(facts.concurring) - set(groups)):
        faults["concurring"] = f"names no group of this partnership: {', '.join(unknown)}"
    elif facts.method in TOGETHER and not facts.concurring:
        faults["concurring"] = "say which groups agreed, or that it is not known how it was decided"
    elif facts.concurring and facts.method not in TOGETHER:
        faults["concurring"] = "belongs only to what was decided together"
    if faults:
        raise Invalid(
            "inherited.facts", f"Please look at: {'; '.join(f'{key} {why}' for key, why in faults.items())}.", faults
        )


def inherited_act(
    facts: Attested, kinds: Mapping[str, str], parts: Sequence[str], first_day: date, *, required: bool
) -> dict[str, Any]:
    """The act of a history. It counts from the first day; `on` says since when it is in force. What is not known is counted
    as least negotiated and least emergent: set by an authority without asking, and foreseen. `completeness` says how much
    of that is known.
    """
    act: dict[str, Any] = {
        "t": "0",
        "on": (facts.since or first_day).isoformat(),
        "type": "inherited",
        "method": facts.method or "decree",
        "parts": list(parts),
        "entitled": sorted(kinds),
        "origin": facts.origin or "authority",
        "timing": "plan",
        "window": False,
        "completeness": facts.completeness,
    }
    if facts.method in TOGETHER:
        act["concurring"] = sorted(facts.concurring)
    act |= {
        key: words
        for key, words in (("by", facts.by), ("under", facts.under))
        if words and facts.method not in TOGETHER
    }
    return act | ({"statutory": True} if required else {})

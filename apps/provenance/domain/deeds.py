"""An act in plain words: who decided it, how, over whom. Headlines and journeys are told with these."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from apps.frameworks.domain.fields import PARTS
from apps.provenance.domain.acts import Act
from apps.provenance.domain.rule import Rule
from apps.provenance.domain.terms import Facts, facts_of

AFTER: Final = {
    "decree": "",
    "inform": " after notice",
    "consult": " after a consultation",
    "involve": " after a consultation in which every contribution was answered",
}
BACKING: Final = {"mandate": "a mandate", "money": "money"}
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Deeds:
    """How the acts of one history are told. `names` gives the display name of a group's key, by default the key.

    `dated` False leaves the month out, for places where the day stands beside the words.
    """

    rule: Rule
    kinds: Iterable[str]
    names: Mapping[str, str] = field(default_factory=dict)
    dated: bool = True

    def deed(self, act: Act) -> str:
        """What an act that sets parts did: "set by ...", "agreed by 5 of 6 groups"."""
        facts = facts_of(act, self.rule)
        if act.type == "set_outside":
            return f"in force{self._when(act, 'since')} without a decision here"
        already = "already in force at the start: " if act.type == "inherited" else ""
        if facts is not None and facts.joint:
            return already + self._agreement(act, facts)
        return already + self._imposition(act)

    def of_parts(self, act: Act, parts: Iterable[str]) -> str:
        """The same for some parts of an element only: "the target: set by ..."."""
        return f"{listed(PARTS[part] for part in parts)}: {self.deed(act)}"

    def told(self, act: Act, standing: Iterable[str]) -> str:
        """One step of a journey as a sentence; `standing` are the parts that had been set before it."""
        before = set(standing)
        if act.type == "confirm":
            return sentence(f"confirmed{self.company(act)}" if act.binding else "confirmed, which bound nobody")
        if act.type == "lapse":
            return sentence(
                f"{listed(PARTS[part] for part in act.parts)}: the review never came, so it is as it was before"
            )
        if act.type == "retire":
            return sentence(f"retired, {self.deed(act)}" if act.method else "retired")
        whole = not before or before <= set(act.parts)
        return sentence(self.deed(act) if whole else self.of_parts(act, act.parts))

    def company(self, act: Act) -> str:
        """By how many of the entitled groups, and when."""
        concurring = [group for group in act.entitled if group in act.concurring]
        if len(concurring) == len(act.entitled):
            return f" by all {len(concurring)} groups{self._when(act)}"
        return f" by {len(concurring)} of {len(act.entitled)} groups{self._when(act)}"

    def _agreement(self, act: Act, facts: Facts) -> str:
        outvoted = [group for group in act.entitled if group not in facts.concurring]
        if facts.method == "vote" and outvoted:
            text = f"voted through{self._when(act)} over the heads of {self._groups(outvoted)}"
        else:
            text = f"agreed{self.company(act)}"
        behind = [BACKING[kind] for kind in act.backing]
        return f"{text} while {listed(behind)} stood behind it" if behind else text

    def _imposition(self, act: Act) -> str:
        under = f" under {act.under}" if act.under else ""
        asked = f", asked for by {self._groups(act.asked_by)}" if act.asked_by else ""
        objecting = [group for group in self.kinds if group in act.objecting]
        against = f", against {self._groups(objecting)}" if objecting else ""
        after = AFTER[act.method or "decree"]
        return f"set by {act.by or 'an authority'}{self._when(act)}{under}{after}{asked}{against}"

    def _groups(self, keys: Iterable[str]) -> str:
        return listed([self.names.get(key, key) for key in keys])

    def _when(self, act: Act, word: str = "in") -> str:
        return when(act, word) if self.dated else ""


def when(act: Act, word: str = "in") -> str:
    """The month of an act whose day is known."""
    if act.on is None:
        return ""
    day = date.fromisoformat(act.on)
    return f" {word} {MONTHS[day.month - 1]} {day.year}"


def listed(words: Iterable[str]) -> str:
    """a, b and c."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def sentence(text: str) -> str:
    """With a capital letter and a full stop."""
    return f"{text[0].upper()}{text[1:]}."

"""A verdict in plain words: the fact first, the position second."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from apps.frameworks.domain.fields import PARTS
from apps.provenance.domain.acts import Act
from apps.provenance.domain.labels import NOT_APPLICABLE, in_force
from apps.provenance.domain.scoring import REQUIRED, Scored
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


def headline(scored: Scored, names: Mapping[str, str] | None = None) -> str:
    """The sentences about a verdict, in English. `names` gives the display name of a group's key, by default the key.

    First what was decided, by whom and when, for the acts in force; then what else must be said; last the position.
    """
    telling = _Telling(scored, names or {})
    return " ".join([*telling.facts(), *telling.remarks(), telling.position()])


class _Telling:
    """The sentences of one headline."""

    def __init__(self, scored: Scored, names: Mapping[str, str]) -> None:
        self.scored = scored
        self.acts = scored.history.acts
        self.names = names

    def facts(self) -> Iterable[str]:
        if self.scored.status == REQUIRED:
            yield "Required from outside, not ours to change."
        for number in in_force(self.scored.parts):
            yield self.setting(number)
        confirmed = {number for state in self.scored.parts.values() for number in state.confirmed_by}
        if confirmed:
            yield _sentence(f"confirmed{self.company(self.acts[max(confirmed)])}")
        if self.acts[-1].type == "retire":
            yield f"Retired{_when(self.acts[-1])}."

    def remarks(self) -> Iterable[str]:
        if "no_change_offered" in self.scored.flags:
            yield "No change was offered."
        if "agreed_among_organisations" in self.scored.flags:
            yield "Agreed among organisations, without those it is for or those who do the work."
        if self.acts[0].origin == "practice":
            yield "Grew from practice."

    def position(self) -> str:
        ni, pe = self.scored.label
        if ni == NOT_APPLICABLE:
            return _sentence(pe)
        return _sentence(f"{ni} on both counts" if ni == pe else f"{ni}, {pe}")

    def setting(self, number: int) -> str:
        """What one act in force decided; the first act speaks of the whole, a later one names its parts."""
        act = self.acts[number]
        deed = self.deed(act)
        if number == 0:
            return _sentence(deed)
        parts = [PARTS[part] for part, state in self.scored.parts.items() if state.set_by == number]
        return _sentence(f"{_listed(parts)}: {deed}") if len(parts) < len(self.scored.parts) else _sentence(deed)

    def deed(self, act: Act) -> str:
        facts = facts_of(act, self.scored.rule)
        if act.type == "set_outside":
            return f"in force{_when(act, 'since')} without a decision here"
        already = "already in force at the start: " if act.type == "inherited" else ""
        if facts is not None and facts.joint:
            return already + self.agreement(act, facts)
        return already + self.imposition(act)

    def agreement(self, act: Act, facts: Facts) -> str:
        outvoted = [group for group in act.entitled if group not in facts.concurring]
        if facts.method == "vote" and outvoted:
            text = f"voted through{_when(act)} over the heads of {self.groups(outvoted)}"
        else:
            text = f"agreed{self.company(act)}"
        behind = [BACKING[kind] for kind in act.backing]
        return f"{text} while {_listed(behind)} stood behind it" if behind else text

    def imposition(self, act: Act) -> str:
        under = f" under {act.under}" if act.under else ""
        asked = f", asked for by {self.groups(act.asked_by)}" if act.asked_by else ""
        objecting = [group for group in self.scored.history.groups if group in act.objecting]
        against = f", against {self.groups(objecting)}" if objecting else ""
        after = AFTER[act.method or "decree"]
        return f"set by {act.by or 'an authority'}{_when(act)}{under}{after}{asked}{against}"

    def company(self, act: Act) -> str:
        """By how many of the entitled groups, and when."""
        concurring = [group for group in act.entitled if group in act.concurring]
        if len(concurring) == len(act.entitled):
            return f" by all {len(concurring)} groups{_when(act)}"
        return f" by {len(concurring)} of {len(act.entitled)} groups{_when(act)}"

    def groups(self, keys: Iterable[str]) -> str:
        return _listed([self.names.get(key, key) for key in keys])


def _when(act: Act, word: str = "in") -> str:
    """The month of an act whose day is known."""
    if act.on is None:
        return ""
    day = date.fromisoformat(act.on)
    return f" {word} {MONTHS[day.month - 1]} {day.year}"


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."

"""A verdict in plain words: the fact first, the position second."""

from collections.abc import Iterable, Mapping
from typing import Final

from apps.provenance.domain.deeds import Deeds, sentence, when
from apps.provenance.domain.labels import NOT_APPLICABLE, in_force
from apps.provenance.domain.scoring import REQUIRED, Scored

REQUIRED_SENTENCE: Final = "Required from outside, not ours to change."


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
        self.deeds = Deeds(scored.rule, scored.history.groups, names)

    def facts(self) -> Iterable[str]:
        if self.scored.status == REQUIRED:
            yield REQUIRED_SENTENCE
        for number in in_force(self.scored.parts):
            yield self.setting(number)
        confirmed = {number for state in self.scored.parts.values() for number in state.confirmed_by}
        if confirmed:
            yield sentence(f"confirmed{self.deeds.company(self.acts[max(confirmed)])}")
        if self.acts[-1].type == "retire":
            yield f"Retired{when(self.acts[-1])}."

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
            return sentence(pe)
        return sentence(f"{ni} on both counts" if ni == pe else f"{ni}, {pe}")

    def setting(self, number: int) -> str:
        """What one act in force decided; the first act speaks of the whole, a later one names its parts."""
        act = self.acts[number]
        parts = [part for part, state in self.scored.parts.items() if state.set_by == number]
        whole = number == 0 or len(parts) == len(self.scored.parts)
        return sentence(self.deeds.deed(act) if whole else self.deeds.of_parts(act, parts))

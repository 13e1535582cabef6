"""Whether what is wanted from above and what grew from practice hang together, per desired outcome (Bovaird and Smith, 2015:
planned systems give direction, emergent ones capture what matters; the point is to align the two)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.deliberation.domain.acts import PRACTICE

RELATIONS = {"same": "same thing", "leads_to": "leads to it", "against": "pulls against it"}
ANSWERING = frozenset({"same", "leads_to"})


def from_practice(act: Mapping[str, Any], kinds: Mapping[str, str]) -> bool:
    """Whether those who do the work or use the service had a part in beginning it, as its first act says."""
    began = {*act.get("initiators", []), *act.get("asked_by", [])}
    return act.get("origin") == "practice" or any(kinds.get(key) in PRACTICE for key in began)


@dataclass(frozen=True)
class Summary:
    """One desired outcome: how much comes from each side, how much of what is wanted from above is answered."""

    above: int
    practice: int
    answered: int
    against: int

    @property
    def unanswered(self) -> int:
        """What is wanted from above and nothing from practice answers."""
        return self.above - self.answered

    @property
    def words(self) -> str:
        """aligned, partly aligned, apart; or that one side is missing."""
        if not self.above or not self.practice:
            return "only from above" if self.above else "only from practice" if self.practice else "nothing yet"
        if not self.answered:
            return "apart"
        return "partly aligned" if self.unanswered or self.against else "aligned"


def summarise(above: Collection[str], practice: Collection[str], links: Iterable[tuple[str, str, str]]) -> Summary:
    """`links` are (above, practice, relation) as groups state them; those to something that is not there count for nothing."""
    known = [(top, relation) for top, bottom, relation in links if top in above and bottom in practice]
    return Summary(
        above=len(above),
        practice=len(practice),
        answered=len({top for top, relation in known if relation in ANSWERING}),
        against=len({top for top, relation in known if relation == "against"}),
    )


@dataclass(frozen=True)
class Naming:
    """The first plan or edition that names something, and from which day it counts."""

    number: int
    on: date


def is_evidence(observed_on: date, naming: Naming | None) -> bool:
    """Whether an observation shows that something grew from practice: it is dated before any plan that names it."""
    return naming is None or observed_on < naming.on

"""The rules of the game: who set the groups, their standing, the decision rules and the scoring rule, and where that stands.

Until a round has decided on rules of the game, they are what the convenor set up. An element of the kind `rules` makes them
the partnership's own: it is proposed, amended and decided like any other, and from then on has a verdict of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from apps.frameworks.models import Element, Framework
from apps.partnerships.selectors import group_names
from apps.provenance.domain.headline import headline
from apps.provenance.domain.history import read_history
from apps.provenance.domain.rule import RULES, Rule
from apps.provenance.domain.scoring import Scored, score
from apps.provenance.models import Verdict
from apps.provenance.selectors import verdicts
from apps.record import selectors as record
from apps.record.domain.entry import Entry

SET_UP: Final = ("group.added", "rule.registered", "scoring_rule.adopted")
BY_ROUND: Final = frozenset({"scoring_rule.adopted"})


@dataclass(frozen=True)
class Setting:
    """One of the four things the rules of the game settle: what stands, and the entries that set it, oldest first."""

    key: str
    stands: Sequence[str]
    entries: Sequence[Entry]

    @property
    def by_round(self) -> bool:
        """Whether a round set it last, rather than the convenor."""
        return bool(self.entries) and self.entries[-1].type in BY_ROUND


@dataclass(frozen=True)
class Game:
    """The rules of the game of a framework. `element` and `verdict` are None until a round has decided on any; `scored` is then
    what the convenor's setting them up is worth.
    """

    settings: Sequence[Setting]
    element: Element | None
    verdict: Verdict | None
    scored: Scored | None
    headline: str

    @property
    def label(self) -> tuple[str, str]:
        """Where they stand on both lines."""
        if self.verdict is not None:
            return self.verdict.label_ni, self.verdict.label_pe
        assert self.scored is not None
        return self.scored.label


def game_of(framework: Framework) -> Game:
    """The rules of the game as they stand: from entries, and the verdict on the element that holds them."""
    entries = record.entries(framework.partnership.log_id, types=SET_UP)
    settings = _settings(framework, entries)
    element = framework.elements.filter(kind="rules", retired_at=None).order_by("code").first()
    verdict = verdicts(framework).get(element.id) if element is not None else None
    if verdict is not None:
        return Game(settings, element, verdict, None, verdict.headline)
    rule = RULES[framework.scoring_rule]
    scored = score(read_history(set_up_history(framework, entries, rule), rule), rule)
    return Game(settings, element, None, scored, headline(scored, names=group_names(framework.partnership)))


def set_up_history(framework: Framework, entries: Iterable[Entry], rule: Rule) -> dict[str, Any]:
    """The history file of rules that nobody but the convenor has set: what anybody can score outside."""
    added = [entry for entry in entries if entry.type == "group.added"]
    act = {
        "t": 0,
        "type": "impose",
        "method": "decree",
        "origin": "authority",
        "timing": "plan",
        "by": "the convenor",
        **({"on": added[0].at[:10]} if added else {}),
    }
    kinds = {entry.data["key"]: entry.data["kind"] for entry in added}
    return {"version": rule.version, "element": "rules", "groups": kinds, "until": 0, "acts": [act]}


def _settings(framework: Framework, entries: Sequence[Entry]) -> list[Setting]:
    told: Mapping[str, list[Entry]] = {type: [one for one in entries if one.type == type] for type in SET_UP}
    groups, rules = told["group.added"], told["rule.registered"]
    adopted = [one for one in told["scoring_rule.adopted"] if one.on.get("framework") == str(framework.id)]
    return [
        Setting("groups", [entry.data["name"] for entry in groups], groups),
        Setting(
            "standing",
            [f"{entry.data['name']}: {entry.data['standing']}" for entry in groups],
            groups,
        ),
        Setting("decision_rules", [entry.data["title"] for entry in rules], rules),
        Setting("scoring_rule", [f"version {framework.scoring_rule}"], adopted),
    ]

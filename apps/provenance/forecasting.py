"""How it would read: the position a rule would lead to, before anything has been decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.common import clock
from apps.consensus import ItemResult, Rule
from apps.consensus.delphi import agreed
from apps.deliberation import facts
from apps.deliberation.domain.acts import Proposed, joint_act
from apps.deliberation.models import RoundItem
from apps.frameworks.models import Framework
from apps.partnerships.selectors import group_kinds, group_names
from apps.provenance.domain.deeds import Deeds, sentence
from apps.provenance.domain.history import read_history
from apps.provenance.domain.rule import RULES
from apps.provenance.domain.scoring import score
from apps.provenance.presenting.words import words_for

NOTHING = "Nothing would be adopted, so nothing would change."


@dataclass(frozen=True)
class Reading:
    """What people would read afterwards: how it was decided, and where that would put it (none: nothing is adopted)."""

    words: str
    position: str = ""


def would_read(
    framework: Framework, rule: Rule, result: ItemResult, out: Sequence[str], item: RoundItem | None = None
) -> Reading:
    """How a decision with this result would be told. Groups left out are no part of it. `item` says on what."""
    if not agreed(result.outcome):
        return Reading(NOTHING)
    act = _act(framework, rule, result, out, item)
    scoring = RULES[framework.scoring_rule]
    kinds = {key: kind for key, kind in group_kinds(framework.partnership).items() if key not in out}
    document = {"version": scoring.version, "groups": kinds, "until": act["t"], "acts": [act]}
    history = read_history(document, scoring)
    told = Deeds(scoring, kinds, group_names(framework.partnership), dated=False).deed(history.acts[0])
    return Reading(sentence(told), words_for(*score(history, scoring).label))


def _act(
    framework: Framework, rule: Rule, result: ItemResult, out: Sequence[str], item: RoundItem | None
) -> dict[str, Any]:
    today = framework.partnership.today(clock.now())
    setting = facts.setting(framework, today)
    proposal = next(iter(item.proposals), None) if item else None
    proposed = facts.proposed(proposal, ["definition"], today) if proposal else Proposed("add", ["definition"], [], 0)
    act = joint_act(setting, proposed, rule, result, first=True, binding=False)
    for key in ("entitled", "concurring", "initiators"):
        act[key] = [group for group in act[key] if group not in out]
    act["offers"] = {group: counts for group, counts in act["offers"].items() if group not in out}
    act.pop("binding", None)
    return act | {"type": "adopt"}

"""What moved a measure: the steps of its way, each with the act that made it, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.common.trips import at_once
from apps.frameworks.models import Framework
from apps.provenance.domain.act_file import Frame, read_act
from apps.provenance.domain.deeds import Deeds
from apps.provenance.domain.rule import RULES
from apps.provenance.matrix import Stop, Way, acts_from, acts_query
from apps.record import selectors as record


@dataclass(frozen=True)
class Step:
    """One step: where it led, and the act behind it: `type` and `method` in the scoring rule's terms, `what` as a
    sentence, `who` decided (a mandate's authority, or the groups that concurred)."""

    stop: Stop
    type: str
    method: str | None
    what: str
    who: tuple[str, ...]


@dataclass(frozen=True)
class Acts:
    """The acts behind the ways of some elements, by entry, and what it takes to tell them."""

    told: Mapping[int, Mapping[str, Any]]
    deeds: Deeds
    frame: Frame


def acts_behind(framework: Framework, elements: Iterable[UUID]) -> Acts:
    """Everything that the steps of these elements tell: two queries."""
    # Every group there ever was: an act of long ago may name one that has left.
    kinds = {entry.data["key"]: entry.data["kind"] for entry in _groups(framework)}
    rule = RULES[framework.scoring_rule]
    told, groups = at_once(
        acts_query(framework, elements), framework.partnership.groups.order_by("order", "key").values("key", "name")
    )
    names = {group["key"]: group["name"] for group in groups}
    return Acts(
        acts_from(told),
        Deeds(rule, kinds, names, dated=False),
        Frame(rule, rule.elements["measure"], kinds),
    )


def steps_of(framework: Framework, ways: Iterable[Way], acts: Acts | None = None) -> dict[UUID, list[Step]]:
    """The steps of these ways, by element; `acts` where they have been read already."""
    found = list(ways)
    behind = acts or acts_behind(framework, [way.element for way in found])
    return {way.element: _steps(way, behind.told, behind.deeds, behind.frame) for way in found}


def _groups(framework: Framework) -> Iterable[Any]:
    return record.entries(framework.partnership.log_id, types=["group.added"])


def _steps(way: Way, acts: Mapping[int, Mapping[str, Any]], deeds: Deeds, frame: Frame) -> list[Step]:
    steps: list[Step] = []
    standing: set[str] = set()
    for stop in way.stops:
        dated: dict[str, Any] = {"t": stop.t, "on": stop.day.isoformat()} | dict(acts[stop.entry])
        act = read_act(dated, f"entry {stop.entry}", frame)
        concurring = [deeds.names.get(group, group) for group in act.entitled if group in act.concurring]
        who = (act.by,) if act.by else tuple(concurring)
        steps.append(Step(stop, act.type, act.method, deeds.told(act, standing), who))
        if act.sets:
            standing |= set(act.parts)
    return steps

"""From decoded JSON to a `History`, refusing whatever is not exactly understood. The format: docs/scoring-rule.md."""

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from apps.provenance.domain import reading
from apps.provenance.domain.act_file import Frame, read_act
from apps.provenance.domain.acts import Act, History
from apps.provenance.domain.rule import RULE_1, Rule

__all__ = ["Act", "History", "read_history"]

KEYS: Final = frozenset({"version", "id", "story", "element", "groups", "until", "acts", "expected"})


def read_history(document: object, rule: Rule = RULE_1) -> History:
    """The history a decoded JSON object describes; else `Invalid`, with the place and the reason in `fields`."""
    top = reading.mapping(document, "history")
    reading.known_keys(top, KEYS, ("version", "groups", "until", "acts"), "")
    if type(top["version"]) is not int or top["version"] != rule.version:
        raise reading.refusal("version", f"must be {rule.version}, not {reading.shown(top['version'])}")
    element = reading.one_of(top.get("element", "measure"), rule.elements, "element")
    frame = Frame(rule, rule.elements[element], _groups(top["groups"], rule))
    history = History(
        version=rule.version,
        id=reading.text(top["id"], "id") if "id" in top else None,
        element=element,
        groups=frame.groups,
        until=reading.number(top["until"], "until"),
        acts=tuple(read_act(raw, f"acts[{i}]", frame) for i, raw in enumerate(reading.sequence(top["acts"], "acts"))),
    )
    _check_course(history)
    return history


def _groups(value: object, rule: Rule) -> Mapping[str, str]:
    groups = reading.mapping(value, "groups")
    places = {name: f"groups.{reading.escaped(name)}" for name in groups}
    return MappingProxyType({name: reading.one_of(kind, rule.kinds, places[name]) for name, kind in groups.items()})


def _check_course(history: History) -> None:
    """The acts stand in the order of their times, begin with one that sets something, and none follows a retirement."""
    acts = history.acts
    if not acts:
        raise reading.refusal("acts", "is empty: without an act there is no position")
    if not acts[0].sets:
        raise reading.refusal("acts[0].type", f"nothing has been set yet that a {acts[0].type} could apply to")
    for index, (before, act) in enumerate(pairwise(acts), start=1):
        if before.type == "retire":
            raise reading.refusal(f"acts[{index}]", f"comes after the element was retired by acts[{index - 1}]")
        if act.t < before.t:
            raise reading.refusal(f"acts[{index}].t", f"lies before the time of acts[{index - 1}]")
    if history.until < acts[-1].t:
        raise reading.refusal("until", f"lies before the time of acts[{len(acts) - 1}]")

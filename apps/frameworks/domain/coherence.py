"""What does not fit together in a framework: findings, never refusals. A partnership may have its reasons."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apps.frameworks.domain.values import ends, show_baseline, show_target

FEWEST_FOR_BURDEN = 3


@dataclass(frozen=True)
class Finding:
    """`element` is the id it is about (empty: the framework), `code` is stable, `sentence` says it to a reader."""

    element: str
    code: str
    sentence: str


@dataclass(frozen=True)
class _Item:
    """One element of the state."""

    id: str
    kind: str
    code: str
    parent: str | None
    fields: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.code}, {self.fields.get('title', self.code)}"


def check(state: Iterable[Mapping[str, Any]], imposed: Collection[str] = ()) -> list[Finding]:
    """The findings on a framework, element by element in the order given.

    `state` holds each element in force as {"id", "kind", "code", "parent", "fields"}; `imposed` the ids of measures
    whose verdict is imposed.
    """
    items = [_Item(one["id"], one["kind"], one["code"], one["parent"], one["fields"]) for one in state]
    known = {item.id: item for item in items}
    above = {item.id: _outcomes_of(item, known) for item in items if item.kind == "measure"}
    under: dict[str, list[str]] = {}
    for measure, outcomes in above.items():
        for outcome in outcomes:
            under.setdefault(outcome, []).append(measure)
    findings: list[Finding] = []
    for item in items:
        if item.kind == "measure":
            findings += _measure(item, known, above[item.id])
        elif item.kind == "instrument":
            findings += _instrument(item)
        elif item.kind == "outcome":
            findings += _outcome(item, under.get(item.id, ()), imposed)
    return findings + list(_burden(items))


def _measure(item: _Item, known: Mapping[str, _Item], outcomes: Collection[str]) -> Iterator[Finding]:
    fields = item.fields
    if "baseline" not in fields:
        yield Finding(item.id, "measure.no_baseline", f"{item.name}: nobody has said where it started.")
    if "instrument" not in fields and "data_source" not in fields:
        yield Finding(item.id, "measure.no_instrument", f"{item.name}: nobody has said where the figure comes from.")
    if not outcomes:
        yield Finding(item.id, "measure.no_outcome", f"{item.name} serves no desired outcome.")
    if fields.get("polarity") == "range" and "midpoint" not in fields:
        yield Finding(item.id, "measure.no_midpoint", f"{item.name}: the best middle value is missing.")
    if _is_worse(fields):
        yield Finding(item.id, "measure.target_worse", _worse_sentence(item))
    for gone in _named(fields) - known.keys():
        yield Finding(item.id, "reference.gone", f"{item.name} names an element that is not in force ({gone}).")


def _instrument(item: _Item) -> Iterator[Finding]:
    if item.fields.get("licence_needed") and "licence" not in item.fields:
        yield Finding(item.id, "instrument.no_licence", f"{item.name} needs a licence, and none is recorded.")


def _outcome(item: _Item, measures: Collection[str], imposed: Collection[str]) -> Iterator[Finding]:
    if not measures:
        yield Finding(item.id, "outcome.no_measure", f"{item.name} has no measure.")
    elif all(one in imposed for one in measures):
        yield Finding(item.id, "outcome.all_imposed", f"{item.name}: every one of its measures was imposed.")


def _burden(items: Sequence[_Item]) -> Iterator[Finding]:
    """A group that carries more than half of the time it takes to collect, where at least three measures say who and
    how long. Time is minutes for each person counted, shared evenly among the groups that collect.
    """
    loads: dict[str, Fraction] = {}
    counted = [item.fields for item in items if item.fields.get("collectors") and "burden_minutes" in item.fields]
    for fields in counted:
        for group in fields["collectors"]:
            share = Fraction(fields["burden_minutes"]) / len(fields["collectors"])
            loads[group] = loads.get(group, Fraction(0)) + share
    if len(counted) < FEWEST_FOR_BURDEN:
        return
    for group in sorted(loads):
        if loads[group] * 2 > sum(loads.values()):
            yield Finding(
                "", "group.burden", f"Group {group} does more than half of the collecting, by the time it takes."
            )


def _outcomes_of(item: _Item, known: Mapping[str, _Item]) -> set[str]:
    """The desired outcomes a measure counts for: those it serves, the one it stands under, and all above them."""
    found: set[str] = set()
    ahead = [*item.fields.get("serves", ()), item.parent]
    while ahead:
        above = known.get(ahead.pop() or "")
        if above is not None and above.kind == "outcome" and above.id not in found:
            found.add(above.id)
            ahead.append(above.parent)
    return found


def _named(fields: Mapping[str, Any]) -> set[str]:
    """The ids of elements that a measure names; an instrument may also be named in words."""
    instrument = fields.get("instrument", "")
    is_id = len(instrument) == 36 and instrument.count("-") == 4
    return {*fields.get("serves", ()), *([instrument] if is_id else [])}


def _is_worse(fields: Mapping[str, Any]) -> bool:
    """Whether any part of the target is on the wrong side of the baseline. Standing still is not worse."""
    if "baseline" not in fields or "target" not in fields:
        return False
    (low, high), start = ends(fields["target"]), Fraction(fields["baseline"]["value"])
    polarity, middle = fields.get("polarity"), fields.get("midpoint")
    if polarity == "range" and middle is not None:
        best = Fraction(middle)
        return max(abs(low - best), abs(high - best)) > abs(start - best)
    return (polarity == "up" and low < start) or (polarity == "down" and high > start)


def _worse_sentence(item: _Item) -> str:
    fields = item.fields
    unit = fields.get("unit", "")
    better = {"up": "better is higher", "down": "better is lower"}.get(
        fields["polarity"], f"better is nearer to {fields.get('midpoint')}"
    )
    target, start = show_target(fields["target"], unit), show_baseline(fields["baseline"], unit)
    return f"{item.name}: the target of {target} is worse than where it started, {start}; {better}."

"""The scoring rule applied to a history: where an element stands, where it came from and how sure that is.

Exact throughout; figures are rounded only when printed. The rule in words: docs/scoring-rule.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from apps.provenance.domain import figures, labels
from apps.provenance.domain.acts import Act, History
from apps.provenance.domain.course import Weighed, run, weigh
from apps.provenance.domain.explain import ActScore, Term, explain
from apps.provenance.domain.parts import Parts, Position, ni_of_parts, position
from apps.provenance.domain.rule import RULE_1, Rule

OURS: Final = "ours"
REQUIRED: Final = "required_from_outside"


@dataclass(frozen=True)
class Point:
    """A point of the journey: where the element stood after act number `act`, and the entry the act comes from."""

    t: Fraction
    ni: Fraction | None
    pe: Fraction
    act: int
    entry: int | None


@dataclass(frozen=True)
class Scored:
    """A verdict with everything it rests on. `ni` and `ni_range` are None where NI is not applicable.

    `status` is `required_from_outside` where every part in force is a statutory requirement, else `ours`.
    """

    history: History
    rule: Rule
    origin: Position
    current: Position
    time_weighted: Position
    path: tuple[Point, ...]
    parts: Parts
    label: tuple[str, str]
    flags: tuple[str, ...]
    ni_range: tuple[Fraction, Fraction] | None
    acts: tuple[ActScore, ...]
    status: str

    @property
    def entries(self) -> tuple[int, ...]:
        """The numbers of the entries the verdict rests on, in order."""
        return tuple(act.entry for act in self.history.acts if act.entry is not None)

    def to_json(self) -> dict[str, Any]:
        """The verdict as a file holds it: scores as texts of four decimals, None where not applicable."""
        return {
            "origin": _position(self.origin),
            "current": _position(self.current),
            "time_weighted": _position(self.time_weighted),
            "path": [[figures.time(p.t), figures.maybe(p.ni), figures.four_decimals(p.pe)] for p in self.path],
            "label": list(self.label),
            "flags": list(self.flags),
            "range": {"NI": None if self.ni_range is None else [figures.four_decimals(end) for end in self.ni_range]},
            "parts": {name: _position(Position(state.ni, state.pe)) for name, state in self.parts.items()},
            "terms": [_act(self.history.acts[scored.number], scored) for scored in self.acts],
        }

    def document(self) -> dict[str, Any]:
        """The verdict as the record holds it: the same, with the status that the record's readers show."""
        return {**self.to_json(), "status": self.status}


def score(history: History, rule: Rule = RULE_1) -> Scored:
    """The verdict on a history: the first preset gives the figures, all nine together the range."""
    acts = weigh(history, rule)
    states = run(acts, rule.base, rule)
    parts = states[-1]
    standing = [acts[number] for number in labels.in_force(parts)]
    among = labels.agreed_among_organisations(history, standing, rule)
    nine = [ni_of_parts(run(acts, preset, rule)[-1]) for preset in rule.presets]
    known = [ni for ni in nine if ni is not None]
    current = position(parts)
    path = tuple(_point(act, number, position(states[number])) for number, act in enumerate(history.acts))
    return Scored(
        history=history,
        rule=rule,
        origin=Position(path[0].ni, path[0].pe),
        current=current,
        time_weighted=_time_weighted(path, _end(history)),
        path=path,
        parts={part: parts[part] for part in rule.elements[history.element] if part in parts},
        label=(labels.ni_label(current.ni, among, rule), labels.pe_label(current.pe, rule)),
        flags=labels.flags(standing, current.ni, among, {labels.ni_label(ni, among, rule) for ni in nine}, rule),
        ni_range=(min(known), max(known)) if known else None,
        acts=_explained(acts, states, rule),
        status=REQUIRED if all(weighed.act.statutory for weighed in standing) else OURS,
    )


def _point(act: Act, number: int, place: Position) -> Point:
    return Point(act.t, place.ni, place.pe, number, act.entry)


def _explained(acts: Sequence[Weighed], states: Sequence[Parts], rule: Rule) -> tuple[ActScore, ...]:
    befores: list[Parts] = [{}, *states]
    return tuple(
        explain(weighed, number, tuple(part for part in after if after[part] is not before.get(part)), rule)
        for number, (weighed, before, after) in enumerate(zip(acts, befores, states, strict=False))
    )


def _end(history: History) -> Fraction:
    """When the journey ends: with the life of the element, or at the moment of reading."""
    last = history.acts[-1]
    return last.t if last.type == "retire" else history.until


def _time_weighted(path: Sequence[Point], end: Fraction) -> Position:
    """The mean position over the life, each weighted by how long it stood; the last one, if the life has no length."""
    ends = [*(point.t for point in path[1:]), end]
    stays = [(point, until - point.t) for point, until in zip(path, ends, strict=True)]
    length = end - path[0].t
    if not length:
        return Position(path[-1].ni, path[-1].pe)
    ni = [point.ni * stay for point, stay in stays if point.ni is not None]
    return Position(
        sum(ni, Fraction()) / length if len(ni) == len(path) else None,
        sum((point.pe * stay for point, stay in stays), Fraction()) / length,
    )


def _position(place: Position) -> dict[str, str | None]:
    return {"NI": figures.maybe(place.ni), "PE": figures.four_decimals(place.pe)}


def _act(act: Act, scored: ActScore) -> dict[str, Any]:
    return {
        "act": scored.number,
        "t": figures.time(act.t),
        "type": act.type,
        "method": act.method,
        "entry": act.entry,
        "moved": list(scored.moved),
        "NI": figures.maybe(scored.ni),
        "PE": figures.maybe(scored.pe),
        "terms": [_term(term) for term in scored.terms],
    }


def _term(term: Term) -> dict[str, str | None]:
    weight = None if term.weight is None else str(term.weight)
    return {"term": term.name, "value": figures.maybe(term.value), "weight": weight, "why": term.why}

"""The course of a history under one preset: the state of the parts after each act."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from apps.provenance.domain.acts import Act, History
from apps.provenance.domain.parts import Parts, PartState, confirm_parts, lapse_parts, set_parts
from apps.provenance.domain.rule import Preset, Rule
from apps.provenance.domain.terms import Facts, facts_of, ni_of, pe_of


@dataclass(frozen=True)
class Weighed:
    """An act with its facts and its PE: the half of its score that does not depend on the preset.

    `facts` is None for an act without a method, `pe` for one that sets nothing.
    """

    act: Act
    facts: Facts | None
    pe: Fraction | None


def weigh(history: History, rule: Rule) -> tuple[Weighed, ...]:
    """The acts of a history, ready to be run under any preset."""
    return tuple(Weighed(act, facts_of(act, rule), pe_of(act, rule) if act.sets else None) for act in history.acts)


def run(acts: Sequence[Weighed], preset: Preset, rule: Rule) -> tuple[Parts, ...]:
    """The parts as they stand after each act."""
    states: list[Parts] = []
    parts: Parts = {}
    for number, weighed in enumerate(acts):
        if weighed.act.type == "lapse":
            parts = lapse_parts(parts, weighed.act, states)
        else:
            parts = _after(parts, weighed, number, preset, rule)
        states.append(parts)
    return tuple(states)


def _after(parts: Parts, weighed: Weighed, number: int, preset: Preset, rule: Rule) -> Parts:
    act, facts = weighed.act, weighed.facts
    if facts is None:
        return parts
    if weighed.pe is not None:
        return set_parts(parts, act, PartState(ni_of(facts, preset), weighed.pe, number, facts.joint))
    if act.type == "confirm" and act.binding:
        return confirm_parts(parts, act, number, ni_of(facts, preset), rule)
    return parts

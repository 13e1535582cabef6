"""How acts move the parts of an element, and what its score is while they stand as they do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from apps.provenance.domain.acts import Act
from apps.provenance.domain.rule import Rule


@dataclass(frozen=True)
class Position:
    """A place on both continua: `ni` imposed 0 .. 1 negotiated (None: not applicable), `pe` planned 0 .. 1 emergent."""

    ni: Fraction | None
    pe: Fraction


@dataclass(frozen=True)
class PartState:
    """Where one part stands: its scores, the number of the act that last set it, whether that was done jointly, and the
    numbers of the binding confirmations since."""

    ni: Fraction | None
    pe: Fraction
    set_by: int
    joint: bool
    confirmed_by: tuple[int, ...] = ()


Parts = Mapping[str, PartState]


def set_parts(parts: Parts, act: Act, state: PartState) -> Parts:
    """The parts after an act that gives its own parts, and only those, the scores of `state`."""
    return {**parts, **dict.fromkeys(act.parts, state)}


def confirm_parts(parts: Parts, act: Act, number: int, n: Fraction | None, rule: Rule) -> Parts:
    """The parts after act `number`, a binding confirmation worth `n`; parts that nothing has set yet stay unset."""
    found = {part: parts[part] for part in act.parts if part in parts}
    # Parts set by the same act share their state; each state is moved once, and they go on sharing it.
    distinct = {id(state): state for state in found.values()}
    moved = {key: _confirmed(state, number, n, rule) for key, state in distinct.items()}
    return {**parts, **{part: moved[id(state)] for part, state in found.items()}}


def lapse_parts(parts: Parts, act: Act, states: Sequence[Parts]) -> Parts:
    """The parts after what was set on them has lapsed: each stands as before the act that last set it, or is unset again.

    `states` are the parts after each act so far. The last part of an element does not lapse: that would be its end.
    """
    found = dict(parts)
    for part in act.parts:
        if part in parts:
            number = parts[part].set_by
            before = states[number - 1].get(part) if number else None
            found.pop(part)
            if before is not None:
                found[part] = before
    return found or parts


def _confirmed(state: PartState, number: int, n: Fraction | None, rule: Rule) -> PartState:
    """Ratified is not moulded: what was last set alone stays at or below the cap, however often it is confirmed."""
    confirmed_by = (*state.confirmed_by, number)
    if state.ni is None or n is None:
        return replace(state, confirmed_by=confirmed_by)
    ni = state.ni + rule.confirmation_moves * (n - state.ni)
    if not state.joint:
        ni = min(ni, rule.cap_confirmed_after_alone)
    return replace(state, ni=ni, confirmed_by=confirmed_by)


def mean(values: Iterable[Fraction]) -> Fraction:
    """The exact mean of at least one value."""
    found = list(values)
    return sum(found, Fraction()) / len(found)


def ni_of_parts(parts: Parts) -> Fraction | None:
    """The element's NI: the mean over the parts that have been set; not applicable if it is so for any of them."""
    ni = [state.ni for state in parts.values() if state.ni is not None]
    return mean(ni) if len(ni) == len(parts) else None


def position(parts: Parts) -> Position:
    """The element's place on both continua while its parts stand as they do."""
    return Position(ni_of_parts(parts), mean(state.pe for state in parts.values()))

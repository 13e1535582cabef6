"""What stands when something that was set by mandate lapses: what stood before it, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Deed:
    """An act that gave fields of an element their values, or (`undoes`) took back what an earlier entry gave."""

    seq: int
    patch: Mapping[str, Any]
    parts: frozenset[str]
    undoes: int | None = None


@dataclass(frozen=True)
class Before:
    """A field's value before, and the number of the entry that gave it; without one it was open."""

    value: Any = None
    seq: int | None = None


def before(deeds: Iterable[Deed], undone: int) -> dict[str, Before]:
    """What each field still set by entry `undone` falls back to."""
    stacks: dict[str, list[tuple[int, Any]]] = {}
    for deed in deeds:
        for key, value in deed.patch.items() if deed.undoes is None else ():
            stacks.setdefault(key, []).append((deed.seq, value))
        if deed.undoes is not None:
            stacks = _without(stacks, deed.undoes)
    standing = {key for key, stack in stacks.items() if stack and stack[-1][0] == undone}
    rest = _without(stacks, undone)
    return {key: Before(rest[key][-1][1], rest[key][-1][0]) if rest[key] else Before() for key in sorted(standing)}


def parts_standing(deeds: Iterable[Deed], undone: int) -> list[str]:
    """The parts that entry `undone` set and nothing has set since."""
    setters: dict[str, list[int]] = {}
    for deed in deeds:
        for part in deed.parts:
            earlier = setters.setdefault(part, [])
            setters[part] = [seq for seq in earlier if seq != deed.undoes] if deed.undoes else [*earlier, deed.seq]
    return sorted(part for part, seqs in setters.items() if seqs and seqs[-1] == undone)


def _without(stacks: Mapping[str, list[tuple[int, Any]]], seq: int) -> dict[str, list[tuple[int, Any]]]:
    return {key: [pair for pair in stack if pair[0] != seq] for key, stack in stacks.items()}

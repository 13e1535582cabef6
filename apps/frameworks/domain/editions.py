"""What two frozen states of a framework differ in: elements that came, went, moved or say something else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]


@dataclass(frozen=True)
class Changed:
    """An element that stands in both states and is not the same in them."""

    old: Item
    new: Item

    @property
    def has_moved(self) -> bool:
        """Whether it stands under another element now."""
        return bool(self.old["parent"] != self.new["parent"])


@dataclass(frozen=True)
class Comparison:
    """From an older state to a newer one. Items are those of `selectors.state`, in the order of the state they stand in."""

    added: Sequence[Item]
    gone: Sequence[Item]
    changed: Sequence[Changed]
    kept: int

    @property
    def is_empty(self) -> bool:
        """Whether both states say the same."""
        return not (self.added or self.gone or self.changed)


def compare(old: Sequence[Item], new: Sequence[Item]) -> Comparison:
    """What became of each element between two states. An element is the same by its id, whatever its sign or title."""
    before, after = {item["id"]: item for item in old}, {item["id"]: item for item in new}
    both = [Changed(before[id], item) for id, item in after.items() if id in before]
    changed = [pair for pair in both if pair.has_moved or pair.old["fields"] != pair.new["fields"]]
    return Comparison(
        added=[item for id, item in after.items() if id not in before],
        gone=[item for id, item in before.items() if id not in after],
        changed=changed,
        kept=len(both) - len(changed),
    )

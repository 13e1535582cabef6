"""What a rule template is: a rule to start from, with when to use it, its known weaknesses and its source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Document = dict[str, object]
HALF: Mapping[str, object] = {"share": "1/2", "of": "entitled"}
THREE = ("A", "B", "C")
"""Names for alternatives; each round says what they stand for."""


@dataclass(frozen=True)
class Template:
    """A rule with its name, when to use it, its known weaknesses and its source; `document` makes the rule.json for some groups."""

    key: str
    name: str
    when: str
    weakness: str
    source: str
    document: Callable[[Sequence[str]], Document]


def of_groups(
    method: Document, composition: Document, absent: str = "not_concurring"
) -> Callable[[Sequence[str]], Document]:
    """A rule of this method and composition, with half of every group as quorum."""

    def build(deciding: Sequence[str]) -> Document:
        groups: Document = {"deciding": list(deciding), "composition": dict(composition), "absent": absent}
        return {"version": 1, "method": dict(method), "quorum": dict(HALF), "groups": groups}

    return build


def most_groups(method: Document) -> Callable[[Sequence[str]], Document]:
    """The same, where all groups but one must agree (both of two, the only one of one)."""

    def build(deciding: Sequence[str]) -> Document:
        enough = max(1, len(deciding) - 1) if len(deciding) > 2 else max(1, len(deciding))
        return of_groups(method, {"kind": "at_least", "n": enough})(deciding)

    return build


def choosing(kind: str, composition: str = "pooled", **parameters: object) -> Callable[[Sequence[str]], Document]:
    """A rule that chooses among three alternatives, all ballots counted together unless said otherwise."""
    return of_groups({"kind": kind, "alternatives": list(THREE), **parameters}, {"kind": composition})

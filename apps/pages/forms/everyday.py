"""Four everyday decision rules, as a convenor picks them. The documents are of the published format (docs/rules.md)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
HALF_TAKES_PART: Document = {"share": "1/2", "of": "entitled"}


@dataclass(frozen=True)
class Template:
    """A rule to pick: its name, when it fits, and its document for the groups that decide."""

    key: str
    name: str
    words: str
    document: Callable[[Sequence[str]], Document]


def _every_group(method: Document) -> Callable[[Sequence[str]], Document]:
    return lambda deciding: _rule(method, deciding, "all")


def _rule(method: Document, deciding: Sequence[str], composition: str) -> Document:
    groups = {"deciding": list(deciding), "composition": {"kind": composition}}
    return {"version": 1, "method": method, "quorum": dict(HALF_TAKES_PART), "groups": groups}


RATING: Document = {
    "kind": "rating",
    "scale": [1, 9],
    "criterion": "share",
    "in": [{"range": [7, 9], "at_least": "0.70"}, {"range": [1, 3], "below": "0.15"}],
    "out": [{"range": [1, 3], "at_least": "0.70"}, {"range": [7, 9], "below": "0.15"}],
}

TEMPLATES = (
    Template(
        "consent",
        "Everyone can live with it",
        "adopted if nobody in any group objects",
        _every_group({"kind": "consent"}),
    ),
    Template(
        "every_group",
        "Most of every group",
        "adopted if more than half say yes in each group",
        _every_group({"kind": "majority"}),
    ),
    Template(
        "rating",
        "Rate it",
        "adopted if in each group 70\u202f% rate it 7 to 9 and under 15\u202f% rate it 1 to 3",
        _every_group(RATING),
    ),
    Template(
        "two_thirds",
        "Two thirds of all",
        "adopted if two thirds of all persons say yes, even over the heads of groups",
        lambda deciding: _rule(
            {"kind": "majority", "threshold": {"share": "2/3", "strict": False, "of": "cast"}}, deciding, "pooled"
        ),
    ),
)

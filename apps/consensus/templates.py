"""Four everyday rules: what a facilitator picks from. Everything else stands behind "advanced"."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Document = dict[str, object]
HALF: Mapping[str, object] = {"share": "1/2", "of": "entitled"}


@dataclass(frozen=True)
class Template:
    """A rule with its name, when to use it, its known weaknesses and its source; `document` makes the rule.json for some groups."""

    key: str
    name: str
    when: str
    weakness: str
    source: str
    document: Callable[[Sequence[str]], Document]


def _rule(method: Document, composition: Document) -> Callable[[Sequence[str]], Document]:
    def build(deciding: Sequence[str]) -> Document:
        groups: Document = {"deciding": list(deciding), "composition": dict(composition), "absent": "not_concurring"}
        return {"version": 1, "method": dict(method), "quorum": dict(HALF), "groups": groups}

    return build


RATING: Document = {
    "kind": "rating",
    "scale": [1, 9],
    "criterion": "share",
    "in": [{"range": [7, 9], "at_least": "0.70"}, {"range": [1, 3], "below": "0.15"}],
    "out": [{"range": [1, 3], "at_least": "0.70"}, {"range": [7, 9], "below": "0.15"}],
    "unable": "excluded",
}
TWO_THIRDS: Document = {"kind": "majority", "threshold": {"share": "2/3", "strict": False, "of": "cast"}}

TEMPLATES: tuple[Template, ...] = (
    Template(
        "everyone_can_live_with_it",
        "Everyone can live with it",
        "For what people must carry out together, with time to mend an objection: good enough for now, safe enough to try.",
        "One person who does not explain an objection can hold up everybody; people who dislike conflict may stay silent.",
        "Consent in sociocracy: Endenburg 1998; Villines & Buck 2007.",
        _rule({"kind": "consent"}, {"kind": "all"}),
    ),
    Template(
        "most_of_every_group",
        "Most of every group",
        "For what no group should have decided over its head, when a yes or no is enough.",
        "A small group can stop a large one, and within each group the outvoted minority counts for nothing. A tie is not a yes.",
        "Concurrent majorities: Swiss federal votes; parallel consent in the Belfast Agreement, strand one.",
        _rule({"kind": "majority", "threshold": {"share": "1/2", "strict": True, "of": "cast"}}, {"kind": "all"}),
    ),
    Template(
        "rate_it",
        "Rate it",
        "For choosing among many possible measures, from 1 to 9, in two or three rounds with feedback between them.",
        "In a group under seven a single low rating is a veto; the limits of 70 % and 15 % are custom, not science.",
        "Core outcome sets: Harman and others 2015 (COMET); RAND/UCLA scale: Fitch and others 2001.",
        _rule(RATING, {"kind": "all"}),
    ),
    Template(
        "two_thirds_of_all",
        "Two thirds of all",
        "For deciding in time when agreement of every group is out of reach and everybody accepts being counted as one body.",
        "It can pass over the heads of whole groups, and large groups weigh more than small ones; the result will say so.",
        "Supermajority of votes cast; whether exactly two thirds is enough must be stated: here it is.",
        _rule(TWO_THIRDS, {"kind": "pooled"}),
    ),
)


def template(key: str) -> Template:
    """The template with this key; `KeyError` if there is none."""
    return {one.key: one for one in TEMPLATES}[key]

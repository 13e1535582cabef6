"""The scoring rule as a versioned document: a declared construction that a partnership may replace, never a fact.

`DOCUMENT_1` is version 1 in the form in which it is published, hashed and adopted; `Rule` is the same thing with its
numbers read, ready to be used. Numbers are exact: shares stand in the document as strings, never as floats.
Where the anchors come from is said in docs/scoring-rule.md.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

import rfc8785

DOCUMENT_1: Final[Mapping[str, Any]] = {
    "version": 1,
    "parts": {
        "definition": ["title", "definition"],
        "formula": ["numerator", "denominator", "unit", "polarity"],
        "target": ["baseline", "target"],
        "source": ["data source", "instrument", "who collects", "time it takes"],
        "population": ["who is counted", "disaggregation"],
        "frequency": ["periods"],
        "consequence": ["what follows if missed"],
    },
    "elements_with_all_parts": ["measure"],
    "elements_with_one_part": ["mission", "value", "outcome", "instrument", "rules"],
    "methods": {"alone": ["decree", "inform", "consult", "involve"], "joint": ["vote", "concurrent", "consent"]},
    "values": {
        "anchored": {
            "decree": "0", "inform": "0.10", "consult": "0.25", "involve": "0.40",
            "vote": "0.70", "concurrent": "0.85", "consent": "1",
        },
        "iap2": {
            "decree": "0", "inform": "0", "consult": "1/4", "involve": "1/2",
            "vote": "3/4", "concurrent": "3/4", "consent": "1",
        },
        "arnstein": {
            "decree": "0", "inform": "2/7", "consult": "3/7", "involve": "4/7",
            "vote": "5/7", "concurrent": "5/7", "consent": "6/7",
        },
    },
    "weightings": [
        {"decision": "3/4", "offers": "1/4"},
        {"decision": "3/5", "offers": "2/5"},
        {"decision": "9/10", "offers": "1/10"},
    ],
    "caps": {"alone": "0.39", "over_objection": "0.20", "confirmed_after_alone": "0.50"},
    "objection_of_more_than": "1/2",
    "confirmation_moves": "1/2",
    "timing": {"plan": "0", "foreseen": "1/2", "unforeseen": "1"},
    "origin": {"authority": "0", "joint": "1/2", "practice": "1"},
    "emergence_weights": {"timing": "2/3", "origin": "1/3"},
    "cuts": {"below_is_low": "0.4", "from_is_high": "0.6"},
    "labels": {"NI": ["imposed", "mixed", "negotiated"], "PE": ["planned", "mixed", "emergent"]},
    "kinds": {
        "all": ["agency", "provider", "frontline", "managers", "community", "users", "observer", "observers", "other"],
        "not_entitled": ["observer", "observers"],
        "authority": ["agency"],
        "practice": ["frontline", "managers", "community", "users"],
        "negotiated_needs_one_of_each": [["users", "community"], ["frontline", "managers"]],
    },
    "fewest_entitled_groups": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Preset:
    """One reading of the method values p together with one weighting of the two terms of NI."""

    name: str
    values: Mapping[str, Fraction]
    decision_weight: Fraction
    offers_weight: Fraction


@dataclass(frozen=True)
class Rule:
    """A scoring rule ready for use; `canonical` is its document as RFC 8785 bytes: what is hashed and adopted.

    `elements` gives the parts of each kind of element, in order.
    """

    canonical: bytes
    version: int
    elements: Mapping[str, tuple[str, ...]]
    alone: frozenset[str]
    joint: frozenset[str]
    presets: tuple[Preset, ...]
    cap_alone: Fraction
    cap_over_objection: Fraction
    cap_confirmed_after_alone: Fraction
    objection_share: Fraction
    confirmation_moves: Fraction
    timing: Mapping[str, Fraction]
    origin: Mapping[str, Fraction]
    timing_weight: Fraction
    origin_weight: Fraction
    low_cut: Fraction
    high_cut: Fraction
    ni_labels: tuple[str, str, str]
    pe_labels: tuple[str, str, str]
    kinds: frozenset[str]
    kinds_not_entitled: frozenset[str]
    kinds_authority: frozenset[str]
    kinds_practice: frozenset[str]
    negotiated_needs: tuple[frozenset[str], ...]
    fewest_entitled: int

    @property
    def base(self) -> Preset:
        """The preset whose figures are the verdict; the other eight only give the range."""
        return self.presets[0]

    @property
    def hash(self) -> str:
        """SHA-256, in hexadecimal, of the document's canonical form."""
        return hashlib.sha256(self.canonical).hexdigest()

    def document(self) -> dict[str, Any]:
        """A copy of the document as plain data, for publishing."""
        copy: dict[str, Any] = json.loads(self.canonical)
        return copy

    def origin_of(self, kinds: Iterable[str]) -> str:
        """Who began it, from the kinds of group that did: `authority`, `practice`, or `joint` for anything else."""
        began = frozenset(kinds)
        if began and began <= self.kinds_authority:
            return "authority"
        return "practice" if began and began <= self.kinds_practice else "joint"


def read_rule(document: Mapping[str, Any]) -> Rule:
    """The rule a document describes. Its presets are every reading of p with every weighting; the first is the base."""
    kinds, caps, weights = document["kinds"], document["caps"], document["emergence_weights"]
    return Rule(
        canonical=rfc8785.dumps(dict(document)),
        version=document["version"],
        elements=_elements(document),
        alone=frozenset(document["methods"]["alone"]),
        joint=frozenset(document["methods"]["joint"]),
        presets=_presets(document),
        cap_alone=Fraction(caps["alone"]),
        cap_over_objection=Fraction(caps["over_objection"]),
        cap_confirmed_after_alone=Fraction(caps["confirmed_after_alone"]),
        objection_share=Fraction(document["objection_of_more_than"]),
        confirmation_moves=Fraction(document["confirmation_moves"]),
        timing=_fractions(document["timing"]),
        origin=_fractions(document["origin"]),
        timing_weight=Fraction(weights["timing"]),
        origin_weight=Fraction(weights["origin"]),
        low_cut=Fraction(document["cuts"]["below_is_low"]),
        high_cut=Fraction(document["cuts"]["from_is_high"]),
        ni_labels=tuple(document["labels"]["NI"]),
        pe_labels=tuple(document["labels"]["PE"]),
        kinds=frozenset(kinds["all"]),
        kinds_not_entitled=frozenset(kinds["not_entitled"]),
        kinds_authority=frozenset(kinds["authority"]),
        kinds_practice=frozenset(kinds["practice"]),
        negotiated_needs=tuple(frozenset(needed) for needed in kinds["negotiated_needs_one_of_each"]),
        fewest_entitled=document["fewest_entitled_groups"],
    )


def _fractions(values: Mapping[str, str]) -> Mapping[str, Fraction]:
    return MappingProxyType({name: Fraction(value) for name, value in values.items()})


def _presets(document: Mapping[str, Any]) -> tuple[Preset, ...]:
    return tuple(
        Preset(
            name=f"{name} {weighting['decision']}:{weighting['offers']}",
            values=_fractions(values),
            decision_weight=Fraction(weighting["decision"]),
            offers_weight=Fraction(weighting["offers"]),
        )
        for name, values in document["values"].items()
        for weighting in document["weightings"]
    )


def _elements(document: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """The parts each kind of element has: all of them, or `definition` alone."""
    whole = dict.fromkeys(document["elements_with_all_parts"], tuple(document["parts"]))
    single = dict.fromkeys(document["elements_with_one_part"], ("definition",))
    return MappingProxyType(whole | single)


RULE_1: Final = read_rule(DOCUMENT_1)
RULES: Final[Mapping[int, Rule]] = MappingProxyType({RULE_1.version: RULE_1})

"""From the document rule.json (version 1) to a `Rule`, refusing whatever it does not understand."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, cast

import rfc8785

from apps.common.errors import Invalid
from apps.consensus.documents import at, fields, integer, mapping, names, one_of, refuse, refuse_floats, share
from apps.consensus.methods.consensus import Consensus, read_consensus
from apps.consensus.methods.consent import Consent, read_consent
from apps.consensus.methods.majority import Majority, read_majority
from apps.consensus.methods.medians import RatingMedian
from apps.consensus.methods.rating import read_rating
from apps.consensus.methods.selection import BUILDERS, Selection, read_selection
from apps.consensus.methods.shares_of_ratings import RatingShare
from apps.consensus.rules import Composition, Method, Override, Quorum, Rule

METHODS: dict[str, Callable[[dict[str, object], str], Method]] = {
    "majority": read_majority,
    "consensus": read_consensus,
    "consent": read_consent,
    "rating": read_rating,
    **dict.fromkeys(BUILDERS, read_selection),
}
OVERRIDABLE: dict[type, tuple[str, ...]] = {
    Majority: ("threshold",),
    Consensus: ("active",),
    RatingShare: ("in", "out"),
    RatingMedian: ("at_least",),
}
WITH_SUPPORT = (Majority, Consensus, Consent)
NOT_CONCURRING, EXCLUDED = "not_concurring", "excluded"


def rule_hash(document: Mapping[str, object]) -> str:
    """SHA-256, in hexadecimal, of the RFC 8785 form of the rule as given, defaults not filled in. `Invalid` if it has none."""
    refuse_floats(document)
    try:
        return hashlib.sha256(rfc8785.dumps(cast(dict[str, Any], document))).hexdigest()
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise Invalid("rule.not_canonical", f"rule: cannot be written canonically: {error}") from None


def parse_rule(document: Mapping[str, object]) -> Rule:
    """The rule in a document of version 1. `Invalid` (code `rule.<reason>`) names the place of the first fault."""
    refuse_floats(document)
    read = fields(document, "", ("version", "method"), ("quorum", "groups"))
    if integer(read["version"], "version", 0, 10**6) != 1:
        refuse("unknown_version", "version", "only version 1 is known")
    method_document = mapping(read["method"], "method")
    method = _read_method(method_document, "method")
    groups = _read_groups(read, method)
    deciding = names(groups["deciding"], "groups.deciding") if groups["deciding"] != () else ()
    return Rule(
        method=method,
        deciding=deciding,
        composition=_read_composition(groups["composition"], "groups.composition", len(deciding), method),
        quorum=_read_quorum(read["quorum"], "quorum") if "quorum" in read else None,
        absent=one_of(groups.get("absent", NOT_CONCURRING), "groups.absent", (NOT_CONCURRING, EXCLUDED)),
        overrides=_read_overrides(groups.get("overrides", {}), "groups.overrides", deciding, method, method_document),
        hash=rule_hash(document),
        document=dict(document),
    )


def _read_groups(read: dict[str, object], method: Method) -> dict[str, object]:
    """The part `groups`. A selection may leave it out, or its composition: then all ballots are simply counted together."""
    optional = ("absent", "overrides")
    if not isinstance(method, Selection):
        if "groups" not in read:
            refuse("missing_key", "groups", "missing; this key is required")
        return fields(read["groups"], "groups", ("deciding", "composition"), optional)
    pooled: dict[str, object] = {"composition": {"kind": "pooled"}}
    if "groups" not in read:
        return pooled | {"deciding": ()}
    return pooled | fields(read["groups"], "groups", ("deciding",), ("composition", *optional))


def _read_method(document: dict[str, object], place: str) -> Method:
    if "kind" not in document:
        refuse("missing_key", at(place, "kind"), "missing; this key is required")
    kind = one_of(document["kind"], at(place, "kind"), METHODS)
    return METHODS[kind](document, place)


def _read_quorum(value: object, place: str) -> Quorum:
    read = fields(value, place, ("share",), ("of",))
    return Quorum(
        share(read["share"], at(place, "share")), one_of(read.get("of", "entitled"), at(place, "of"), ("entitled",))
    )


def _read_composition(value: object, place: str, deciding: int, method: Method) -> Composition:
    kind = one_of(mapping(value, place).get("kind"), at(place, "kind"), _COMPOSITIONS)
    read = fields(value, place, ("kind", *_COMPOSITIONS[kind]))
    if kind == "at_least":
        return Composition(kind, n=integer(read["n"], at(place, "n"), 1, deciding))
    if kind != "weighted":
        return Composition(kind)
    if not isinstance(method, WITH_SUPPORT):
        refuse(
            "no_support",
            at(place, "kind"),
            f"'weighted' compares shares of support, which '{method.kind}' does not have",
        )
    return Composition(
        kind, pooled=share(read["pooled"], at(place, "pooled")), each=share(read["each"], at(place, "each"))
    )


_COMPOSITIONS: dict[str, tuple[str, ...]] = {
    "all": (),
    "at_least": ("n",),
    "pooled": (),
    "weighted": ("pooled", "each"),
}


def _read_overrides(
    value: object, place: str, deciding: tuple[str, ...], method: Method, base: dict[str, object]
) -> dict[str, Override]:
    overrides = {}
    for group, inner in mapping(value, place).items():
        if group not in deciding:
            refuse("unknown_group", at(place, group), f"'{group}' is not among the deciding groups")
        overrides[group] = _read_override(inner, at(place, group), method, base)
    return overrides


def _read_override(value: object, place: str, method: Method, base: dict[str, object]) -> Override:
    own = OVERRIDABLE.get(type(method), ())
    read = fields(value, place, optional=("quorum", *own))
    changed = {key: read[key] for key in own if key in read}
    return Override(
        _read_quorum(read["quorum"], at(place, "quorum")) if "quorum" in read else None,
        _read_method(base | changed, place) if changed else None,
    )

"""The terms of an act in words: what an auditor reads to follow a figure, and may contest."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from apps.provenance.domain.course import Weighed
from apps.provenance.domain.figures import four_decimals
from apps.provenance.domain.rule import Rule
from apps.provenance.domain.terms import Facts, ni_of, timing_of

TIMING = {
    "plan": "in the founding plan",
    "foreseen": "in a place the founding plan foresaw",
    "unforeseen": "not foreseen by the founding plan",
}
ORIGIN = {
    "authority": "begun by an authority",
    "joint": "begun together with an authority or an organisation",
    "practice": "begun by those who do the work or use the service",
}


@dataclass(frozen=True)
class Term:
    """One term of an act's score: its name, value, weight (None for a cap or a note) and the reason in words."""

    name: str
    value: Fraction | None
    weight: Fraction | None
    why: str


@dataclass(frozen=True)
class ActScore:
    """What one act is worth. `ni` and `pe` are None where the act has no such score; `moved` are the parts it moved."""

    number: int
    ni: Fraction | None
    pe: Fraction | None
    moved: tuple[str, ...]
    terms: tuple[Term, ...]


def explain(weighed: Weighed, number: int, moved: tuple[str, ...], rule: Rule) -> ActScore:
    """The score of an act under the rule's first preset, term by term."""
    facts = weighed.facts
    ni = ni_of(facts, rule.base) if facts is not None else None
    terms = (
        *(_ni_terms(facts, rule) if facts is not None else ()),
        *(_pe_terms(weighed, rule) if weighed.pe is not None else ()),
        *_notes(weighed, ni, rule),
    )
    return ActScore(number, ni, weighed.pe, moved, terms)


def _ni_terms(facts: Facts, rule: Rule) -> Iterable[Term]:
    if not facts.applicable:
        yield Term("D", None, None, f"fewer than {rule.fewest_entitled} entitled groups: not applicable")
        return
    value = rule.base.values[facts.method]
    yield Term("D", value * facts.share, rule.base.decision_weight, _decision(facts, value))
    yield Term("A", facts.offers, None if facts.offers is None else rule.base.offers_weight, _offers(facts))
    if facts.cap is not None:
        yield Term("cap", facts.cap, None, _cap(facts, rule))


def _decision(facts: Facts, value: Fraction) -> str:
    if not facts.joint:
        return f"decided alone, {facts.method} {four_decimals(value)}"
    text = f"{facts.method} {four_decimals(value)} x {len(facts.concurring)} of {len(facts.entitled)} entitled groups"
    others = facts.entitled - facts.concurring
    return f"{text}; not concurring: {_listed(others)}" if others else text


def _offers(facts: Facts) -> str:
    if facts.offers is None:
        return "a window for offers stood open and nothing was offered: left out"
    if not facts.offering:
        return "no window for offers"
    pairs = (f"{group} {offer.taken} of {offer.offered}" for group, offer in sorted(facts.offering.items()))
    return f"parts on which groups got something, of those on which they offered: {', '.join(pairs)}"


def _cap(facts: Facts, rule: Rule) -> str:
    if facts.cap != rule.cap_over_objection:
        return f"decided alone: at most {four_decimals(rule.cap_alone)}"
    reasons = []
    if facts.bound_objecting:
        reasons.append(f"among them {_listed(facts.bound_objecting)}, who collect the data or are measured by it")
    if len(facts.objecting) > rule.objection_share * len(facts.entitled):
        reasons.append(f"{len(facts.objecting)} of {len(facts.entitled)} entitled groups")
    return f"decided alone over objection: at most {four_decimals(rule.cap_over_objection)} ({'; '.join(reasons)})"


def _pe_terms(weighed: Weighed, rule: Rule) -> Iterable[Term]:
    act = weighed.act
    required = "required by an authority: planned whenever it arrives"
    why = required if act.origin == "authority" else TIMING[act.timing or ""]
    yield Term("T", timing_of(act, rule), rule.timing_weight, why)
    yield Term("O", rule.origin[act.origin or ""], rule.origin_weight, ORIGIN[act.origin or ""])


def _notes(weighed: Weighed, ni: Fraction | None, rule: Rule) -> Iterable[Term]:
    act = weighed.act
    if act.type == "retire":
        yield Term("retire", None, None, "ends the life of the element; nothing moves")
    if act.type == "lapse":
        yield Term("lapse", None, None, "what was set alone lapsed: its parts stand as before it, or are open again")
    if act.type == "confirm" and not act.binding:
        yield Term("confirm", None, None, "binds nobody: acknowledged, nothing moves")
    elif act.type == "confirm":
        limit = four_decimals(rule.cap_confirmed_after_alone)
        towards = "" if ni is None else f" to {four_decimals(ni)}"
        why = f"binding: its parts move half way{towards}, never above {limit} where last set alone"
        yield Term("confirm", ni, None, why)
    if act.completeness is not None:
        yield Term("facts", act.completeness, None, "share of the facts that is attested; no figure depends on it")


def _listed(groups: Iterable[str]) -> str:
    return ", ".join(sorted(groups))

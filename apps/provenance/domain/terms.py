"""NI and PE of a single act, with every term that gave them (docs/scoring-rule.md, "An act").

NI runs from 0, imposed, to 1, negotiated; PE from 0, planned, to 1, emergent. All arithmetic is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from apps.provenance.domain.acts import Act, Offer
from apps.provenance.domain.rule import Preset, Rule


@dataclass(frozen=True)
class Facts:
    """What counts of an act, before any value is put on it.

    `concurring` are the entitled groups that agreed where they could have refused: none when the act was decided alone.
    `offers` is the mean share of their offers that groups got, None when the term does not exist. `cap` is None for
    joint acts. `applicable` is False with fewer than two entitled groups: then there is nobody to negotiate with.
    """

    method: str
    joint: bool
    applicable: bool
    entitled: frozenset[str]
    concurring: frozenset[str]
    objecting: frozenset[str]
    bound_objecting: frozenset[str]
    offering: Mapping[str, Offer]
    offers: Fraction | None
    cap: Fraction | None

    @cached_property
    def share(self) -> Fraction:
        """The share of the entitled groups that concurred; 1 for acts decided alone, whose value stands by itself."""
        return Fraction(len(self.concurring), len(self.entitled)) if self.joint else Fraction(1)


def facts_of(act: Act, rule: Rule) -> Facts | None:
    """The facts of an act that has a method; None for one without (a retirement, an acknowledgement)."""
    if act.method is None:
        return None
    method = "decree" if act.type == "set_outside" else act.method
    joint = method in rule.joint
    entitled = frozenset(act.entitled)
    offering = {group: offer for group, offer in act.offers.items() if offer.offered and group not in act.initiators}
    objecting, bound = act.objecting & entitled, act.objecting & act.bound
    return Facts(
        method=method,
        joint=joint,
        applicable=len(entitled) >= rule.fewest_entitled,
        entitled=entitled,
        concurring=act.concurring & entitled if joint else frozenset(),
        objecting=objecting,
        bound_objecting=bound,
        offering=offering,
        offers=_offers(offering, act.window),
        cap=None if joint else _cap(objecting, bound, entitled, rule),
    )


def _offers(offering: Mapping[str, Offer], window: bool) -> Fraction | None:
    """A: groups count alike, however much each offered. Nothing offered in an open window says nothing either way."""
    if offering:
        return sum((Fraction(offer.taken, offer.offered) for offer in offering.values()), Fraction()) / len(offering)
    return None if window else Fraction(0)


def _cap(objecting: frozenset[str], bound: frozenset[str], entitled: frozenset[str], rule: Rule) -> Fraction:
    over_objection = bool(bound) or len(objecting) > rule.objection_share * len(entitled)
    return rule.cap_over_objection if over_objection else rule.cap_alone


def ni_of(facts: Facts, preset: Preset) -> Fraction | None:
    """NI of an act under a preset; None where it is not applicable."""
    if not facts.applicable:
        return None
    n = preset.values[facts.method] * facts.share
    if facts.offers is not None:
        weights = preset.decision_weight + preset.offers_weight
        n = preset.decision_weight * n + preset.offers_weight * facts.offers
        n = n if weights == 1 else n / weights
    return n if facts.cap is None else min(n, facts.cap)


def pe_of(act: Act, rule: Rule) -> Fraction:
    """PE of an act that sets parts. What an authority requires is planned whenever it arrives."""
    timing, origin = timing_of(act, rule), rule.origin[act.origin or ""]
    return rule.timing_weight * timing + rule.origin_weight * origin


def timing_of(act: Act, rule: Rule) -> Fraction:
    """T: where the act stood to the founding plan."""
    return Fraction(0) if act.origin == "authority" else rule.timing[act.timing or ""]

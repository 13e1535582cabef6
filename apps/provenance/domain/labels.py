"""Words for a position, and the flags that keep it honest."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from apps.provenance.domain.acts import History
from apps.provenance.domain.course import Weighed
from apps.provenance.domain.parts import Parts
from apps.provenance.domain.rule import Rule

NOT_APPLICABLE = "not_applicable"


def in_force(parts: Parts) -> tuple[int, ...]:
    """The numbers of the acts now in force: those that last set some part. A confirmation sets none."""
    return tuple(sorted({state.set_by for state in parts.values()}))


def agreed_among_organisations(history: History, acts: Iterable[Weighed], rule: Rule) -> bool:
    """Whether the acts in force lack the concurrence of those the measure is for, or of those who do the work.

    Only kinds of group that the partnership has can be missing.
    """
    concurring = frozenset(group for weighed in acts if weighed.facts for group in weighed.facts.concurring)
    needed = (history.of_kind(kinds) for kinds in rule.negotiated_needs)
    return any(groups and not groups & concurring for groups in needed)


def ni_label(ni: Fraction | None, among_organisations: bool, rule: Rule) -> str:
    """imposed, mixed or negotiated, compared exactly; high scores reached among organisations alone are mixed."""
    if ni is None:
        return NOT_APPLICABLE
    _, mixed, high = rule.ni_labels
    label = _cut(ni, rule.ni_labels, rule)
    return mixed if label == high and among_organisations else label


def pe_label(pe: Fraction, rule: Rule) -> str:
    """planned, mixed or emergent, compared exactly."""
    return _cut(pe, rule.pe_labels, rule)


def _cut(value: Fraction, labels: tuple[str, str, str], rule: Rule) -> str:
    low, mixed, high = labels
    if value < rule.low_cut:
        return low
    return high if value >= rule.high_cut else mixed


def flags(
    standing: Sequence[Weighed], ni: Fraction | None, among_organisations: bool, nine_labels: set[str], rule: Rule
) -> tuple[str, ...]:
    """The flags of a position, in alphabetical order: of the acts in force, not of what has been replaced."""
    facts = [weighed.facts for weighed in standing if weighed.facts is not None]
    raised = {
        "agreed_among_organisations": ni is not None and ni >= rule.high_cut and among_organisations,
        "label_depends_on_weights": len(nine_labels) > 1,
        "no_change_offered": any(found.offers is None for found in facts),
        "no_mandate": any(weighed.act.type == "set_outside" for weighed in standing),
        "partly_imposed": len({found.joint for found in facts}) > 1,
    }
    return tuple(sorted(flag for flag, holds in raised.items() if holds))

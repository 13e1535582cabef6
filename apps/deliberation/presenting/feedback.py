"""What the groups said the time before, in rows as results have them: one for each pool of groups, never of fewer than five."""

from collections.abc import Mapping

from apps.consensus import Rule
from apps.consensus.sentences import listed
from apps.consensus.shares import decimal_text
from apps.deliberation.domain.feedback import Spread
from apps.deliberation.feedback import ItemFeedback
from apps.deliberation.presenting.results import WORDS, Choice, ResultRow, bands_of


def feedback_rows(found: ItemFeedback, rule: Rule, names: Mapping[str, str]) -> tuple[ResultRow, ...]:
    """The spread of answers on one line under the rule of that round. `names` are the groups'."""
    return tuple(_row(one, rule, names, found.seats) for one in found.spreads)


def _row(one: Spread, rule: Rule, names: Mapping[str, str], seats: Mapping[str, int]) -> ResultRow:
    apart = tuple(Choice("abstain", WORDS[way][1], number) for way, number in one.apart.items())
    return ResultRow(
        name=listed([names.get(key, key) for key in one.groups]),
        choices=bands_of(one.counts, rule),
        apart=apart,
        took_part=one.opinions + sum(one.apart.values()),
        entitled=sum(seats.get(key, 0) for key in one.groups),
        sentence=" ".join(filter(None, (_answers(one, rule), _aside(apart), _middle(one)))),
        threshold=None,
        state="",
        state_words="",
        overall=False,
    )


def _answers(one: Spread, rule: Rule) -> str:
    """How often each answer was given."""
    if rule.is_selection:
        return f"{listed([f'{number} put {name} first' for name, number in one.counts.items()])}."
    given = {choice: number for choice, number in one.counts.items() if number}
    if rule.kind == "rating":
        return f"Ratings: {', '.join(f'{number} × {choice}' for choice, number in given.items())}."
    return f"{', '.join(f'{number} {WORDS[choice][1]}' for choice, number in given.items())}."


def _aside(apart: tuple[Choice, ...]) -> str:
    return f"{listed([f'{choice.count} {choice.label}' for choice in apart])}." if apart else ""


def _middle(one: Spread) -> str:
    if one.median is None or one.lower is None or one.upper is None:
        return ""
    low, middle, high = (decimal_text(value, 1) for value in (one.lower, one.median, one.upper))
    half = f"half of them from {low} to {high}" if low != high else f"at least half of them {low}"
    return f"In the middle: {middle}; {half}."

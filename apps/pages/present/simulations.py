"""What came out of trying a rule, as the page shows it: each rule with its outcome, over whose heads, and how it would read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.consensus.sentences import behind
from apps.consensus.simulator import write_counts
from apps.deliberation.models import RoundItem
from apps.deliberation.simulating import Tried
from apps.frameworks.models import Framework
from apps.pages.present.words import OUTCOMES, listed
from apps.partnerships.models import Partnership
from apps.partnerships.selectors import group_names
from apps.provenance.forecasting import would_read


@dataclass(frozen=True)
class ForecastShown:
    """One rule on these votes: the outcome as a state with words, why, over whose heads, and how it would be told."""

    label: str
    state: str
    state_words: str
    reason: str
    heads: str
    reads: str
    position: str
    groups: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Simulated:
    """Everything that came out: the rule that was tried first, then its nearest variants; who is left out."""

    first: ForecastShown
    others: Sequence[ForecastShown]
    left_out: str


def simulated(framework: Framework, tried: Tried, item: RoundItem | None) -> Simulated:
    """What came out, in words."""
    names = group_names(framework.partnership)
    shown = [
        _shown(framework, tried, number, names, item if item and len(item.options) == 1 else None)
        for number in range(len(tried.forecasts))
    ]
    out = [names[key] for key in tried.votes.groups_out] + [f"seat {label}" for label in tried.votes.seats_out]
    staying = f"{len(tried.staying)} of {len(tried.rule.deciding)} groups decide" if tried.votes.groups_out else ""
    left = "; ".join(filter(None, [f"Left out: {listed(out)}" if out else "", staying]))
    return Simulated(shown[0], shown[1:], f"{left}. {_denominators(tried)}" if left else "")


def _denominators(tried: Tried) -> str:
    """Of how many seats and groups is counted: 30 of 34 seats can vote. 3 of 5 groups agree, not 3 of 6."""
    agree, all_groups = len(tried.forecasts[0].result.concurring), len(tried.rule.deciding)
    words = f"{tried.seats} of {tried.of_seats} seats can vote."
    if tried.votes.groups_out:
        words += f" {agree} of {len(tried.staying)} groups agree, not {agree} of {all_groups}."
    return words


def items_to_try(items: Iterable[RoundItem]) -> list[tuple[str, str]]:
    """Counted lines to choose from."""
    return [(str(item.id), f"{item.round.title}: {_title(item)}") for item in items]


def simulation_told(partnership: Partnership, kept: Mapping[str, Any] | None) -> list[str]:
    """What the record keeps of a rule having been tried, as sentences."""
    if not kept:
        return []
    names = group_names(partnership)
    words = OUTCOMES.get(kept["outcome"], ("", kept["outcome"]))[1]
    heads = [names.get(key, key) for key in kept["over_the_heads"]]
    out = [names.get(key, key) for key in kept["groups_out"]] + [f"seat {label}" for label in kept["seats_out"]]
    votes = (
        "; ".join(f"{names.get(key, key)} {write_counts(counts)}" for key, counts in kept["counts"].items())
        if "counts" in kept
        else "the votes of an earlier round"
    )
    return [
        f"Tried on: {votes}.",
        f"What came out: {words.lower()}. {behind(words, kept['reason'])}",
        *([f"It would carry over the heads of {listed(heads)}."] if heads else []),
        *([f"Left out: {listed(out)}."] if out else []),
    ]


def _shown(
    framework: Framework, tried: Tried, number: int, names: Mapping[str, str], item: RoundItem | None
) -> ForecastShown:
    found = tried.forecasts[number]
    state, words = OUTCOMES[found.result.outcome.value]
    reading = would_read(framework, tried.rules[number], found.result, tried.votes.groups_out, item)
    groups = [
        (names.get(key, key), "agrees" if one.concurs else "does not agree", one.why)
        for key, one in found.result.groups.items()
    ]
    return ForecastShown(
        label=found.rule,
        state=state,
        state_words=words,
        reason=behind(words, found.result.reason),
        heads=listed(names.get(key, key) for key in found.outvoted),
        reads=reading.words,
        position=reading.position,
        groups=groups,
    )


def _title(item: RoundItem) -> str:
    proposals = item.proposals
    if len(proposals) != 1:
        return f"a choice among {len(proposals)} texts"
    title = str(item.version.patch.get("title", "")) if item.version else ""
    return f"{proposals[0].code} {title}".strip()

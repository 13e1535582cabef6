"""Results as rows with a sentence each, out of what the one door to results gives: one row per deciding group, one for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from apps.consensus import Rule
from apps.consensus.sentences import behind
from apps.deliberation.domain.dissent import bands, ratings
from apps.deliberation.presenting.stages import Stage, stages_of
from apps.deliberation.selectors import TallyView
from apps.deliberation.turnout import Turnout

Counts = Mapping[str, int]
OUTCOMES: Mapping[str, tuple[str, str]] = {
    "agreed": ("agreed", "Agreed"),
    "agreed_with_reservations": ("agreed", "Agreed with reservations"),
    "not_agreed": ("contested", "Not agreed"),
    "blocked": ("contested", "Blocked"),
    "undecided": ("contested", "Undecided"),
    "inquorate": ("contested", "Too few took part"),
    "not_chosen": ("contested", "Not chosen"),
    "fell_with_package": ("contested", "Fell with its package"),
}
"""Outcome of a round's item, or of one alternative in it, to state (a colour role) and words."""
WORDS: Mapping[str, tuple[str, str]] = {
    "for": ("for", "for"),
    "against": ("against", "against"),
    "consent": ("consent", "consent"),
    "stand_aside": ("stand_aside", "stand aside"),
    "object": ("object", "object"),
    "block": ("block", "block"),
    "overruled": ("stand_aside", "objection ruled invalid"),
    "unable": ("abstain", "could not say"),
    "abstain": ("abstain", "abstained"),
}
"""What a voter may choose: the kind by which bars are coloured, and the words; counted choices first."""
APART = ("unable", "abstain")


@dataclass(frozen=True)
class Choice:
    """How many chose one thing."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True)
class ResultRow:
    """One deciding group, or everybody (`overall`). `choices` are those that the threshold counts, `apart` the rest;
    `threshold` is a share of those counted, 0..1, null where the rule has none to draw."""

    name: str
    choices: tuple[Choice, ...]
    apart: tuple[Choice, ...]
    took_part: int
    entitled: int
    sentence: str
    threshold: Fraction | None
    state: str
    state_words: str
    overall: bool


@dataclass(frozen=True)
class ItemResult:
    """The result on one item: the outcome, its state as a colour role, the reason as a sentence, and the rows.

    Of a question among alternatives also which are chosen, in order, which are tied, and the stages of the count.
    """

    item: UUID
    outcome: str
    verdict: str
    state: str
    state_words: str
    rows: tuple[ResultRow, ...]
    winners: tuple[str, ...] = ()
    ties: tuple[tuple[str, ...], ...] = ()
    stages: tuple[Stage, ...] = ()


def result_of(view: TallyView, rule: Rule) -> ItemResult | None:
    """One item's result in rows. None where it may not be seen yet."""
    if view.result is None:
        return None
    outcome = str(view.result["outcome"])
    state, words = OUTCOMES[outcome]
    deciding = [turnout for turnout in view.turnout if turnout.group in rule.deciding]
    rows = [_row(turnout, view.result["groups"].get(turnout.group), rule) for turnout in deciding]
    words = words if view.final else f"{words}, as it stands"
    return ItemResult(
        item=view.item,
        outcome=outcome,
        verdict=behind(OUTCOMES[outcome][1], str(view.result["reason"])),
        state=state,
        state_words=words,
        rows=(*rows, _overall(view, rule)),
        winners=tuple(view.result.get("winners", ())),
        ties=tuple(tuple(tied) for tied in view.result.get("ties", ())),
        stages=stages_of(view.result, rule),
    )


def threshold_of(rule: Rule) -> Fraction | None:
    """The share that must be reached, where the rule has one to draw."""
    method = _method(rule)
    if rule.kind == "majority":
        return Fraction(method.get("threshold", {}).get("share", "1/2"))
    if rule.kind == "rating" and method.get("criterion", "share") == "share":
        needed = (Fraction(part["at_least"]) for part in method.get("in", []) if "at_least" in part)
        return next(needed, Fraction(7, 10))
    return None


def _row(turnout: Turnout, found: Mapping[str, Any] | None, rule: Rule) -> ResultRow:
    counted, apart = _split(found["counts"] if found else {}, rule)
    concurs = bool(found and found["concurs"])
    return ResultRow(
        name=turnout.name,
        choices=counted,
        apart=apart,
        took_part=turnout.voted or 0,
        entitled=turnout.seats,
        sentence=str(found["why"]) if found else "Nobody took part.",
        threshold=None if rule.pooled else threshold_of(rule),
        state="" if rule.pooled else ("agreed" if concurs else "contested"),
        state_words="" if rule.pooled else ("agrees" if concurs else "does not agree"),
        overall=False,
    )


def _overall(view: TallyView, rule: Rule) -> ResultRow:
    counted, apart = _split((view.result or {})["together"]["counts"], rule)
    pooled = "Counted together, person by person."
    return ResultRow(
        name="Everybody together",
        choices=counted,
        apart=apart,
        took_part=sum(part.voted or 0 for part in view.turnout),
        entitled=sum(part.seats for part in view.turnout),
        sentence=pooled if rule.pooled else "Shown for comparison: the rule asks each group.",
        threshold=threshold_of(rule) if rule.pooled else None,
        state="",
        state_words="",
        overall=True,
    )


def bands_of(counts: Counts, rule: Rule) -> tuple[Choice, ...]:
    """What was answered as a bar shows it: ratings in three bands, words as they are; nothing among alternatives."""
    if rule.is_selection:
        return ()
    found = _ratings(counts, rule) if rule.kind == "rating" else _words(counts, rule)
    return tuple(choice for choice in found if choice.kind not in APART)


def _split(counts: Counts, rule: Rule) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """The choices a threshold counts, and those it leaves apart."""
    if rule.is_selection:
        return _firsts(counts)
    found = _ratings(counts, rule) if rule.kind == "rating" else _words(counts, rule)
    apart = [choice for choice in found if choice.kind == "abstain" and _base(rule) == "cast"]
    counted = tuple(choice for choice in found if choice not in apart)
    return counted, tuple(choice for choice in apart if choice.count)


def _firsts(counts: Counts) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    chosen, cast = counts.get("chosen", 0), counts.get("cast", 0)
    counted = (Choice("for", "put first what is chosen", chosen), Choice("against", "put others first", cast - chosen))
    abstained = counts.get("abstain", 0)
    return counted, (Choice("abstain", "abstained", abstained),) if abstained else ()


def _words(counts: Counts, rule: Rule) -> list[Choice]:
    shown = [word for word in WORDS if word in rule.method.choices() or counts.get(word, 0) > 0]
    found = [Choice(*WORDS[word], counts.get(word, 0)) for word in shown]
    absent = counts.get("entitled", 0) - counts.get("present", 0)
    return [*found, Choice("abstain", "did not vote", absent)] if _base(rule) == "entitled" and absent > 0 else found


def _ratings(counts: Counts, rule: Rule) -> list[Choice]:
    low, high = bands(rule)
    given = ratings(counts)
    middle = sum(count for rating, count in given.items() if rating not in high and rating not in low)
    return [
        Choice("high", f"{high.start} to {high.stop - 1}", sum(given.get(rating, 0) for rating in high)),
        Choice("middle", "between", middle),
        Choice("low", f"{low.start} to {low.stop - 1}", sum(given.get(rating, 0) for rating in low)),
        *(Choice(*WORDS[word], counts.get(word, 0)) for word in APART if counts.get(word, 0)),
    ]


def _base(rule: Rule) -> str:
    """Whom the threshold counts: cast, present or entitled."""
    return str(_method(rule).get("threshold", {}).get("of", "cast")) if rule.kind == "majority" else "cast"


def _method(rule: Rule) -> dict[str, Any]:
    return dict(rule.document["method"])  # type: ignore[call-overload, no-any-return]

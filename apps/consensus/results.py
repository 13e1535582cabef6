"""What a tally gives: per item an outcome, per group its numbers and whether it concurs, and the reason in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from apps.consensus.rules import Judgement, Outcome
from apps.consensus.shares import fraction_text


@dataclass(frozen=True)
class GroupResult:
    """One group on one item. `shares` are exact; None where there was nobody to take a share of."""

    counts: dict[str, int]
    shares: dict[str, Fraction | None]
    concurs: bool
    why: str
    quorate: bool = True
    statistics: dict[str, object] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """Plain JSON values: shares as fractions in texts."""
        return {
            "counts": self.counts,
            "shares": {name: fraction_text(value) for name, value in self.shares.items()},
            "concurs": self.concurs,
            "why": self.why,
            "quorate": self.quorate,
            **self.statistics,
        }


@dataclass(frozen=True)
class ItemResult:
    """One item: `groups` are the deciding groups in the rule's order, `others` the ballots by group of those who do not decide,
    `together` everybody's ballots as one, `details` what the method adds (median, winners, stages)."""

    item: str
    outcome: Outcome
    groups: dict[str, GroupResult]
    reason: str
    together: Judgement
    others: Mapping[str, Judgement] = field(default_factory=dict)
    details: dict[str, object] = field(default_factory=dict)

    @property
    def concurring(self) -> tuple[str, ...]:
        """The deciding groups that concur, in the rule's order."""
        return tuple(group for group, result in self.groups.items() if result.concurs)

    def to_json(self) -> dict[str, object]:
        """Plain JSON values, without floats."""
        document: dict[str, object] = {
            "item": self.item,
            "outcome": self.outcome.value,
            "groups": {group: result.to_json() for group, result in self.groups.items()},
            "reason": self.reason,
            "together": _numbers(self.together),
            **self.details,
        }
        if self.others:
            document["others"] = {group: _numbers(judgement) for group, judgement in self.others.items()}
        return document


def _numbers(judgement: Judgement) -> dict[str, object]:
    shares = {name: fraction_text(value) for name, value in judgement.shares.items()}
    return {"counts": judgement.counts, "shares": shares}


@dataclass(frozen=True)
class Result:
    """A tally of ballots under a rule; items are sorted by name, so the order of the rows does not matter."""

    rule_hash: str
    ballots_sha256: str
    items: tuple[ItemResult, ...]
    version: int = 1

    def item(self, name: str) -> ItemResult:
        """The result on one item; `KeyError` if nobody voted on it."""
        for result in self.items:
            if result.item == name:
                return result
        raise KeyError(name)

    def to_json(self) -> dict[str, object]:
        """The document the command `tally` prints."""
        return {
            "version": self.version,
            "rule_hash": self.rule_hash,
            "ballots_sha256": self.ballots_sha256,
            "items": [item.to_json() for item in self.items],
        }

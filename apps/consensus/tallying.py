"""The tally: ballots and a rule in, outcomes with their arithmetic out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from apps.consensus.ballots import Ballots, Row, Votes, gather
from apps.consensus.methods.selection import Selection
from apps.consensus.methods.words import unknown_choice
from apps.consensus.outcomes import Assembly, Standing, outcome, supported
from apps.consensus.parsing import EXCLUDED
from apps.consensus.results import GroupResult, ItemResult, Result
from apps.consensus.rules import Judgement, Method, Rule, Side
from apps.consensus.sentences import reason, took_part

Out = Mapping[str, Mapping[str, int]]
"""How many seats of each group left the vote, by item."""
NOBODY: Out = {}


def tally(
    rule: Rule,
    rows: Iterable[Row],
    entitled: Mapping[str, int],
    *,
    items: Iterable[str] = (),
    names: Mapping[str, str] | None = None,
    out: Out = NOBODY,
) -> Result:
    """What the rule makes of the ballots, item by item.

    `entitled`: seats by group; `{}` takes those in the rows. `items`: to be reported even if nobody voted on them.
    `names`: how reasons call the groups (their keys otherwise). `out`: seats that left the vote on an item; a group all of
    whose seats did does not decide it. `Invalid` for rows that cannot be ballots under this rule.
    """
    return tally_ballots(rule, gather(rule.method.canonical, rows, entitled), items=items, names=names or {}, out=out)


def tally_ballots(
    rule: Rule,
    ballots: Ballots,
    *,
    items: Iterable[str] = (),
    names: Mapping[str, str] | None = None,
    out: Out = NOBODY,
) -> Result:
    """The same from ballots already counted."""
    voted = sorted({*ballots.votes, *items})
    results = tuple(
        _item(*_staying(rule, ballots.entitled, out.get(item, {})), item, ballots.votes.get(item, {}), names or {})
        for item in voted
    )
    return Result(rule.hash, ballots.sha256, results)


def _staying(rule: Rule, entitled: Mapping[str, int], left: Mapping[str, int]) -> tuple[Rule, Mapping[str, int]]:
    """The rule and the seats without those that left the vote."""
    if not left:
        return rule, entitled
    seats = {group: number - left.get(group, 0) for group, number in entitled.items()}
    staying = tuple(group for group in rule.deciding if seats.get(group, 0) > 0 or not left.get(group))
    return replace(rule, deciding=staying), {group: number for group, number in seats.items() if number > 0}


def valid_choice(rule: Rule, choice: str) -> str:
    """The canonical form of a choice a voter gives; `Invalid` (`ballot.unknown_choice`) if this rule has no such choice."""
    canonical = rule.method.canonical(choice.strip())
    known = rule.method.choices()
    if rule.kind == "consent" and canonical not in known:
        raise unknown_choice(choice, ", ".join(known))
    return canonical


def choices(rule: Rule) -> tuple[str, ...]:
    """What a voter may choose from, in the order of a form."""
    return rule.method.choices()


def _item(
    rule: Rule, entitled: Mapping[str, int], item: str, votes: Mapping[str, Votes], names: Mapping[str, str]
) -> ItemResult:
    everybody: Counter[str] = Counter()
    for group_votes in votes.values():
        everybody.update(group_votes)
    seats = sum(entitled.values())
    together = _counted_for(rule.method, rule.method.judge(everybody, seats), everybody)
    groups = {
        group: _standing(rule, group, _judge(rule, group, votes, entitled, together), together)
        for group in rule.deciding
    }
    assembly = Assembly(rule, groups, together, seats)
    found = outcome(assembly)
    others = {group: _judge(rule, group, votes, entitled, together) for group in sorted(votes) if group not in groups}
    return ItemResult(
        item=item,
        outcome=found,
        groups={group: _result(rule, group, standing) for group, standing in groups.items()},
        reason=reason(assembly, found, names),
        together=together,
        others=others,
        details=dict(together.statistics),
    )


def _judge(
    rule: Rule, group: str, votes: Mapping[str, Votes], entitled: Mapping[str, int], together: Judgement
) -> Judgement:
    """What a group's own votes amount to; where it is everybody, what was found for all together (a selection may be long)."""
    method = rule.method_for(group)
    if method is rule.method and list(votes) == [group] and sum(entitled.values()) == entitled[group]:
        return together
    own = votes.get(group, {})
    return _counted_for(method, method.judge(own, entitled.get(group, 0)), own, together)


def _counted_for(
    method: Method, judgement: Judgement, votes: Mapping[str, int], together: Judgement | None = None
) -> Judgement:
    """In a selection, how many of these ballots put first what all ballots together choose."""
    if not isinstance(method, Selection):
        return judgement
    chosen = method.with_first(votes, _winners(together or judgement))
    return replace(judgement, counts=judgement.counts | {"chosen": chosen})


def _standing(rule: Rule, group: str, judgement: Judgement, together: Judgement) -> Standing:
    quorum = rule.quorum_for(group)
    present = judgement.counts["present"]
    quorate = quorum is None or quorum.met(present, judgement.counts["entitled"])
    side = _side(rule, judgement, quorate, together)
    return Standing(judgement, side, quorate, bool(present) or rule.absent != EXCLUDED)


def _side(rule: Rule, judgement: Judgement, quorate: bool, together: Judgement) -> Side:
    """What the composition sees: without its quorum a group says nothing; under `weighted` its share of support speaks;
    in a selection it is for what is chosen together if it would choose the same alone."""
    if not quorate or not judgement.counts["present"]:
        return Side.OPEN
    if rule.is_selection:
        return Side.FOR if judgement.side is Side.FOR and _winners(judgement) == _winners(together) else Side.AGAINST
    if rule.composition.kind == "weighted":
        return Side.FOR if supported(judgement, rule.composition.each) else Side.AGAINST
    return judgement.side


def _winners(judgement: Judgement) -> set[str]:
    winners = judgement.statistics["winners"]
    return set(winners) if isinstance(winners, list) else set()


def _result(rule: Rule, group: str, standing: Standing) -> GroupResult:
    judgement = standing.judgement
    why = _why(rule, group, standing)
    statistics = {name: value for name, value in judgement.statistics.items() if name != "stages"}
    return GroupResult(judgement.counts, judgement.shares, standing.concurs, why, standing.quorate, statistics)


def _why(rule: Rule, group: str, standing: Standing) -> str:
    counts, quorum = standing.judgement.counts, rule.quorum_for(group)
    if not counts["present"]:
        return "Nobody voted; an absent group " + (
            "never agrees." if standing.counts_in else "is left out under this rule."
        )
    if quorum and not standing.quorate:
        return f"Below quorum ({took_part(counts['present'], counts['entitled'], quorum)}). {standing.judgement.why}"
    return standing.judgement.why

"""What a rule would make of ballots: last round's, with declared interests out, or imagined ones. Nothing is recorded."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from apps.common.errors import Invalid
from apps.consensus.ballots import Row
from apps.consensus.delphi import agreed
from apps.consensus.methods.majority import Majority
from apps.consensus.results import ItemResult
from apps.consensus.rules import Composition, Rule
from apps.consensus.sentences import listed
from apps.consensus.tallying import tally

_COUNT = re.compile(r"([0-9]{1,6})\s*[x×]?\s+(\S.*)", re.ASCII)


@dataclass(frozen=True)
class Forecast:
    """What one rule would make of one item: the result, the groups it would be decided over, and a sentence."""

    rule: str
    result: ItemResult
    outvoted: tuple[str, ...]
    sentence: str


def imagined(item: str, counts: Mapping[str, Mapping[str, int]]) -> list[Row]:
    """Ballots with these numbers of each choice in each group."""
    return [
        Row(item, group, f"imagined {group} {choice}", choice, number)
        for group, choices in counts.items()
        for choice, number in choices.items()
        if number
    ]


def without_groups(
    rule: Rule, rows: Iterable[Row], entitled: Mapping[str, int], out: Iterable[str]
) -> tuple[Rule, list[Row], dict[str, int]]:
    """The same vote if these groups took no part: out of the ballots, the seats and the groups that decide."""
    gone = set(out)
    staying = tuple(group for group in rule.deciding if group not in gone)
    return (
        replace(rule, deciding=staying),
        [row for row in rows if row.group not in gone],
        {group: seats for group, seats in entitled.items() if group not in gone},
    )


def without_seats(
    rows: Iterable[Row], entitled: Mapping[str, int], out: Iterable[tuple[str, str]]
) -> tuple[list[Row], dict[str, int]]:
    """The same vote if these (group, seat) took no part: their ballots go and their groups have that many seats fewer."""
    gone = set(out)
    seats = {group: number - sum(group == here for here, _ in gone) for group, number in entitled.items()}
    return [row for row in rows if (row.group, row.seat) not in gone], seats


def variants(rule: Rule) -> dict[str, Rule]:
    """The nearest other rules, named by what is different: the limit itself counting or not, groups asked or persons counted."""
    found: dict[str, Rule] = {}
    if isinstance(rule.method, Majority):
        threshold = rule.method.threshold
        if threshold.share < 1:
            turned = replace(threshold, strict=not threshold.strict)
            found[f"The same with {turned.words()}"] = replace(rule, method=replace(rule.method, threshold=turned))
    if rule.composition.kind != "all" and rule.deciding:
        found["The same asked of every group"] = replace(rule, composition=Composition("all"))
    if not rule.pooled:
        found["The same with all persons counted together"] = replace(rule, composition=Composition("pooled"))
    return found


def read_counts(text: str) -> dict[str, int]:
    """Votes as people write them: `3 x for, 1 x against`. `Invalid` (`simulation.counts`) names the part that cannot be read."""
    counts: dict[str, int] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        found = _COUNT.fullmatch(part)
        if not found:
            raise Invalid("simulation.counts", f"'{part[:40]}' is not a number of votes, such as '3 x for'.")
        counts[found[2]] = counts.get(found[2], 0) + int(found[1])
    return counts


def write_counts(counts: Mapping[str, int]) -> str:
    """The same way round: what `read_counts` reads."""
    return ", ".join(f"{number} x {choice}" for choice, number in counts.items() if number)


def forecast(
    rules: Mapping[str, Rule], item: str, rows: Iterable[Row], entitled: Mapping[str, int], names: Mapping[str, str]
) -> list[Forecast]:
    """What each of several rules would make of the ballots on one item, in the order given. `names` are the groups' names."""
    cast = [row for row in rows if row.item == item]
    return [_forecast(label, rule, item, cast, entitled, names) for label, rule in rules.items()]


def _forecast(
    label: str, rule: Rule, item: str, rows: list[Row], entitled: Mapping[str, int], names: Mapping[str, str]
) -> Forecast:
    result = tally(rule, rows, entitled, items=[item], names=names).item(item)
    outvoted = over_the_heads(result)
    heads = listed([names.get(group, group) for group in outvoted])
    passes = result.outcome.value.replace("_", " ").capitalize()
    sentence = f"{passes}. {result.reason}" + (f" Carried over the heads of {heads}." if heads else "")
    return Forecast(label, result, outvoted, sentence)


def over_the_heads(result: ItemResult) -> tuple[str, ...]:
    """The deciding groups that took part and do not concur with what is adopted all the same."""
    if not agreed(result.outcome):
        return ()
    return tuple(group for group, one in result.groups.items() if not one.concurs and one.counts["present"])

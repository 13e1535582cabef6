"""Votes given as counts by group, as minutes give them: each becomes one seat's choice on one question."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from negotiator.rehearsal.reading import items, keys, mapping, wrong


@dataclass(frozen=True)
class Vote:
    """What one of the cast chooses on one question of a round."""

    who: str
    round: str
    item: str
    choice: str


def read_votes(given: Mapping[str, Any], seated: Mapping[str, Sequence[str]]) -> list[Vote]:
    """The votes that counts stand for; `seated` gives each group's seats in order, by who holds them.

    `{"round": id, "item": id, "A": {"for": 3, "against": 1}, "named": {"ify": "object"}}`; `items` instead of `item` gives
    the same choice on several questions. Who is named votes so; the rest of a group's counts go to its other seats in
    order. Whoever is listed as `on_paper` is left out: two witnesses enter that vote by steps of their own. Raises `Invalid`
    (scenario.malformed).
    """
    known = {"round", "item", "items", "named", "on_paper", *seated}
    about = keys(dict(given), "vote", known, {"round"})
    if ("item" in about) == ("items" in about):
        raise wrong("vote", "it needs 'item' or 'items'")
    questions = [each for each, _ in items(about.get("items", [about.get("item")]), "vote.items")]
    named = mapping(about.get("named", {}), "vote.named")
    choices, taken = [*named.items()], {*named, *(who for who, _ in items(about.get("on_paper", []), "vote.on_paper"))}
    for group in about.keys() & seated.keys():
        choices += _share_out(group, seated[group], mapping(about[group], f"vote.{group}"), taken)
    return [Vote(who, about["round"], item, choice) for who, choice in choices for item in questions]


def _share_out(
    group: str, seats: Sequence[str], counts: dict[str, Any], taken: Collection[str]
) -> Iterator[tuple[str, str]]:
    if not all(type(count) is int and count >= 0 for count in counts.values()):
        raise wrong(f"vote.{group}", "votes are counted in whole numbers")
    free = [who for who in seats if who not in taken]
    choices = [choice for choice, count in counts.items() for _ in range(count)]
    if len(choices) > len(free):
        raise wrong(f"vote.{group}", f"there are {len(free)} seats for {len(choices)} votes")
    return zip(free, choices, strict=False)

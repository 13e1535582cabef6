"""Votes given as counts by group, as minutes give them: each becomes one seat's ballot."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from negotiator.rehearsal.reading import items, keys, mapping, wrong
from negotiator.rehearsal.scenario import Step
from negotiator.rehearsal.values import resolve

if TYPE_CHECKING:
    from negotiator.rehearsal.player import Player


def expand(player: "Player", step: Step) -> tuple[Step, ...]:
    """The steps in which people cast what these counts say.

    `{"round": id, "item": id, "A": {"for": 3, "against": 1}, "named": {"ify": "object"}}`; `items` instead of `item` gives
    the same choice on several questions. Who is named votes so; the rest of a group's counts go to its other seats in order.
    """
    seated = player.known["seated"]
    given = keys(resolve(dict(step.with_), player.known), "vote", {"round", "item", "items", "named", *seated}, {"round"})
    named = mapping(given.get("named", {}), "vote.named")
    if ("item" in given) == ("items" in given):
        raise wrong("vote", "it needs 'item' or 'items'")
    questions = [each for each, _ in items(given.get("items", [given.get("item")]), "vote.items")]
    choices = [*named.items()]
    for group in given.keys() & seated.keys():
        choices += _share_out(group, seated[group], mapping(given[group], f"vote.{group}"), named.keys())
    return tuple(each for who, choice in choices for each in _casts(player, step, who, given["round"], questions, choice))


def _share_out(group: str, seats: list[str], counts: dict[str, Any], taken: Any) -> Iterator[tuple[str, str]]:
    free = [who for who in seats if who not in taken]
    if not all(type(count) is int and count >= 0 for count in counts.values()):
        raise wrong(f"vote.{group}", "votes are counted in whole numbers")
    choices = [choice for choice, count in counts.items() for _ in range(count)]
    if len(choices) > len(free):
        raise wrong(f"vote.{group}", f"there are {len(free)} seats for {len(choices)} votes")
    return zip(free, choices, strict=False)


def _casts(player: "Player", step: Step, who: str, round: str, questions: list[str], choice: str) -> Iterator[Step]:
    """One request for all questions over the API; one ballot for each by form or socket."""
    via = "form" if who in player.browsers else step.via
    if via == "api" and len(questions) > 1:
        ballots = [{"item": item, "choice": choice, "key": str(uuid4())} for item in questions]
        accepted = {f"answers.{number}.problem": None for number in range(len(ballots))}
        yield Step(by=who, do="cast_ballots", with_={"round": round, "ballots": ballots}, expect=accepted)
        return
    for item in questions:
        yield Step(by=who, do="cast_ballot", with_={"round": round, "item": item, "choice": choice}, via=via)

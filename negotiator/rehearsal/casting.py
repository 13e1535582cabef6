"""How people vote: by the page's form, over the live room's socket, by a program, or, inside the process, all at once."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from apps.common.errors import Invalid, Refusal
from apps.deliberation.services import Cast, cast_ballots
from apps.partnerships.actors import pseudonym_owner
from negotiator.rehearsal import values
from negotiator.rehearsal.browser import Page, fill_in
from negotiator.rehearsal.scenario import Step
from negotiator.rehearsal.sockets import cast_by_socket
from negotiator.rehearsal.votes import Vote, read_votes

if TYPE_CHECKING:
    from negotiator.rehearsal.player import Player


def vote(player: "Player", step: Step) -> None:
    """Let everybody vote as the counts of a `vote` step say: each a client of their own, all at the same time."""
    votes = read_votes(values.resolve(dict(step.with_), player.known), player.known["seated"])
    if player.inside:
        _at_once(player, votes)
        return
    mine: dict[str, list[Vote]] = {}
    for each in votes:
        mine.setdefault(each.who, []).append(each)
    player.together([partial(_by_one, player, who, some, step.via) for who, some in mine.items()])


def cast(player: "Player", who: str, arguments: dict[str, Any], via: str, expect: Mapping[str, Any]) -> Any:
    """Cast one ballot as this person would; who joined by a link sits at a browser and uses the form."""
    if who in player.browsers:
        page = player.browsers[who].open(f"/rounds/{arguments['round']}/")
        return {"status": _by_form(player, who, page, arguments, expect).status}
    _require_browser(player, who, via)
    keyed = {"key": str(uuid4()), **arguments}
    if via == "socket" and not player.inside:
        return cast_by_socket(player.api.transport.url, player.token_of(who), keyed["round"], [keyed])[0]
    return player.ask(who, "cast_ballot", keyed, expect)


def _by_one(player: "Player", who: str, votes: list[Vote], via: str) -> None:
    """Everything one person votes on: by form one question after the other, by socket in one visit, else in one request."""
    round = votes[0].round
    if who in player.browsers:
        page = player.browsers[who].open(f"/rounds/{round}/")
        for each in votes:
            page = _by_form(player, who, page, {"item": each.item, "choice": each.choice}, {})
        return
    _require_browser(player, who, via)
    ballots = [{"item": each.item, "choice": each.choice, "key": str(uuid4())} for each in votes]
    if via == "socket":
        cast_by_socket(player.api.transport.url, player.token_of(who), round, ballots)
        return
    accepted = {f"answers.{number}.problem": None for number in range(len(ballots))}
    player.ask(who, "cast_ballots", {"round": round, "ballots": ballots}, accepted)


def _require_browser(player: "Player", who: str, via: str) -> None:
    if via == "form" and not player.inside:
        raise Invalid("rehearsal.no_browser", f"{who} sits at no browser: only who joins by a link votes by form.")


def _by_form(player: "Player", who: str, page: Page, arguments: Mapping[str, Any], expect: Mapping[str, Any]) -> Page:
    """Send the ballot form that the round's page shows for this item; gives the page that answers."""
    after = fill_in(player.browsers[who], page, {"item": arguments["item"], "choice": arguments["choice"]})
    wrong = values.unmet(expect, after.status, {})
    if wrong:
        raise Invalid("rehearsal.unexpected", f"{who}: {wrong}.")
    return after


def _at_once(player: "Player", votes: Iterable[Vote]) -> None:
    """As the live room's ballot box hands them over: everything that has gathered, in one act."""
    log = UUID(player.known["partnership"]["log"])
    people = {who: pseudonym_owner(log, member) for who, member in player.known["member"].items()}
    casts = [Cast(people[each.who], UUID(each.round), UUID(each.item), each.choice, uuid4()) for each in votes]
    for answer in cast_ballots(casts):
        if isinstance(answer, Refusal):
            raise Invalid("rehearsal.unexpected", answer.message)

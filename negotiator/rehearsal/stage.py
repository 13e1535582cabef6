"""Before the first step: a partnership of its own, its groups, everybody in a seat, and a way for each to act."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from apps.accounts.models import ApiToken
from apps.common.errors import Invalid
from apps.partnerships.actors import pseudonym_owner
from apps.record.act import pause
from negotiator.rehearsal.browser import fill_in
from negotiator.rehearsal.scenario import Character, Group
from negotiator.rehearsal.transports import Network

if TYPE_CHECKING:
    from negotiator.rehearsal.player import Player

LABEL = "demonstration"
"""The label of tokens made inside the process; load_demo takes them back."""


def set_up(player: "Player") -> None:
    """Found the partnership as a demonstration, add the groups, seat the cast; seats nobody is named for get a holder too."""
    player.known["partnership"] = player.ask("", "found_partnership", {**player.scenario.partnership, "demo": True})
    if player.inside:  # no worker may read it under its own clock before the story has been told
        pause(UUID(player.known["partnership"]["log"]), True)
    player.known["seated"], player.known["member"] = {}, {}
    for group in player.scenario.groups:
        _seat_group(player, group)
    for character in player.scenario.cast:
        if not character.group:
            _give_roles(player, character)


def record_mandate(player: "Player", by: str, arguments: dict[str, Any], expect: Mapping[str, Any]) -> Any:
    """Record a mandate for `holder`, somebody of the cast; who has neither seat nor role joins by holding it."""
    key = arguments.pop("holder")
    answer = player.ask(by, "record_mandate", {**arguments, **_who(player, key)}, expect)
    if key not in player.known["member"] and "holder" in answer:
        _remember(player, key, answer["holder"]["member"])
    return answer


def assign_seat(player: "Player", by: str, arguments: dict[str, Any], expect: Mapping[str, Any]) -> Any:
    """Give a free seat to `holder`, somebody of the cast, who from then on votes for it."""
    key = arguments.pop("holder")
    answer = player.ask(by, "assign_seat", {**arguments, **_who(player, key)}, expect)
    if "seat" not in answer:  # refused, as expected
        return answer
    group = answer["seat"]["group"]
    place = [seat["id"] for seat in player.known[group]["seats"]].index(answer["seat"]["id"])
    player.known["seated"][group][place] = key
    if key not in player.known["member"]:
        _remember(player, key, answer["member"]["member"])
    return answer


SPECIAL: Mapping[str, Callable[["Player", str, dict[str, Any], Mapping[str, Any]], Any]] = {
    "record_mandate": record_mandate,
    "assign_seat": assign_seat,
}
"""Operations that name somebody of the cast as `holder`."""


def _seat_group(player: "Player", group: Group) -> None:
    about = {"key": group.key, "name": group.name, "kind": group.kind, "seats": group.seats, "standing": group.standing}
    made = player.ask("", "add_group", {"partnership": _partnership(player), **about})
    player.known[group.key] = made
    named = [character for character in player.scenario.cast if character.group == group.key]
    unnamed = [seat["label"] for seat in made["seats"][len(named) :]]
    people = named + [Character(label.lower(), f"{group.name}, seat {label}", group.key) for label in unnamed]
    player.known["seated"][group.key] = [character.key for character in people]
    seats = list(zip(made["seats"], people, strict=True))
    for seat, character in seats:
        if character.joins == "seat":
            _seat(player, seat["id"], character)
    for _, character in seats:
        if character.joins == "link":
            _join(player, group, character)


def _seat(player: "Player", seat: str, character: Character) -> None:
    arguments = {"partnership": _partnership(player), "seat": seat, "name": character.name}
    member = player.ask("", "assign_seat", arguments)["member"]["member"]
    _remember(player, character.key, member)
    for role in character.roles:
        player.ask("", "give_role", {"partnership": _partnership(player), "role": role, "member": member})


def _join(player: "Player", group: Group, character: Character) -> None:
    """Take a seat by a link of invitation: over the network with a browser, which then stays signed in."""
    token = player.ask("", "invite_group", {"partnership": _partnership(player), "key": group.key})["token"]
    transport = player.api.transport
    if isinstance(transport, Network):
        browser = transport.browser()
        page = fill_in(browser, browser.open(f"/join/{token}/"), {"name": character.name})
        if page.status >= 400:
            raise Invalid("rehearsal.unexpected", f"{character.name} cannot join by a link: status {page.status}.")
        player.browsers[character.key] = browser
    else:
        joined = player.api.call("accept_invitation", {"token": token, "name": character.name})
        ApiToken.objects.filter(
            digest=ApiToken.digest_of(joined.body["token"])
        ).delete()  # it ends before the story does
    known = set(player.known["member"].values())
    members = player.everything("list_members", {"partnership": _partnership(player)})
    found = [each["member"] for each in members if each["name"] == character.name and each["member"] not in known]
    player.known["member"][character.key] = found[0]
    if player.inside:
        _remember(player, character.key, found[0])


def _give_roles(player: "Player", character: Character) -> None:
    """Somebody without a seat: the founder, when the story's convenor is meant, or a person with roles only."""
    if "founder" in character.roles:
        player.tokens[character.key] = player.token
        player.known["member"][character.key] = player.known["partnership"]["you"]["member"]
        return
    for role in character.roles:
        about = {"partnership": _partnership(player), "role": role, **_who(player, character.key)}
        member = player.ask("", "give_role", about)["member"]["member"]
        if character.key not in player.known["member"]:
            _remember(player, character.key, member)


def _who(player: "Player", key: str) -> dict[str, str]:
    """How somebody is named to the API: by the member's id, or by name when new."""
    known = player.known["member"]
    return {"member": known[key]} if key in known else {"name": player.scenario.character(key).name}


def _remember(player: "Player", key: str, member: str) -> None:
    """Keep who somebody is here, and give them a token: inside the process one that outlives the story's years."""
    player.known["member"][key] = member
    if player.inside:
        person = pseudonym_owner(UUID(player.known["partnership"]["log"]), member)
        player.tokens[key] = ApiToken.make(person, LABEL)
        return
    made = player.ask("", "make_member_token", {"partnership": _partnership(player), "member": member})
    player.tokens[key] = made["token"]


def _partnership(player: "Player") -> str:
    return str(player.known["partnership"]["id"])

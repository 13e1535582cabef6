"""The floor of a live room: who is called is heard by everybody, whoever floods it is alone with that."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from apps.deliberation.models import Round
from apps.deliberation.services import give_floor, move_on, raise_hand, say_ready
from apps.live import process
from apps.live.floor import BURST
from apps.live.presence import Presence
from apps.partnerships.services import vacate_seat
from apps.record import selectors as record
from tests.live.rooms import Frame, Guest, entered, here
from tests.people import Lismorrow

pytestmark = [pytest.mark.usefixtures("live"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def talking(lismorrow: Lismorrow) -> Round:
    """A round in its first phase before the vote."""
    return lismorrow.talk("clarify", "amend")


async def say(guest: Guest, t: str, **more: Any) -> Frame:
    """Say something of the floor; returns the answer."""
    id = uuid4().hex
    await guest.say({"t": t, "id": id, **more})
    while (frame := await guest.next()).get("id") != id:
        pass
    return frame


def waiting(frame: Frame) -> list[str]:
    return [hand["name"] for hand in frame["floor"]["waiting"]]


async def test_hands_turns_and_readiness_are_heard_by_everybody(lismorrow: Lismorrow, talking: Round) -> None:
    people = lismorrow.people
    async with (
        entered(talking.id, people["Ify"]) as ify,
        entered(talking.id, people["Orla"]) as orla,
        entered(talking.id) as stranger,
    ):
        assert (await say(ify, "hand", up=True))["t"] == "done"
        heard = await stranger.hear("state", lambda frame: waiting(frame) == ["Frontline staff, seat F1"])
        (hand,) = heard["floor"]["waiting"]
        assert heard["floor"]["why"] == "alone"
        assert (await say(orla, "call", seat=hand["seat"], seconds=60))["t"] == "done"
        assert (await say(orla, "call", seat=hand["seat"]))["t"] == "done"
        state = await stranger.hear("state", lambda frame: bool(frame["floor"]["speaking"]))
        assert (state["floor"]["speaking"]["seat"], waiting(state)) == (hand["seat"], [])
        assert state["floor"]["speaking"]["until"]
        assert (await say(ify, "rest"))["t"] == "done"
        state = await stranger.hear("state", lambda frame: frame["floor"]["speaking"] is None)
        assert {group["group"]: group["turns"] for group in state["floor"]["spoken"]}["F"] == 1
        assert (await say(ify, "ready", ready=True))["t"] == "done"
        state = await stranger.hear("state", lambda frame: frame["everybody"])
        assert {"group": "F", "name": "Frontline staff", "ready": 1, "here": 1} in state["ready"]
        told = [item for frame in stranger.all if frame["t"] == "entries" for item in frame["items"]]
    assert told == []


async def test_what_may_not_be_is_refused_with_its_code(lismorrow: Lismorrow, talking: Round) -> None:
    people = lismorrow.people
    async with (
        entered(talking.id, people["Ify"]) as ify,
        entered(talking.id, people["Orla"]) as orla,
        entered(talking.id) as stranger,
    ):
        assert (await say(ify, "call", seat=None))["code"] == "role.not_convenor"
        assert (await say(orla, "call", seat=None))["code"] == "floor.nobody_waits"
        assert (await say(orla, "call", seat=str(uuid4())))["code"] == "seat.unknown"
        assert (await say(orla, "hand", up=True))["code"] == "seat.none"
        assert (await say(orla, "rest"))["code"] == "floor.nobody_speaks"
        assert (await say(stranger, "hand", up=True))["code"] == "person.not_signed_in"


async def test_half_of_each_group_present_is_everybody(lismorrow: Lismorrow, talking: Round) -> None:
    people = lismorrow.people
    async with entered(talking.id, people["Samira"]) as samira, entered(talking.id, people["Colm"]) as colm:
        await samira.hear("state", lambda frame: here(frame) == {"C": 1, "P": 1})
        await say(samira, "ready", ready=True)
        state = await colm.hear("state", lambda frame: any(group["ready"] for group in frame["ready"]))
        assert not state["everybody"]
        say_ready(by=lismorrow.pat, round=talking)  # by the page's form: counted, though no socket is open
        await say(colm, "ready", ready=True)
        state = await colm.hear("state", lambda frame: frame["everybody"])
        assert {group["group"]: (group["ready"], group["here"]) for group in state["ready"]} == {
            "A": (0, 0),
            "P": (1, 1),
            "F": (0, 0),
            "T": (0, 0),
            "C": (2, 2),
            "U": (0, 0),
        }
        move_on(by=lismorrow.orla, round=talking)
        state = await colm.hear("state", lambda frame: frame["round"]["phase"] == "amend")
        assert not state["everybody"]


async def test_who_is_present_in_another_process_counts_for_readiness(
    lismorrow: Lismorrow, talking: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.live.hub.PRESENCE_EVERY", 0.2)
    async with entered(talking.id, lismorrow.people["Samira"]) as samira:
        await say(samira, "ready", ready=True)
        await samira.hear("state", lambda frame: frame["everybody"])
        elsewhere = {str(lismorrow.colm.require_seat().id): ("P", "Providers")}
        await Presence(process.here().hub._client).exchange({talking.id: elsewhere})
        state = await samira.hear("state", lambda frame: here(frame) == {"C": 1, "P": 1})
        assert not state["everybody"]


async def test_who_asks_too_often_is_refused_and_holds_up_nobody(lismorrow: Lismorrow, talking: Round) -> None:
    people = lismorrow.people
    async with entered(talking.id, people["Ify"]) as ify, entered(talking.id, people["Ruth"]) as ruth:
        await ify.hear("state")
        for number in range(BURST + 20):
            await ify.say({"t": "hand", "id": str(number), "up": bool(number % 2)})
        async with asyncio.timeout(3):
            assert (await say(ruth, "hand", up=True))["t"] == "done"
        await ify.hear("refused", lambda frame: frame["id"] == str(BURST + 19))
        answers = [frame for frame in ify.all if frame["t"] in ("done", "refused")]
    assert [answer["t"] for answer in answers[:BURST]] == ["done"] * BURST
    assert {answer["code"] for answer in answers if answer["t"] == "refused"} == {"floor.too_often"}
    raised = [entry for entry in record.entries(lismorrow.log, types=["hand.raised"]) if entry.data["group"] == "F"]
    assert len(raised) <= BURST


async def test_a_new_process_knows_who_waits_and_who_speaks(lismorrow: Lismorrow, talking: Round) -> None:
    people = lismorrow.people
    async with entered(talking.id, people["Ify"]) as ify:
        await say(ify, "hand", up=True)
        raise_hand(by=lismorrow.ruth, round=talking)
        give_floor(by=lismorrow.orla, round=talking)
    await process.close()
    async with entered(talking.id) as stranger:
        state = await stranger.hear("state")
    assert state["floor"]["speaking"]["name"] == "Frontline staff, seat F1"
    assert waiting(state) == ["Team managers, seat T1"]


async def test_a_seat_that_is_given_up_leaves_the_queue(lismorrow: Lismorrow, talking: Round) -> None:
    raise_hand(by=lismorrow.ify, round=talking)
    async with entered(talking.id) as stranger:
        assert waiting(await stranger.hear("state"))
        vacate_seat(by=lismorrow.orla, seat=lismorrow.ify.require_seat())
        lismorrow.settle()
        await stranger.hear("state", lambda frame: not waiting(frame))

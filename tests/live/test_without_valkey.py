"""Valkey may vanish at any moment: votes count, rooms say that they hear late, and hear at once when it is back."""

import asyncio
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis

from apps.deliberation.models import Ballot, Round
from apps.deliberation.services import draft_round, move_on
from apps.live import process
from apps.live.presence import Presence
from apps.record import nudge
from negotiator.launcher import valkey
from negotiator.launcher.engines import Engines, engines
from tests.live.rooms import entered, here, turnout
from tests.people import Lismorrow

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("live"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def own_valkey(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Engines]:
    """A Valkey of this test alone, to be stopped and started."""
    monkeypatch.delenv("REDIS_URL")
    with engines("test") as e:
        settings.REDIS_URL = e.redis_url
        nudge._client.cache_clear()
        yield e
    nudge._client.cache_clear()


def stop(e: Engines) -> None:
    e.processes["valkey"].kill()
    e.processes["valkey"].wait()


def start(e: Engines) -> None:
    assert e.place is not None
    e.processes["valkey"] = valkey.start(e.place)


async def test_a_room_outlives_valkey(lismorrow: Lismorrow, round: Round, own_valkey: Engines) -> None:
    item = round.items.get().id
    async with entered(round.id, lismorrow.people["Ify"]) as ify, entered(round.id) as stranger:
        await stranger.hear("state", lambda frame: frame["live"] == "immediate")
        await asyncio.to_thread(stop, own_valkey)
        await stranger.hear("state", lambda frame: frame["live"] == "delayed")
        begun = time.monotonic()
        assert (await ify.vote(item))["t"] == "receipt"
        await stranger.hear("state", lambda frame: turnout(frame)["F"] == 1)
        assert time.monotonic() - begun < 3
        lismorrow.vote(round, ruth="for")  # by form: in another process, so to speak
        begun = time.monotonic()
        await stranger.hear("state", lambda frame: turnout(frame)["T"] == 1)
        assert time.monotonic() - begun < 3
        await asyncio.to_thread(start, own_valkey)
        await stranger.hear("state", lambda frame: frame["live"] == "immediate")
        begun = time.monotonic()
        lismorrow.vote(round, colm="for")
        await stranger.hear("state", lambda frame: turnout(frame)["P"] == 1)
        assert time.monotonic() - begun < 1
    assert Ballot.objects.count() == 3


async def test_a_room_opens_without_valkey(lismorrow: Lismorrow, round: Round, own_valkey: Engines) -> None:
    await asyncio.to_thread(stop, own_valkey)
    async with entered(round.id, lismorrow.people["Ify"]) as ify:
        state = await ify.hear("state")
        assert state["live"] == "delayed"
        assert (await ify.vote(round.items.get().id))["t"] == "receipt"


async def test_hands_and_readiness_need_no_valkey(lismorrow: Lismorrow, own_valkey: Engines) -> None:
    drafted = draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="Loneliness",
        rule=lismorrow.rule(),
        proposals=[lismorrow.propose()],
        plan=[{"phase": "clarify", "minutes": None}],
    )
    round = move_on(by=lismorrow.orla, round=drafted)
    await asyncio.to_thread(stop, own_valkey)
    async with entered(round.id, lismorrow.people["Ify"]) as ify, entered(round.id, lismorrow.people["Colm"]) as colm:
        for message in ({"t": "hand", "id": "a", "up": True}, {"t": "ready", "id": "b", "ready": True}):
            await ify.say(message)
            await ify.hear("done")
        state = await colm.hear("state", lambda frame: bool(frame["floor"]["waiting"] and frame["ready"][2]["ready"]))
        assert (state["live"], here(state), state["everybody"]) == ("delayed", {"F": 1, "P": 1}, False)
        await colm.say({"t": "ready", "id": "c", "ready": True})
        await ify.hear("state", lambda frame: frame["everybody"])


async def test_a_valkey_that_hangs_is_noticed(
    lismorrow: Lismorrow, round: Round, own_valkey: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.live.nudges.SILENCE", 0.3)
    async with entered(round.id) as stranger:
        await stranger.hear("state", lambda frame: frame["live"] == "immediate")
        own_valkey.processes["valkey"].send_signal(signal.SIGSTOP)
        try:
            await stranger.hear("state", lambda frame: frame["live"] == "delayed")
        finally:
            own_valkey.processes["valkey"].send_signal(signal.SIGCONT)
        await stranger.hear("state", lambda frame: frame["live"] == "immediate")


async def test_nonsense_for_a_nudge_is_passed_over(lismorrow: Lismorrow, round: Round, own_valkey: Engines) -> None:
    async with entered(round.id) as stranger:
        await stranger.hear("state", lambda frame: frame["live"] == "immediate")
        with redis.Redis.from_url(own_valkey.redis_url) as client:
            for nonsense in ("", "[]", "{}", '{"log":"x","size":1}', f'{{"log":"{lismorrow.log}","size":"many"}}'):
                client.publish(nudge.CHANNEL, nonsense)
        lismorrow.vote(round, colm="for")
        await stranger.hear("state", lambda frame: turnout(frame)["P"] == 1, patience=1)


async def test_who_is_in_another_process_is_counted(
    lismorrow: Lismorrow, round: Round, own_valkey: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.live.hub.PRESENCE_EVERY", 0.2)
    async with entered(round.id, lismorrow.people["Samira"]) as samira:
        await samira.hear("hello")
        hub = process.here().hub
        other = Presence(hub._client)
        pat = lismorrow.pat.require_seat()
        await other.exchange({round.id: {str(pat.id): ("C", "Community")}})
        await samira.hear("state", lambda frame: here(frame) == {"C": 2})
        await other.leave(round.id)
        await samira.hear("state", lambda frame: here(frame) == {"C": 1})


async def test_a_process_that_says_nothing_more_is_gone(
    lismorrow: Lismorrow, round: Round, own_valkey: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.live.hub.PRESENCE_EVERY", 0.2)
    monkeypatch.setattr("apps.live.presence.LASTS", 1)
    async with entered(round.id) as stranger:
        await stranger.hear("hello")
        seat = lismorrow.pat.require_seat()
        await Presence(process.here().hub._client).exchange({round.id: {str(seat.id): ("C", "Community")}})
        await stranger.hear("state", lambda frame: bool(here(frame)))
        await stranger.hear("state", lambda frame: not here(frame))

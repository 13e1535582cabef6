"""Gaps, slow sockets and forged cursors: everybody ends with the same, whatever was missed on the way."""

import asyncio
import json
from typing import Any

import pytest

from apps.common.errors import Invalid
from apps.deliberation import presenting
from apps.deliberation.models import Round
from apps.deliberation.presenting import changes, plain, reading
from apps.live import process
from apps.live.consumers import RoomConsumer
from apps.live.signing_in import Credentials
from apps.record import selectors as record
from tests.live.rooms import Frame, entered
from tests.people import Lismorrow

pytestmark = [pytest.mark.usefixtures("live"), pytest.mark.django_db(transaction=True)]


def apply(cursor: int, items: list[Any], frame: Frame) -> int:
    """What a client does with a frame (frontend/src/live/state.ts); returns its cursor."""
    if frame["t"] == "resync":
        return max(cursor, int(frame["at"]))
    if frame["t"] != "entries" or frame["from"] != cursor:
        return cursor
    items.extend(frame["items"])
    return int(frame["to"])


def everything(lismorrow: Lismorrow) -> list[Any]:
    """All items from the beginning, as a fresh client is given them."""
    size = record.size(lismorrow.log)
    return list(plain(presenting.entries_of(lismorrow.ify, 0, size))["items"])


async def test_resuming_gives_what_a_fresh_client_has(lismorrow: Lismorrow, round: Round) -> None:
    for code in ("M5", "M6", "M7"):
        lismorrow.propose(code=code)
    size = record.size(lismorrow.log)
    async with entered(round.id, lismorrow.people["Ify"]) as ify:
        await ify.hear("state")
        for since in (0, 5, size - 1):
            items: list[Any] = []
            await ify.say({"t": "resume", "from": since})
            cursor = since
            while cursor < size:
                cursor = apply(cursor, items, await ify.next())
            assert items == [item for item in everything(lismorrow) if item["seq"] >= since]


async def test_the_same_frames_twice_are_harmless(lismorrow: Lismorrow, round: Round) -> None:
    size = record.size(lismorrow.log)
    async with entered(round.id) as stranger:
        await stranger.hear("state")
        for _ in range(2):
            await stranger.say({"t": "resume", "from": 0})
            await stranger.hear("entries", lambda frame: frame["to"] == size)
        lismorrow.propose(code="M5")
        await stranger.hear("entries", lambda frame: frame["to"] > size)
    items: list[Any] = []
    cursor = 0
    for frame in stranger.all + stranger.all:
        cursor = apply(cursor, items, frame)
    assert items == everything(lismorrow)


async def test_a_long_absence_comes_in_pieces(
    lismorrow: Lismorrow, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 7)
    size = record.size(lismorrow.log)
    async with entered(round.id) as stranger:
        await stranger.hear("state")
        await stranger.say({"t": "resume", "from": 0})
        await stranger.hear("entries", lambda frame: frame["to"] == size)
    ends = [(frame["from"], frame["to"]) for frame in stranger.all if frame["t"] == "entries"]
    assert ends == [(start, min(start + 7, size)) for start in range(0, size, 7)]


async def test_too_long_an_absence_is_not_repeated(
    lismorrow: Lismorrow, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LONGEST", 10)
    size = record.size(lismorrow.log)
    async with entered(round.id) as stranger:
        await stranger.hear("state")
        await stranger.say({"t": "resume", "from": 0})
        assert await stranger.hear("resync") == {"t": "resync", "at": size}
        assert (await stranger.next())["t"] == "state"


async def test_a_forged_cursor_is_refused(lismorrow: Lismorrow, round: Round) -> None:
    size = record.size(lismorrow.log)
    async with entered(round.id) as stranger:
        for cursor in (size + 1, 10**15):
            await stranger.say({"t": "resume", "from": cursor})
            assert (await stranger.hear("refused"))["code"] == "cursor.unknown"
        await stranger.say({"t": "resume", "from": -1})
        assert (await stranger.hear("refused"))["code"] == "frame.malformed"


async def test_a_cursor_ahead_of_the_room_is_no_forgery(
    lismorrow: Lismorrow, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with entered(round.id) as stranger:
        await stranger.hear("state")
        room = process.here().hub.rooms[round.id]
        monkeypatch.setattr(room, "touch", lambda: None)  # no nudge arrives
        lismorrow.propose(code="M5")
        await stranger.say({"t": "resume", "from": record.size(lismorrow.log)})
        await stranger.hear("entries")
        lismorrow.propose(code="M6")
        assert not [frame for frame in stranger.all if frame["t"] == "refused"]


async def test_polling_gives_the_same_as_the_socket(lismorrow: Lismorrow, round: Round) -> None:
    async with entered(round.id, lismorrow.people["Ify"]) as ify:
        at = (await ify.hear("hello"))["at"]
        lismorrow.propose(code="M5")
        lismorrow.vote(round, ruth="for")
        size = record.size(lismorrow.log)
        newest = await ify.hear("state", lambda frame: frame["at"] == size)
    polled = [plain(frame) for frame in changes(lismorrow.ify, round, at)]
    heard: list[Any] = []
    asked: list[Any] = []
    for frames, items in ((ify.all, heard), (polled, asked)):
        cursor = at
        for frame in frames:
            cursor = apply(cursor, items, frame)
        assert cursor == size
    assert heard == asked
    assert polled[-1] | {part: newest[part] for part in ("live", "present", "everybody")} == newest


@pytest.mark.parametrize("since", [-1, 10**6, True, "1"])
def test_polling_from_nowhere_is_refused(lismorrow: Lismorrow, round: Round, since: Any) -> None:
    with pytest.raises(Invalid) as refused:
        changes(lismorrow.ify, round, since)
    assert refused.value.code == "cursor.unknown"


class Slow:
    """A socket that takes nothing until it is let go."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.free = asyncio.Event()
        self.waiting = 0

    async def send(self, message: dict[str, Any]) -> None:
        self.waiting += 1
        await self.free.wait()
        self.waiting -= 1
        self.got.append(message)


async def test_a_slow_socket_holds_nobody_up_and_catches_up(
    lismorrow: Lismorrow, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow()
    enter = RoomConsumer._enter

    async def enter_slowly(self: RoomConsumer, credentials: Credentials) -> None:
        self.base_send = slow.send
        await enter(self, credentials)

    monkeypatch.setattr(RoomConsumer, "_enter", enter_slowly)
    async with entered(round.id):
        monkeypatch.setattr(RoomConsumer, "_enter", enter)
        async with entered(round.id) as quick:
            at = (await quick.hear("hello"))["at"]
            for code in ("M5", "M6", "M7"):
                lismorrow.propose(code=code)
                await quick.hear("entries", patience=2)
            size = record.size(lismorrow.log)
            assert slow.got == []
            assert slow.waiting == 1  # nothing piles up for it here
            slow.free.set()
            await asyncio.sleep(0.5)
    heard: list[Any] = []
    frames = [json.loads(message["text"]) for message in slow.got]
    cursor = at
    for frame in frames:
        cursor = apply(cursor, heard, frame)
    assert cursor == size
    assert [item["type"] for item in heard] == ["proposal.submitted"] * 3
    assert frames[-1]["t"] == "state"
    assert frames[-1]["at"] == size

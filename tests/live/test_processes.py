"""Real server processes and real sockets: two of them tell the same, one that is killed is replaced without loss."""

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from apps.accounts.models import ApiToken
from apps.deliberation.models import Ballot, Round
from apps.deliberation.services import close_round
from apps.record import selectors as record
from negotiator.bench.crowd import Crowd
from tests.live.rooms import Frame, turnout
from tests.people import Lismorrow

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@dataclass
class Server:
    """One uvicorn process on a port of its own."""

    env: dict[str, str]
    log: Path
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> "Server":
        self.port = self.port or _free_port()
        command = [
            sys.executable,
            "-m",
            "uvicorn",
            "negotiator.asgi:application",
            "--ws",
            "apps.live.protocol:Protocol",
        ]
        command += ["--ws-max-size", "65536", "--port", str(self.port), "--log-level", "warning"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.env, stdout=log, stderr=log)
        end = time.monotonic() + 40
        while time.monotonic() < end:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture
def servers(child_environment: dict[str, str], tmp_path: Path) -> Iterator[list[Server]]:
    found = [Server(child_environment, tmp_path / f"server{number}.log") for number in range(2)]
    yield found
    for server in found:
        server.kill()


@dataclass
class Client:
    """A real socket with everything it heard."""

    line: ClientConnection
    all: list[Frame] = field(default_factory=list)

    async def hear(self, t: str, fits: Any = lambda frame: True, patience: float = 10) -> Frame:
        async with asyncio.timeout(patience):
            while True:
                frame: Frame = json.loads(await self.line.recv())
                self.all.append(frame)
                if frame["t"] == t and fits(frame):
                    return frame

    async def vote(self, item: UUID, choice: str = "for", key: UUID | None = None) -> Frame:
        id = uuid4().hex
        message = {"t": "cast", "id": id, "item": str(item), "choice": choice, "key": str(key or uuid4())}
        await self.line.send(json.dumps(message))
        while True:
            frame: Frame = json.loads(await self.line.recv())
            self.all.append(frame)
            if frame.get("id") == id:
                return frame


@asynccontextmanager
async def entered(server: Server, round: Round, lismorrow: Lismorrow, name: str = "") -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {ApiToken.make(lismorrow.people[name], 'a test')}"} if name else {}
    async with connect(f"ws://127.0.0.1:{server.port}/live/rounds/{round.id}/", additional_headers=headers) as line:
        yield Client(line)


def items(frames: list[Frame]) -> list[Any]:
    return [item for frame in frames if frame["t"] == "entries" for item in frame["items"]]


async def test_two_processes_tell_the_same_sequence(lismorrow: Lismorrow, round: Round, servers: list[Server]) -> None:
    one, two = (server.start() for server in servers)
    item = round.items.get().id
    async with entered(one, round, lismorrow, "Ify") as ify, entered(two, round, lismorrow, "Ruth") as ruth:
        starts = [(await client.hear("hello"))["at"] for client in (ify, ruth)]
        assert (await ify.vote(item))["t"] == "receipt"
        assert (await ruth.vote(item, "against"))["t"] == "receipt"
        for code in ("M5", "M6", "M7"):
            lismorrow.propose(code=code)
        close_round(by=lismorrow.orla, round=round)
        size = record.size(lismorrow.log)
        last = [await client.hear("state", lambda frame: frame["at"] == size) for client in (ify, ruth)]
    assert starts[0] == starts[1]
    assert items(ify.all) == items(ruth.all)
    assert [item["type"] for item in items(ify.all)] == ["proposal.submitted"] * 3 + ["round.closed"]
    assert last[0]["turnout"] == last[1]["turnout"]
    assert turnout(last[0]) == {"A": 0, "P": 0, "F": 1, "T": 1, "C": 0, "U": 0}


async def test_two_processes_see_the_same_hands_and_a_killed_one_forgets_none(
    lismorrow: Lismorrow, round: Round, servers: list[Server]
) -> None:
    one, two = (server.start() for server in servers)

    def floor(frame: Frame) -> list[str]:
        return [hand["group"] for hand in frame["floor"]["waiting"]]

    async with entered(one, round, lismorrow, "Ify") as ify, entered(two, round, lismorrow, "Ruth") as ruth:
        for client in (ify, ruth):
            await client.line.send(json.dumps({"t": "hand", "id": "up", "up": True}))
            await client.hear("done")
        states = [await client.hear("state", lambda frame: floor(frame) == ["F", "T"]) for client in (ify, ruth)]
        assert states[0]["floor"] == states[1]["floor"]
        one.kill()
    one.start()
    async with entered(one, round, lismorrow, "Ify") as ify:
        assert (await ify.hear("state"))["floor"] == states[0]["floor"]


async def test_a_killed_process_loses_no_acknowledged_vote(
    lismorrow: Lismorrow, round: Round, servers: list[Server]
) -> None:
    server, item, key = servers[0].start(), round.items.get().id, uuid4()
    async with entered(server, round, lismorrow, "Ify") as ify:
        at = (await ify.hear("hello"))["at"]
        receipt = (await ify.vote(item, key=key))["receipt"]
        server.kill()
        with pytest.raises(ConnectionClosed):
            await ify.hear("nothing")
    server.start()
    async with entered(server, round, lismorrow, "Ify") as ify:
        await ify.line.send(json.dumps({"t": "resume", "from": at}))
        again = await ify.vote(item, key=key)
        await ify.hear("state", lambda frame: turnout(frame)["F"] == 1)
    assert again["receipt"]["seq"] == receipt["seq"]
    assert Ballot.objects.count() == 1


async def test_frames_too_large_close_only_their_own_socket(
    lismorrow: Lismorrow, round: Round, servers: list[Server]
) -> None:
    server = servers[0].start()
    async with entered(server, round, lismorrow, "Ify") as ify, entered(server, round, lismorrow, "Ruth") as ruth:
        await ify.line.send("x" * 100_000)
        with pytest.raises(ConnectionClosed) as closed:
            await ify.hear("nothing")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009
        assert (await ruth.vote(round.items.get().id))["t"] == "receipt"


async def test_a_flood_from_one_seat_stops_nobody_else(
    lismorrow: Lismorrow, round: Round, servers: list[Server]
) -> None:
    server, item = servers[0].start(), round.items.get().id
    async with entered(server, round, lismorrow, "Ruth") as ruth, entered(server, round, lismorrow, "Ify") as ify:
        begun = time.monotonic()
        flood = asyncio.create_task(_flood(ify, item))
        await ify.hear("refused", lambda frame: frame["code"] == "frame.too_often", patience=30)
        for choice in ("for", "against") * 8:
            async with asyncio.timeout(5):
                assert (await ruth.vote(item, choice))["t"] == "receipt"
        flood.cancel()
        ify.line.transport.abort()
        elapsed = time.monotonic() - begun
    at_once, each_second = settings.LIVE_BALLOTS
    assert Ballot.objects.filter(seat__group__key="F").count() <= at_once + each_second * elapsed + 1


async def _flood(client: Client, item: UUID) -> None:
    """Vote as fast as the line takes it."""
    while True:
        message = {"t": "cast", "id": "", "item": str(item), "choice": "for", "key": str(uuid4())}
        await client.line.send(json.dumps(message))
        await asyncio.sleep(0.0005)


async def test_who_goes_on_sending_after_being_closed_is_cut_off(
    lismorrow: Lismorrow, round: Round, servers: list[Server]
) -> None:
    server = servers[0].start()
    with Crowd() as crowd:
        (line,) = crowd.join(server.port, f"/live/rounds/{round.id}/", [[]])
        begun = time.monotonic()
        with pytest.raises(OSError):  # noqa: PT011 (reset or closed, as it happens)
            while time.monotonic() - begun < 20:
                line.say(b'{"t":"nonsense"}' * 10)
        assert time.monotonic() - begun < 20
    async with entered(server, round, lismorrow, "Ruth") as ruth:
        assert (await ruth.vote(round.items.get().id))["t"] == "receipt"

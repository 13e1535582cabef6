"""Clients that vote and vote again, by socket and by REST, whatever happens to the servers; each keeps a history."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID, uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

AWAY = (OSError, WebSocketException, httpx.HTTPError, TimeoutError)
PATIENCE = 3.0
"""Seconds after which an answer is not waited for any more."""
ATTEMPTS = 40
CHOICES = ("for", "against", "abstain")


@dataclass
class Vote:
    """One choice under one key, however often it was sent. `receipt` None: nobody has confirmed it, it may count or not."""

    key: UUID
    item: UUID
    choice: str
    receipt: dict[str, Any] | None = None


@dataclass
class Voter:
    """One seat's client."""

    token: str
    seat: UUID
    round: UUID
    items: Sequence[UUID]
    ports: Sequence[int]
    chance: Random
    history: list[Vote] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _line: ClientConnection | None = None

    async def vote_until(self, over: asyncio.Event) -> None:
        """Vote again and again. What is not confirmed is mostly sent again under its key, and sometimes given up."""
        while not over.is_set():
            vote = Vote(uuid4(), self.chance.choice(self.items), self.chance.choice(CHOICES))
            self.history.append(vote)
            for _ in range(ATTEMPTS):
                if await self._send(vote) or over.is_set() or self.chance.random() < 0.05:
                    break
                await asyncio.sleep(self.chance.uniform(0.05, 0.3))
            await asyncio.sleep(self.chance.uniform(0, 0.3))
        await self._hang_up()

    async def _send(self, vote: Vote) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await (self._by_socket(vote) if self.chance.random() < 0.7 else self._by_rest(vote))
        except AWAY:
            await self._hang_up()
            return False
        vote.receipt = answer.get("receipt")
        if vote.receipt is None:
            self.refused.append(str(answer.get("code")))
        return vote.receipt is not None

    async def _by_socket(self, vote: Vote) -> dict[str, Any]:
        if self._line is None:
            address = f"ws://127.0.0.1:{self.chance.choice(self.ports)}/live/rounds/{self.round}/"
            self._line = await connect(address, additional_headers=self._headers)
        id = uuid4().hex
        message = {"t": "cast", "id": id, "item": str(vote.item), "choice": vote.choice, "key": str(vote.key)}
        await self._line.send(json.dumps(message))
        while True:
            frame: dict[str, Any] = json.loads(await self._line.recv())
            if frame.get("id") == id:
                return frame

    async def _by_rest(self, vote: Vote) -> dict[str, Any]:
        body = {"round": str(self.round), "item": str(vote.item), "choice": vote.choice, "key": str(vote.key)}
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            address = f"http://127.0.0.1:{self.chance.choice(self.ports)}/api/ballots/"
            answer: dict[str, Any] = (await client.post(address, json=body, headers=self._headers)).json()
            return answer

    async def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.transport.abort()

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

"""Casting ballots as a phone in the room does: over the socket of the live round."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from apps.common.errors import Invalid, NotFound

PATIENCE = 30.0  # seconds


def cast_by_socket(url: str, token: str, round: str, ballots: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Come into the room, cast these ballots one after the other, and leave; gives the receipts.

    Raises `Invalid` (rehearsal.unexpected) with the words of a refusal, `NotFound` where no room answers.
    """
    address = f"{url.replace('http', 'ws', 1)}/live/rounds/{round}/"
    headers = {"Authorization": f"Bearer {token}"}
    try:
        with connect(address, additional_headers=headers, open_timeout=PATIENCE) as socket:
            return [_cast(socket, ballot) for ballot in ballots]
    except (WebSocketException, OSError, TimeoutError) as error:
        said = f"The live room at {address} does not answer ({type(error).__name__})."
        raise NotFound("rehearsal.no_socket", said) from error


def _cast(socket: ClientConnection, ballot: Mapping[str, Any]) -> Any:
    """Send one ballot and wait for its answer among whatever else the room says."""
    id = str(uuid4())
    sent = {"t": "cast", "id": id, "item": ballot["item"], "choice": ballot["choice"], "key": ballot["key"]}
    socket.send(json.dumps(sent))
    while True:
        answer = json.loads(socket.recv(timeout=PATIENCE))
        if answer.get("id") == id:
            break
    if answer["t"] != "receipt":
        raise Invalid("rehearsal.unexpected", f"the vote was refused: {answer.get('message')}")
    return answer

"""Casting a ballot as a phone in the room does: over the socket of the live round."""

import json
from typing import Any
from uuid import uuid4

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from apps.common.errors import Invalid, NotFound

PATIENCE = 30.0  # seconds


def cast_by_socket(url: str, token: str, arguments: dict[str, Any]) -> Any:
    """Cast one ballot; gives the receipt. Raises `Invalid` with the refusal's words."""
    address = f"{url.replace('http', 'ws', 1)}/live/rounds/{arguments['round']}/"
    id = str(uuid4())
    message = {"t": "cast", "id": id, "item": arguments["item"], "choice": arguments["choice"], "key": arguments["key"]}
    try:
        with connect(address, additional_headers={"Authorization": f"Bearer {token}"}, open_timeout=PATIENCE) as socket:
            socket.send(json.dumps(message))
            while True:
                answer = json.loads(socket.recv(timeout=PATIENCE))
                if answer.get("id") == id:
                    break
    except (WebSocketException, OSError, TimeoutError) as error:
        raise NotFound(
            "rehearsal.no_socket", f"The live room at {address} does not answer ({type(error).__name__})."
        ) from error
    if answer["t"] != "receipt":
        raise Invalid("rehearsal.unexpected", f"the vote was refused: {answer.get('message')}.")
    return answer

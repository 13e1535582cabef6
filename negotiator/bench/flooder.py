"""Somebody who sends as much as the sockets take, well-formed votes and nonsense: `python -m ... PORT PATH ITEM HEADER`."""

import sys
import time
from threading import Thread
from uuid import uuid4

from negotiator.bench.crowd import Crowd, Line

SOCKETS = 10


def send(line: Line, item: str) -> None:
    """Never stops: what the server does not read waits in the socket, and so does this thread."""
    while True:
        ballot = f'{{"t":"cast","id":"f","item":"{item}","choice":"for","key":"{uuid4()}"}}'
        line.say(ballot.encode())
        line.say(b'{"t":"nonsense"}')


def flood(port: int, path: str, item: str, header: str) -> None:
    """Open the sockets again whenever they are closed."""
    while True:
        try:
            with Crowd() as crowd:
                for line in crowd.join(port, path, [[header]] * SOCKETS):
                    Thread(target=_quietly, args=(line, item), daemon=True).start()
                while True:
                    for _ in crowd.heard(1.0):
                        pass
        except OSError:
            time.sleep(0.2)


def _quietly(line: Line, item: str) -> None:
    try:
        send(line, item)
    except OSError:
        return


if __name__ == "__main__":
    flood(int(sys.argv[1]), *sys.argv[2:])

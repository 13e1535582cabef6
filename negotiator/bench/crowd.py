"""The load client: many sockets of one thread, bare frames over bare sockets, so that it costs next to nothing itself."""

import select
import socket
from base64 import b64encode
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

LARGEST = 1 << 18
AT_ONCE = 200
"""How many sockets are opened together."""
UPGRADE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n{more}\r\n"
)
KEY = b64encode(bytes(16)).decode()
UNMASKED = bytes(4)
"""A client masks what it sends; a mask of zeros leaves it as it is."""


class Line:
    """One socket."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def ask(self, port: int, path: str, headers: Sequence[str]) -> None:
        """Begin to open."""
        more = "".join(f"{header}\r\n" for header in headers)
        self.socket.sendall(UPGRADE.format(path=path, port=port, key=KEY, more=more).encode())

    def open(self) -> None:
        """Wait until it is open. Raises ConnectionError where it is refused."""
        while b"\r\n\r\n" not in self._rest:
            self._rest += self.socket.recv(LARGEST) or b"HTTP/1.1 000 \r\n\r\n"
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise ConnectionError(head.decode(errors="replace").splitlines()[0])

    def say(self, text: bytes, opcode: int = 1) -> None:
        """Send one frame."""
        size = len(text)
        head = bytes([0x80 | opcode, 0x80 | size]) if size < 126 else bytes([0x80 | opcode, 0xFE]) + size.to_bytes(2)
        self.socket.sendall(head + UNMASKED + text)

    def hear(self) -> list[bytes]:
        """The texts that have come. Raises ConnectionError when the socket was closed."""
        data = self.socket.recv(LARGEST)
        if not data:
            raise ConnectionError("closed")
        data, at, found = self._rest + data, 0, []
        while (frame := _frame(data, at)) is not None:
            opcode, start, at = frame
            if opcode == 1:
                found.append(data[start:at])
            elif opcode == 9:
                self.say(data[start:at], opcode=10)
        self._rest = data[at:]
        return found


def _frame(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Opcode, start and end of the frame at `at`, if all of it is there."""
    if len(data) < at + 2:
        return None
    size, start = data[at + 1], at + 2
    if size == 126:
        size, start = int.from_bytes(data[at + 2 : at + 4]), at + 4
    elif size == 127:
        size, start = int.from_bytes(data[at + 2 : at + 10]), at + 10
    return (data[at] & 15, start, start + size) if len(data) >= start + size else None


class Crowd:
    """Sockets that are listened to together."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._by_number: dict[int, Line] = {}
        self._poll = select.epoll()

    def join(self, port: int, path: str, headers: Sequence[Sequence[str]]) -> list[Line]:
        """Open a socket for each of these lists of headers."""
        new = []
        for start in range(0, len(headers), AT_ONCE):
            batch = [(Line(port), own) for own in headers[start : start + AT_ONCE]]
            for line, own in batch:
                line.ask(port, path, own)
            for line, _ in batch:
                line.open()
                self._poll.register(line.socket, select.EPOLLIN)
                self._by_number[line.socket.fileno()] = line
            new += [line for line, _ in batch]
        self.lines += new
        return new

    def heard(self, seconds: float) -> Iterator[tuple[Line, list[bytes]]]:
        """What comes within one look that waits at most so long."""
        for number, _ in self._poll.poll(seconds, 1024):
            line = self._by_number[number]
            yield line, line.hear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for line in self.lines:
            line.socket.close()
        self._poll.close()

"""How the socket server reads: as uvicorn does, but in small pieces, and no longer from whoever goes on after being closed.

Given to uvicorn as `--ws apps.live.protocol:Protocol`.
"""

import socket
from asyncio import BaseTransport

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

AT_ONCE = 16 * 1024
"""Bytes of one socket that wait to be read: what comes at once is taken apart at once, while everybody else waits."""
AFTER_CLOSING = 4 * 1024
"""Bytes that a socket may still have been sending when it was closed; who sends more is cut off."""


class Protocol(WebSocketsSansIOProtocol):
    """One connection."""

    still_sent = 0

    def connection_made(self, transport: BaseTransport) -> None:
        """A socket has been opened."""
        line = transport.get_extra_info("socket")
        if line is not None:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, AT_ONCE)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Something has come."""
        if self.close_sent:
            self.still_sent += len(data)
        if self.still_sent > AFTER_CLOSING:
            self.transport.abort()
        else:
            super().data_received(data)

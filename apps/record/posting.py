"""Sending to an address that somebody chose: to the very number that was looked at, without following it elsewhere."""

import http.client
import socket
import ssl

from django.conf import settings

from apps.common.errors import Invalid
from apps.record.domain.addresses import Target, is_public, target_of

TIMEOUT = 10
"""Seconds somebody has to answer."""
LONGEST = 64 * 1024
"""Bytes of an answer that are read."""


def post(url: str, body: bytes) -> tuple[int, str]:
    """Send JSON; the status and the text of the answer. Raises `Invalid` for an address that may not be called, and `OSError`."""
    target = target_of(url, anywhere=settings.KEEPERS_ANYWHERE)
    number = _number_of(target)
    connection = _Encrypted(target, number) if target.scheme == "https" else _Plain(target, number)
    try:
        connection.request("POST", target.path, body, {"Content-Type": "application/json", "User-Agent": "Negotiator"})
        answer = connection.getresponse()
        return answer.status, answer.read(LONGEST).decode(errors="replace")
    except http.client.HTTPException as error:
        raise OSError(f"no answer that can be read ({type(error).__name__})") from error
    finally:
        connection.close()


def _number_of(target: Target) -> str:
    """What the name stands for now. One number that is not public is enough to call none of them."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    numbers = [str(each[4][0]) for each in found]
    if not settings.KEEPERS_ANYWHERE and not all(is_public(number) for number in numbers):
        raise Invalid("keeper.address", "the address leads into a private network")
    return numbers[0]


class _Plain(http.client.HTTPConnection):
    """A connection to a number, under the name that it stands for."""

    def __init__(self, target: Target, number: str) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self.number = number

    def connect(self) -> None:
        self.sock = socket.create_connection((self.number, self.port), TIMEOUT)


class _Encrypted(_Plain):
    """The same with encryption; the certificate has to be the name's."""

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

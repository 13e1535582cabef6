"""Ed25519 signatures (RFC 8032, section 5.1.7) from the standard library, for machines without the `cryptography` package.

It only verifies: nothing here is secret, so nothing has to take constant time. About 5 ms a signature.
"""

from hashlib import sha512
from typing import NoReturn

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]
"""Extended coordinates: X, Y, Z and T with x = X/Z, y = Y/Z, xy = T/Z."""


class InvalidSignature(Exception):
    """The signature does not fit."""


class Ed25519PublicKey:
    """A public key that can check signatures, with the calls of the `cryptography` package that the record uses."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    @classmethod
    def from_public_bytes(cls, raw: bytes) -> "Ed25519PublicKey":
        return cls(raw)

    def verify(self, signature: bytes, message: bytes) -> None:
        """Raises `InvalidSignature` unless this key signed the message."""
        public = _decode(self.raw)
        if len(signature) != 64 or public is None:
            raise InvalidSignature
        committed, s = _decode(signature[:32]), int.from_bytes(signature[32:], "little")
        if committed is None or s >= L:
            raise InvalidSignature
        challenge = int.from_bytes(sha512(signature[:32] + self.raw + message).digest(), "little") % L
        if not _equal(_times(s, BASE), _sum(committed, _times(challenge, public))):
            raise InvalidSignature


class Ed25519PrivateKey:
    """A verifier has no private keys; the name is here because the record's module asks for it."""

    @classmethod
    def from_private_bytes(cls, raw: bytes) -> NoReturn:
        raise NotImplementedError("this program only verifies")


def _sum(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = _sum(result, point)
        point = _sum(point, point)
        factor >>= 1
    return result


def _equal(p: Point, q: Point) -> bool:
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def _decode(raw: bytes) -> Point | None:
    """The point these 32 bytes name, or None."""
    if len(raw) != 32:
        return None
    number = int.from_bytes(raw, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def _x_of(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if (x & 1) != sign else x


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE_X = _x_of(_BASE_Y, 0) or 0
BASE: Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)

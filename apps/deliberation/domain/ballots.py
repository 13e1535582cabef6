"""What a ballot is, as bytes, and how it is committed to before it may be seen."""

from hashlib import sha256

from apps.record.domain.canonical import encode

SALT_SIZE = 32


def canonical_ballot(*, round: str, item: str, seat: str, version: str, choice: str) -> bytes:
    """The bytes of one seat's choice on one item."""
    return encode({"round": round, "item": item, "seat": seat, "version": version, "choice": choice})


def commitment(salt: bytes, ballot: bytes) -> str:
    """SHA-256 over 32 random bytes and the ballot, as hex: binds the choice without showing it."""
    return sha256(salt + ballot).hexdigest()

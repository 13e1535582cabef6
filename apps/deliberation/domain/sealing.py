"""How a choice is sealed in a secret round: nobody reads it without the key of the round, and its length says nothing."""

from dataclasses import dataclass
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from apps.common.errors import Conflict
from apps.consensus import Rule, ballot_form, choices
from apps.consensus.rules import ABSTAIN, UNABLE
from apps.consensus.writing import ONE
from apps.record.domain.canonical import encode

NONCE_SIZE = 12
LENGTH_SIZE = 2
LONGEST = 8000
"""Bytes of the longest choice that is taken at all: 2,000 characters."""


@dataclass(frozen=True)
class Place:
    """Where a sealed choice belongs. Put anywhere else, under another seat or entry, it does not open."""

    round: str
    item: str
    seat: str
    seq: int

    def to_bytes(self) -> bytes:
        return encode({"round": self.round, "item": self.item, "seat": self.seat, "seq": self.seq})


def new_key() -> bytes:
    """A key for one round."""
    return ChaCha20Poly1305.generate_key()


def seal(key: bytes, choice: str, place: Place, room: int) -> bytes:
    """A choice under a key, bound to its place, as long as any other of at most `room` bytes."""
    body = choice.encode()
    padded = len(body).to_bytes(LENGTH_SIZE) + body.ljust(room, b"\0")
    nonce = token_bytes(NONCE_SIZE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, padded, place.to_bytes())


def open_sealed(key: bytes, sealed: bytes, place: Place) -> str:
    """The choice again. `Conflict` (ballot.sealed_otherwise) for what was not sealed with this key for this place."""
    try:
        padded = ChaCha20Poly1305(key).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], place.to_bytes())
    except (InvalidTag, ValueError) as error:
        raise Conflict(
            "ballot.sealed_otherwise", f"The sealed ballot of entry {place.seq} is not the one that was cast."
        ) from error
    length = int.from_bytes(padded[:LENGTH_SIZE])
    return padded[LENGTH_SIZE : LENGTH_SIZE + length].decode()


def room_for(rule: Rule) -> int:
    """The bytes of the longest choice a ballot can hold under this rule: each alternative at most once, with a mark behind
    it and a score."""
    form = ballot_form(rule)
    words = max(len(word.encode()) for word in (*choices(rule), ABSTAIN, UNABLE))
    if form.shape == ONE:
        return words
    score = max(len(f":{form.low}"), len(f":{form.high}"))
    return min(LONGEST, max(words, sum(len(name.encode()) + 1 + score for name in form.choices)))

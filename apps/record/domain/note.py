"""Signed notes and checkpoints: how the record states its size and root so that other people's programs can check it.

Formats: c2sp.org/signed-note (Ed25519, type 0x01), c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature (v1, type 0x04).
Nothing here reads a clock or makes randomness: seeds and times come from the caller.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from apps.common.errors import Invalid

ED25519 = 0x01
COSIGNATURE = 0x04
MOST_SIGNATURES = 100  # the format asks for at least 16
LATEST_TIME = 2**63 - 1

_DASH = "— "
_TEXT_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True)
class Verifier:
    """A known public key: what is needed to check its signatures. `algorithm` is ED25519 or COSIGNATURE; `public` has
    32 bytes.
    """

    name: str
    public: bytes
    algorithm: int = ED25519

    def __post_init__(self) -> None:
        if self.algorithm not in (ED25519, COSIGNATURE) or len(self.public) != 32:
            raise Invalid("key.unknown", "Only Ed25519 keys of 32 bytes are understood.")
        _check_name(self.name)

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Reads `name+keyid+base64(type, key)`; a wrong id, an unknown type or a damaged key is `Invalid`."""
        name, key_id, material = _key_parts(vkey)
        verifier = cls(name, material[1:], material[0])
        if verifier.key_id != key_id:
            raise Invalid("key.malformed", f"The key of {name} does not have the id that stands beside it.")
        return verifier

    @cached_property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The public key as one line, to be given to others."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes([self.algorithm]) + self.public)}"

    def check(self, text: str, signature: bytes) -> bool:
        """Whether `signature` (without the key id) is this key's over the note text."""
        if self.algorithm == ED25519:
            return self._signed(text, signature)
        time = int.from_bytes(signature[:8], "big")
        return time <= LATEST_TIME and self._signed(cosigned_text(time, text), signature[8:])

    def _signed(self, message: str, signature: bytes) -> bool:
        try:
            self._key.verify(signature, message.encode())
        except InvalidSignature:
            return False
        return True

    @cached_property
    def _key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.public)


@dataclass(frozen=True)
class Signer:
    """A private key under a name. `seed` has 32 random bytes (RFC 8032); it is never shown in a repr."""

    name: str
    seed: bytes

    def __post_init__(self) -> None:
        if len(self.seed) != 32:
            raise Invalid("key.malformed", "An Ed25519 seed has 32 bytes.")
        _check_name(self.name)

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"

    @classmethod
    def parse(cls, skey: str) -> "Signer":
        """Reads `PRIVATE+KEY+name+keyid+base64(type, seed)`. Errors never repeat the key."""
        prefix, _, rest = skey.partition("PRIVATE+KEY+")
        if prefix or not rest:
            raise Invalid("key.malformed", "A private key begins with PRIVATE+KEY+.")
        name, key_id, material = _key_parts(rest)
        if material[0] != ED25519:
            raise Invalid("key.unknown", "Only Ed25519 keys are understood.")
        signer = cls(name, material[1:])
        if signer.verifier.key_id != key_id:
            raise Invalid("key.malformed", f"The private key of {name} does not have the id that stands beside it.")
        return signer

    @property
    def skey(self) -> str:
        """The private key as one line. Store it where only the server can read it."""
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{_base64(bytes([ED25519]) + self.seed)}"

    @cached_property
    def verifier(self) -> Verifier:
        """The public half, for signed notes."""
        return Verifier(self.name, self._public)

    @cached_property
    def cosigner(self) -> Verifier:
        """The public half, for witness cosignatures. A witness uses a key of its own for them."""
        return Verifier(self.name, self._public, COSIGNATURE)

    def sign(self, text: str) -> "Signature":
        return Signature(self.name, self.verifier.key_id, self._key.sign(text.encode()))

    def cosign(self, text: str, time: int) -> "Signature":
        """States that at `time` (seconds since 1970) this checkpoint text was the largest consistent one seen."""
        if not 0 <= time <= LATEST_TIME:
            raise Invalid("note.malformed", "The time of a cosignature lies between 0 and 2^63 - 1.")
        blob = time.to_bytes(8, "big") + self._key.sign(cosigned_text(time, text).encode())
        return Signature(self.name, self.cosigner.key_id, blob)

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def _public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()


@dataclass(frozen=True)
class Signature:
    """One signature line: who says to have signed, by which key, and the signature itself."""

    name: str
    key_id: bytes
    blob: bytes

    def line(self) -> str:
        return f"{_DASH}{self.name} {_base64(self.key_id + self.blob)}\n"

    @property
    def time(self) -> int:
        """When a witness cosigned, in seconds since 1970. Means something only for a verified cosignature."""
        return int.from_bytes(self.blob[:8], "big")


@dataclass(frozen=True)
class Note:
    """A text (with its final newline) and its signatures, not yet verified."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, raw: str) -> "Note":
        """Reads a signed note. Anything but text, an empty line and 1 to 100 signature lines is `Invalid`
        (note.malformed).
        """
        text, gap, block = raw.rpartition("\n\n")
        if not gap or not block.endswith("\n") or _TEXT_CONTROL.search(raw):
            raise _malformed("it needs a text, an empty line and signature lines, each ended by a newline")
        lines = block[:-1].split("\n")
        if len(lines) > MOST_SIGNATURES:
            raise _malformed(f"it has more than {MOST_SIGNATURES} signatures")
        return cls(text + "\n", tuple(_parse_signature(line) for line in lines))

    def __str__(self) -> str:
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)

    def signed_by(self, *signatures: Signature) -> "Note":
        """The same note with more signatures, each once."""
        new = [signature for signature in signatures if signature not in self.signatures]
        return Note(self.text, (*self.signatures, *new))

    def verify(self, known: Iterable[Verifier]) -> dict[str, Signature]:
        """The signatures of known keys, by vkey. A false signature of a known key (note.forged), or none at all
        (note.unsigned), is `Invalid`; unknown keys are passed over, as the format demands.
        """
        verifiers = {(verifier.name, verifier.key_id): verifier for verifier in known}
        found: dict[str, Signature] = {}
        for signature in self.signatures:
            verifier = verifiers.get((signature.name, signature.key_id))
            if verifier is None or verifier.vkey in found:
                continue
            if not verifier.check(self.text, signature.blob):
                raise Invalid("note.forged", f"The signature of {verifier.name} does not fit the text.")
            found[verifier.vkey] = signature
        if not found:
            raise Invalid("note.unsigned", "None of the known keys has signed this note.")
        return found


def sign(text: str, *signers: Signer) -> Note:
    """A note over `text`, which ends with a newline and holds no other control characters."""
    if not text.endswith("\n") or _TEXT_CONTROL.search(text):
        raise _malformed("its text ends with a newline and holds no control characters")
    return Note(text, tuple(signer.sign(text) for signer in signers))


def cosigned_text(time: int, text: str) -> str:
    """What a witness signs: a header against mix-ups, the time, and the whole checkpoint text."""
    return f"cosignature/v1\ntime {time}\n{text}"


def _key_parts(key: str) -> tuple[str, bytes, bytes]:
    """Name, key id and material (type byte and key) of `name+hex+base64`; base64 itself may hold a plus."""
    name, _, rest = key.partition("+")
    key_id, _, material = rest.partition("+")
    if not re.fullmatch("[0-9a-f]{8}", key_id) or not material:
        raise Invalid("key.malformed", "A key is written as name+id+key.")
    return name, bytes.fromhex(key_id), from_base64(material, "key.malformed")


def _parse_signature(line: str) -> Signature:
    name, _, material = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH):
        raise _malformed("a line after its text is not a signature")
    _check_name(name)
    blob = from_base64(material, "note.malformed")
    if len(blob) < 5:
        raise _malformed("a signature is too short")
    return Signature(name, blob[:4], blob[4:])


def _check_name(name: str) -> None:
    if not name or "+" in name or any(char.isspace() for char in name) or _TEXT_CONTROL.search(name):
        raise Invalid("key.malformed", "The name of a key is not empty and holds neither a space nor a plus.")


def from_base64(text: str, code: str) -> bytes:
    """Strict base64 (RFC 4648 section 4): one spelling for each value. Raises `Invalid` with `code`."""
    try:
        raw = b64decode(text, validate=True)
    except (Base64Error, ValueError) as error:
        raise Invalid(code, "There is something that is not base64.") from error
    if _base64(raw) != text:
        raise Invalid(code, "There is base64 that is not in its usual form.")
    return raw


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()


def _malformed(why: str) -> Invalid:
    return Invalid("note.malformed", f"This is not a signed note: {why}.")

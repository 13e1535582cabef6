"""A checkpoint: the size and root of a log at one moment, as the text of a signed note (c2sp.org/tlog-checkpoint)."""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from apps.common.errors import Invalid
from apps.record.domain.note import Note, Signature, Signer, Verifier, from_base64, sign

_SIZE = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """`origin` names the log, `root` is the 32-byte root over its first `size` entries. `extensions` are read, never
    written.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.origin or "\n" in self.origin or self.size < 0 or len(self.root) != 32:
            raise _malformed()

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Reads the text of a checkpoint note. Raises `Invalid` (checkpoint.malformed)."""
        origin, *rest = text.removesuffix("\n").split("\n")
        if not text.endswith("\n") or len(rest) < 2 or not all(rest) or not _SIZE.fullmatch(rest[0]):
            raise _malformed()
        return cls(origin, int(rest[0]), from_base64(rest[1], "checkpoint.malformed"), tuple(rest[2:]))

    @property
    def text(self) -> str:
        """The body that is signed, with its final newline."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    def signed(self, *signers: Signer) -> Note:
        return sign(self.text, *signers)


def size_of(raw: str) -> int:
    """How many entries a signed checkpoint says it covers, before anything is verified."""
    return Checkpoint.parse(Note.parse(raw).text).size


@dataclass(frozen=True)
class Verified:
    """A checkpoint whose signatures were checked: the checkpoint, and the good signatures by vkey."""

    checkpoint: Checkpoint
    signatures: dict[str, Signature]


def checkpoint(origin: str, size: int, root: bytes) -> str:
    """The text of a checkpoint, to be signed with `note.sign`."""
    return Checkpoint(origin, size, root).text


def verify_checkpoint(
    raw: str, origin: str, log_keys: Iterable[Verifier], witnesses: Iterable[Verifier] = ()
) -> Verified:
    """Reads a signed checkpoint of the log `origin`; at least one of `log_keys` must have signed it.

    Raises `Invalid`: note.malformed, note.forged, note.unsigned, checkpoint.malformed, or checkpoint.other_log.
    """
    note, keys = Note.parse(raw), list(log_keys)
    found = note.verify([*keys, *witnesses])
    if not any(key.vkey in found for key in keys):
        raise Invalid("note.unsigned", "No key of this log has signed this checkpoint.")
    read = Checkpoint.parse(note.text)
    if read.origin != origin:
        raise Invalid("checkpoint.other_log", f"This is a checkpoint of {read.origin}, not of {origin}.")
    return Verified(read, found)


def _malformed() -> Invalid:
    return Invalid("checkpoint.malformed", "A checkpoint has an origin, a size and a root, one on each line.")

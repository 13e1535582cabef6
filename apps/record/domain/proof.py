"""An inclusion proof as a file that stands alone: c2sp.org/tlog-proof@v1. Members download it, other people's tools
read it.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from apps.common.errors import Invalid
from apps.record.domain.checkpoint import Checkpoint, verify_checkpoint
from apps.record.domain.note import Verifier, from_base64
from apps.record.domain.tree import HASH_SIZE, verify_inclusion

HEADER = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 63

_NUMBER = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Proof:
    """That the entry `index` is in the log: the sibling hashes, lowest first, and the signed checkpoint they lead to.
    `extra` is carried along and not protected by anything.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def to_text(self) -> str:
        head = [HEADER]
        if self.extra is not None:
            head.append(f"extra {_base64(self.extra)}")
        lines = [*head, f"index {self.index}", *(_base64(value) for value in self.hashes), ""]
        return "".join(f"{line}\n" for line in lines) + self.checkpoint

    @classmethod
    def from_text(cls, text: str) -> "Proof":
        """Reads a proof file; the checkpoint inside is not yet looked at. Raises `Invalid` (proof.malformed)."""
        head, gap, checkpoint = text.partition("\n\n")
        header, *lines = head.split("\n")
        if header != HEADER or not gap or not checkpoint:
            raise _malformed(f"it begins with {HEADER} and holds an empty line before the checkpoint")
        extra = _field(lines.pop(0), "extra ") if lines and lines[0].startswith("extra ") else None
        index = _field(lines.pop(0), "index ") if lines else ""
        if not _NUMBER.fullmatch(index) or len(lines) > MOST_HASHES:
            raise _malformed(f"it has an index and at most {MOST_HASHES} hashes")
        hashes = tuple(from_base64(line, "proof.malformed") for line in lines)
        if any(len(value) != HASH_SIZE for value in hashes):
            raise _malformed(f"a hash has {HASH_SIZE} bytes")
        return cls(int(index), hashes, checkpoint, None if extra is None else from_base64(extra, "proof.malformed"))

    def verify(
        self, leaf: bytes, origin: str, log_keys: Iterable[Verifier], witnesses: Iterable[Verifier] = ()
    ) -> Checkpoint:
        """The signed checkpoint that covers the entry with this leaf hash. Raises `Invalid` as `verify_checkpoint`
        does, and proof.wrong where the hashes do not lead to the root.
        """
        found = verify_checkpoint(self.checkpoint, origin, log_keys, witnesses).checkpoint
        if not verify_inclusion(leaf, self.index, found.size, self.hashes, found.root):
            raise Invalid("proof.wrong", f"The proof does not show that this is entry {self.index} of {found.origin}.")
        return found


def _field(line: str, name: str) -> str:
    return line[len(name) :] if line.startswith(name) else ""


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()


def _malformed(why: str) -> Invalid:
    return Invalid("proof.malformed", f"This is not a proof file: {why}.")

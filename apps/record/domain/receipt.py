"""The slip a member keeps: this entry, with this leaf hash, is covered by this signed checkpoint."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.common.errors import Invalid
from apps.record.domain.checkpoint import Checkpoint
from apps.record.domain.entry import is_uuid
from apps.record.domain.note import Verifier
from apps.record.domain.proof import Proof

_KEYS = {"log", "seq", "leaf_hash", "checkpoint"}


@dataclass(frozen=True)
class Receipt:
    """`log` UUID, `seq` number of the entry, `leaf_hash` its hash as 64 hex digits, `checkpoint` the signed note over
    it.
    """

    log: str
    seq: int
    leaf_hash: str
    checkpoint: str

    def to_data(self) -> dict[str, str | int]:
        return {"log": self.log, "seq": self.seq, "leaf_hash": self.leaf_hash, "checkpoint": self.checkpoint}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Receipt":
        """Reads a pasted receipt. Raises `Invalid` (receipt.malformed)."""
        if data.keys() != _KEYS or not is_uuid(data["log"]) or type(data["seq"]) is not int or data["seq"] < 0:
            raise _malformed()
        if not isinstance(data["leaf_hash"], str) or not isinstance(data["checkpoint"], str):
            raise _malformed()
        receipt = cls(data["log"], data["seq"], data["leaf_hash"], data["checkpoint"])
        if len(receipt.leaf) != 32:
            raise _malformed()
        return receipt

    @property
    def leaf(self) -> bytes:
        try:
            return bytes.fromhex(self.leaf_hash)
        except ValueError as error:
            raise _malformed() from error

    def verify(self, hashes: Iterable[bytes], origin: str, log_keys: Iterable[Verifier]) -> Checkpoint:
        """The checkpoint that covers the entry, given the inclusion proof for it. Raises `Invalid` as `Proof.verify`
        does.
        """
        return Proof(self.seq, tuple(hashes), self.checkpoint).verify(self.leaf, origin, log_keys)


def _malformed() -> Invalid:
    return Invalid("receipt.malformed", "A receipt names a log, a number, a hash of 64 digits and a signed checkpoint.")

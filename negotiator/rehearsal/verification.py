"""Verifies the record as anybody can from outside: read every entry, rebuild the tree, hold it against a signed checkpoint."""

from typing import TYPE_CHECKING, Any

from apps.common.errors import Conflict
from apps.record.domain.canonical import encode
from apps.record.domain.checkpoint import verify_checkpoint
from apps.record.domain.note import Verifier
from apps.record.domain.tree import leaf_hash, root

if TYPE_CHECKING:
    from negotiator.rehearsal.player import Player

PIECE = 1000


def verify(player: "Player") -> int:
    """The number of entries, when they are the ones that the server has signed for. Raises `Conflict` (record.not_verified)."""
    place = {"partnership": player.known["partnership"]["id"]}
    about = player.ask("", "read_record", place)
    leaves = _leaves(player, place, about["size"])
    note = player.ask("", "read_receipt", {**place, "seq": about["size"] - 1})["checkpoint"]
    signed = verify_checkpoint(note, about["origin"], [Verifier.parse(about["key"])]).checkpoint
    if (signed.size, signed.root) != (len(leaves), root(leaves)):
        raise Conflict("record.not_verified", "The entries are not those that the server's checkpoint was signed over.")
    return len(leaves)


def _leaves(player: "Player", place: dict[str, Any], size: int) -> list[bytes]:
    leaves: list[bytes] = []
    while len(leaves) < size:
        piece = player.ask("", "list_entries", {**place, "from": len(leaves), "limit": PIECE})["items"]
        if [entry["seq"] for entry in piece] != list(range(len(leaves), len(leaves) + len(piece))) or not piece:
            raise Conflict("record.not_verified", f"Entry {len(leaves)} is not shown, so the record cannot be rebuilt.")
        leaves += [leaf_hash(_bytes(entry)) for entry in piece]
    return leaves


def _bytes(entry: dict[str, Any]) -> bytes:
    """The bytes of an entry as they were hashed: what is null was left out."""
    return encode({key: value for key, value in entry.items() if value is not None})

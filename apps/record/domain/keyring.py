"""Which keys may have signed a checkpoint: those in use, and those that were replaced, each no further than it was used."""

from collections.abc import Iterable

from apps.record.domain.entry import Entry
from apps.record.domain.note import Verifier

REPLACING = ("key.rotated", "key.retired")


def may_sign(size: int, in_use: Iterable[Verifier], replaced: Iterable[Entry]) -> list[Verifier]:
    """The keys a checkpoint of `size` entries may be signed with. `replaced` are the log's entries of the types in REPLACING.

    A key that was retired by entry n signed checkpoints of up to n entries. Whoever gets hold of it afterwards can make none
    that covers more, so no new history.
    """
    keys, until = {key.vkey: key for key in in_use}, dict[str, int]()
    for entry in replaced:
        old = Verifier.parse(entry.data["old"])
        if entry.type == "key.retired":
            until.setdefault(old.vkey, entry.seq)
        elif old.vkey not in keys:
            keys[old.vkey] = old
    used = {key.vkey for key in in_use}
    return [key for vkey, key in keys.items() if vkey in used or size <= until.get(vkey, size)]

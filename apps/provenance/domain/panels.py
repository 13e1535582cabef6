"""Panels that answer a challenge: three seats of three groups, drawn by a lot that anybody can repeat.

The seed is the hash of the entry that made the challenge: nobody knows it before that entry stands, and everybody can read it
after. Seats are ranked by SHA-256 of seed and seat; the first of each group is taken. Groups of the two sides are drawn on only
where fewer than three others are left.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

SIZE = 3
UPHELD, REJECTED = "upheld", "rejected"
ANSWERS = {UPHELD: "The challenge is right", REJECTED: "It stands as recorded"}


@dataclass(frozen=True)
class Candidate:
    """A seat that somebody holds who has no part in what is contested."""

    seat: UUID
    group: str


def draw(candidates: Iterable[Candidate], seed: bytes, sides: Collection[str] = ()) -> list[Candidate]:
    """The panel, in the order of the lot; fewer than three where there are not three groups."""
    ranked = sorted(candidates, key=lambda one: (one.group in sides, ticket(seed, one.seat)))
    first: dict[str, Candidate] = {}
    for one in ranked:
        first.setdefault(one.group, one)
    return list(first.values())[:SIZE]


def successor(
    candidates: Iterable[Candidate], seed: bytes, sides: Collection[str], sitting: Collection[str]
) -> Candidate | None:
    """Who follows a member that steps aside: the next of the lot whose group has no seat on the panel."""
    free = [one for one in candidates if one.group not in sitting]
    return next(iter(draw(free, seed, sides)), None)


def ticket(seed: bytes, seat: UUID) -> str:
    """The lot of one seat, as hex: the lowest comes first."""
    return sha256(seed + seat.bytes).hexdigest()


def ruling(answers: Sequence[str]) -> str:
    """What two members of three agree on; nothing: not yet."""
    counted = Counter(answers).most_common(1)
    return counted[0][0] if counted and counted[0][1] > SIZE // 2 else ""


def agreed_label(labels: Sequence[Sequence[str] | None]) -> list[str] | None:
    """The words for the position that all who upheld the challenge gave alike, if they did."""
    given = {tuple(label) for label in labels if label}
    return list(given.pop()) if len(given) == 1 and all(labels) else None

"""Whether seats come to a round: when that is asked, how many of each group say what, and who was missed afterwards.

Plain Python: states and words in, counts and lists out.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from apps.deliberation.domain.parties import Party

COMES, APOLOGIES, UNSAID = "comes", "apologies", "unsaid"
ANSWERS = (COMES, APOLOGIES, UNSAID)
"""What can be said: one comes, one sends apologies; or one takes back what one has said."""
When = Literal["early", "now", "late"]
S = TypeVar("S", bound=Hashable)


def when_asked(state: str, papers_out: bool) -> When:
    """Whether a round in this state asks who comes: from when it is announced, or its papers go out, until it closes."""
    if state in ("closed", "tallied"):
        return "late"
    return "early" if state == "draft" and not papers_out else "now"


@dataclass(frozen=True)
class Awaited:
    """Of a group's seats, how many say that they come, and how many send apologies."""

    key: str
    name: str
    seats: int
    comes: int
    apologies: int


def awaited(parties: Iterable[Party], said: Mapping[tuple[str, str], int]) -> list[Awaited]:
    """The groups in their order: those that decide, and of the others those of which a seat has said something. None as long as
    nobody has. `said`: how many seats, by group and answer."""
    if not any(said.values()):
        return []
    found = [
        (
            party.decides,
            Awaited(party.key, party.name, party.seats, *(said.get((party.key, one), 0) for one in ANSWERS[:2])),
        )
        for party in parties
        if party.seats
    ]
    return [group for decides, group in found if decides or group.comes or group.apologies]


def attendance(seats: Sequence[S], there: Collection[S], sent: Collection[S]) -> tuple[list[S], list[S], list[S]]:
    """Who was there, who was not and had sent apologies, and who was not and had sent none; each in the order of `seats`."""
    return (
        [seat for seat in seats if seat in there],
        [seat for seat in seats if seat not in there and seat in sent],
        [seat for seat in seats if seat not in there and seat not in sent],
    )

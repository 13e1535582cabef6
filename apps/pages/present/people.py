"""Groups, their seats and who holds them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.accounts.models import Person
from apps.deliberation.speaking import seat_name
from apps.pages.present.words import listed, number_of
from apps.partnerships.actors import Actor
from apps.partnerships.models import GroupKind, Holding, Partnership, StakeholderGroup
from apps.partnerships.selectors import groups, holders

PEOPLE_SHOWN = 1000


@dataclass(frozen=True)
class SeatCard:
    """One seat: free, held, or held by somebody whose name this viewer may see."""

    id: UUID
    label: str
    held: bool
    name: str


@dataclass(frozen=True)
class GroupCard:
    """One group with its seats."""

    key: str
    name: str
    kind: str
    voice: str
    seats: Sequence[SeatCard]

    @property
    def held(self) -> int:
        return sum(seat.held for seat in self.seats)

    @property
    def words(self) -> str:
        """7 seats, 5 held."""
        return f"{number_of(len(self.seats), 'seat')}, {self.held} held"

    @property
    def named(self) -> bool:
        """Whether any holder's name may be shown to this viewer."""
        return any(seat.name for seat in self.seats)


def group_cards(viewer: Actor, at: datetime | None = None) -> list[GroupCard]:
    """All groups with their seats. Members see who holds them, or held them at a moment; of people who use services only the
    convenor does."""
    held = {holding.seat_id: holding for holding in holders(viewer.partnership, at)}
    names = viewer.is_member
    found = groups(viewer.partnership).prefetch_related("seats")
    return [_card(group, held, names and (group.kind != GroupKind.USERS or viewer.is_convenor)) for group in found]


def names_of(card: GroupCard, seats: Sequence[SeatCard]) -> list[str]:
    """Some seats of a group: those whose holders have a name for this viewer by it, the others together, as seats A3 and A4."""
    rest = [seat.label for seat in seats if not _own_name(card, seat)]
    together = [f"{'seat' if len(rest) == 1 else 'seats'} {listed(rest)}"] if rest else []
    return [*filter(None, (_own_name(card, seat) for seat in seats)), *together]


def seat_choices(cards: Iterable[GroupCard]) -> list[tuple[str, str]]:
    """The seats of these groups that somebody holds, to choose from."""
    return [
        (str(seat.id), ": ".join(filter(None, (seat_name(card.name, seat.label), _own_name(card, seat)))))
        for card in cards
        for seat in card.seats
        if seat.held
    ]


def known_people(partnership: Partnership) -> QuerySet[Person]:
    """Everybody who holds a seat or a role now, by name."""
    seated = Q(holdings__partnership=partnership, holdings__until=None)
    roles = Q(roles__partnership=partnership, roles__until=None)
    return Person.objects.filter(seated | roles).distinct().order_by("name")[:PEOPLE_SHOWN]


def _card(group: StakeholderGroup, held: Mapping[UUID, Holding], named: bool) -> GroupCard:
    seats = [
        SeatCard(seat.id, seat.label, seat.id in held, str(held[seat.id].person) if named and seat.id in held else "")
        for seat in sorted(group.seats.all(), key=lambda seat: (len(seat.label), seat.label))
    ]
    voice = "decides" if group.standing == "decides" else "advises, without a vote"
    return GroupCard(group.key, group.name, group.get_kind_display(), voice, seats)


def _own_name(card: GroupCard, seat: SeatCard) -> str:
    """The name of who holds a seat; none where it is hidden, or says no more than which seat it is."""
    return "" if seat.name == seat_name(card.name, seat.label) else seat.name

"""Reading partnerships."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from apps.accounts.models import Person
from apps.common.errors import NotFound
from apps.partnerships.actors import Actor, actor_in
from apps.partnerships.models import (
    GroupKind,
    Holding,
    Mandate,
    MandateDocument,
    Partnership,
    Pseudonym,
    Role,
    Seat,
    StakeholderGroup,
    Visibility,
)
from apps.partnerships.rules import require_reader

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class SeatCount(TypedDict):
    """What `groups` adds to each group."""

    seat_count: int


def partnerships_for(person: Person | None) -> QuerySet[Partnership]:
    """Partnerships a person may read: the public ones and one's own. A story still being played into its log is not shown."""
    mine = Q(visibility=Visibility.PUBLIC)
    if person is not None:
        mine |= Q(groups__seats__holdings__person=person, groups__seats__holdings__until=None)
        mine |= Q(roles__person=person, roles__until=None) | Q(mandates__holder=person)
    return Partnership.objects.filter(mine, log__paused=False).select_related("log").distinct().order_by("-founded_at")


def open_partnership(person: Person | None, id: UUID) -> Actor:
    """The one careful way to a partnership: who asks is told of it only when allowed to read it."""
    found = Partnership.objects.select_related("log").filter(id=id).first()
    if found is None:
        raise NotFound(
            "partnership.unknown", "There is no such partnership, or it is for members only: sign in to see yours."
        )
    return reader_of(found, person)


def reader_of(partnership: Partnership, person: Person | None) -> Actor:
    """Who asks, in a partnership that has been fetched with its log; refused as if there were none where it is not theirs."""
    actor = actor_in(partnership, person)
    require_reader(actor)
    return actor


def groups(partnership: Partnership) -> "QuerySet[WithAnnotations[StakeholderGroup, SeatCount]]":
    """All groups, in their order, each with `seat_count`."""
    return partnership.groups.annotate(seat_count=Count("seats")).order_by("order", "key")


def deciding_groups(partnership: Partnership) -> "QuerySet[WithAnnotations[StakeholderGroup, SeatCount]]":
    """The groups that decide (observers never do)."""
    return groups(partnership).filter(standing="decides").exclude(kind=GroupKind.OBSERVER)


def seats_by_group(partnership: Partnership) -> dict[str, int]:
    """How many seats each deciding group has, by its key: who could vote."""
    return {group.key: group.seat_count for group in deciding_groups(partnership)}


def group_kinds(partnership: Partnership) -> dict[str, str]:
    """The kind of every group except observers, by key."""
    return dict(partnership.groups.exclude(kind=GroupKind.OBSERVER).values_list("key", "kind"))


def seats_of(partnership: Partnership, key: str) -> set[UUID]:
    """The seats of a group; none where there is no such group."""
    return set(Seat.objects.filter(group__partnership=partnership, group__key=key).values_list("id", flat=True))


def group_names(partnership: Partnership) -> Mapping[str, str]:
    """The name of every group by key."""
    return dict(partnership.groups.values_list("key", "name"))


def seat_in(partnership: Partnership, id: UUID) -> Seat:
    """A seat of this partnership."""
    seat = Seat.objects.select_related("group").filter(id=id, group__partnership=partnership).first()
    if seat is None:
        raise NotFound("seat.unknown", "There is no such seat in this partnership.")
    return seat


def group_in(partnership: Partnership, key: str) -> StakeholderGroup:
    """A group of this partnership by its key."""
    group = partnership.groups.filter(key=key).first()
    if group is None:
        raise NotFound("group.unknown", f"There is no group '{key}' in this partnership.")
    return group


def mandate_in(partnership: Partnership, id: UUID) -> Mandate:
    """A mandate of this partnership."""
    mandate = partnership.mandates.select_related("holder").filter(id=id).first()
    if mandate is None:
        raise NotFound("mandate.unknown", "There is no such mandate in this partnership.")
    return mandate


def document_of(mandate: Mandate) -> MandateDocument:
    """The document a mandate rests on, as it was handed in."""
    found = MandateDocument.objects.filter(mandate=mandate).first()
    if found is None:
        raise NotFound("document.none", f"No document has been handed in for mandate {mandate.code}.")
    return found


def holders(partnership: Partnership, at: datetime | None = None) -> QuerySet[Holding]:
    """Who holds which seat now, or who held it at a moment."""
    found = Holding.objects.select_related("seat__group", "person").filter(partnership=partnership)
    return found.filter(until=None) if at is None else found.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


def held_then(person: Person, at: str) -> Exists:
    """Whether this person held the seat of a row at the moment in its field `at`: what was done before or after is another's."""
    then = Q(until=None) | Q(until__gt=OuterRef(at))
    return Exists(Holding.objects.filter(then, seat=OuterRef("seat"), person=person, since__lte=OuterRef(at)))


def seats(partnership: Partnership, *, group: str = "") -> QuerySet[Seat]:
    """The seats of a partnership or of one group, each with `held_now`: a list of its holding, or an empty one."""
    held = Prefetch("holdings", Holding.objects.select_related("person").filter(until=None), to_attr="held_now")
    found = Seat.objects.filter(group__partnership=partnership).select_related("group").prefetch_related(held)
    return found.filter(group__key=group) if group else found


def members(partnership: Partnership) -> QuerySet[Pseudonym]:
    """Whoever holds a seat, a role or a mandate now, as the log names them; each person with `held_here`, `roles_here`."""
    held = Holding.objects.filter(partnership=partnership, until=None)
    roles = Role.objects.filter(partnership=partnership, until=None)
    here = Q(person__in=held.values("person")) | Q(person__in=roles.values("person"))
    here |= Q(person__in=partnership.mandates.values("holder"))
    seats_held = Prefetch("person__holdings", held.select_related("seat__group"), to_attr="held_here")
    roles_held = Prefetch("person__roles", roles, to_attr="roles_here")
    found = Pseudonym.objects.select_related("person").filter(here, log=partnership.log_id)
    return found.prefetch_related(seats_held, roles_held)


def pseudonyms(partnership: Partnership, people: Iterable[UUID]) -> dict[UUID, UUID]:
    """Under which ids these people appear in the partnership's log."""
    found = Pseudonym.objects.filter(log=partnership.log_id, person__in=list(people))
    return dict(found.values_list("person_id", "id"))


@dataclass(frozen=True)
class Everybody:
    """Who takes part in a partnership now: the address of each, if any, and for those who hold a seat the key of its group."""

    mail: Mapping[UUID, str]
    groups: Mapping[UUID, str]


def everybody_in(partnership: Partnership) -> Everybody:
    """Whoever holds a seat, a role or a mandate now: three queries."""
    seated = dict(holders(partnership).values_list("person", "seat__group__key"))
    ids = {*seated, *Role.objects.filter(partnership=partnership, until=None).values_list("person", flat=True)}
    ids |= set(partnership.mandates.filter(holder__isnull=False).values_list("holder", flat=True))
    people = Person.objects.filter(id__in=ids, is_active=True).order_by("id").values_list("id", "email")
    mail = {id: email or "" for id, email in people}
    return Everybody(mail, {id: group for id, group in seated.items() if id in mail})


@dataclass
class Place:
    """What a person is in one partnership: the seat held now, and the roles."""

    partnership: Partnership
    seat: Seat | None = None
    roles: list[str] = field(default_factory=list)


def places_of(person: Person) -> list[Place]:
    """Where a person holds a seat, a role or a mandate now, by the partnership's name."""
    places: dict[UUID, Place] = {}
    for mandate in person.mandates.select_related("partnership"):
        places.setdefault(mandate.partnership_id, Place(mandate.partnership))
    for role in person.roles.select_related("partnership").filter(until=None):
        places.setdefault(role.partnership_id, Place(role.partnership)).roles.append(role.name)
    for holding in person.holdings.select_related("partnership", "seat__group").filter(until=None):
        places.setdefault(holding.partnership_id, Place(holding.partnership)).seat = holding.seat
    return sorted(places.values(), key=lambda place: (place.partnership.name, place.partnership.id))

"""An actor: a person together with what the person is in one partnership. Every service asks who acts; nothing acts unnamed."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from apps.accounts.models import Person
from apps.common.errors import NotAllowed, NotFound, NotSignedIn
from apps.common.trips import at_once
from apps.partnerships.models import Holding, Partnership, Pseudonym, Role, RoleName, Seat, StakeholderGroup
from apps.record.act import By

CLOCK = By(system="clock")


@dataclass(frozen=True)
class Actor:
    """Somebody (or nobody, when not signed in) in one partnership: the seat held now, and the roles."""

    person: Person | None
    partnership: Partnership
    seat: Seat | None
    roles: frozenset[str]

    @property
    def log(self) -> UUID:
        return self.partnership.log_id

    @property
    def is_convenor(self) -> bool:
        return RoleName.CONVENOR in self.roles

    @property
    def is_auditor(self) -> bool:
        return RoleName.AUDITOR in self.roles

    @property
    def is_officer(self) -> bool:
        """Whether this is the partnership's data protection officer."""
        return RoleName.OFFICER in self.roles

    @property
    def is_member(self) -> bool:
        """Whether the person belongs to the partnership at all."""
        return self.seat is not None or bool(self.roles) or self._holds_mandate

    @cached_property
    def _holds_mandate(self) -> bool:
        return self.person is not None and self.partnership.mandates.filter(holder=self.person).exists()

    @cached_property
    def by(self) -> By:
        """How the record names this actor."""
        if self.person is None:
            raise NotSignedIn("person.not_signed_in", "Sign in first.")
        return By(seat=self.seat.id if self.seat else None, person=pseudonym(self.partnership.log_id, self.person))

    def require_seat(self) -> Seat:
        """The seat this person holds; without one the person has no voice in this partnership."""
        if self.person is None:
            raise NotSignedIn("person.not_signed_in", "Sign in first.")
        if self.seat is None:
            raise NotAllowed("seat.none", "You hold no seat in this partnership, so you cannot do this.")
        return self.seat


def pseudonym(log: UUID, person: Person) -> UUID:
    """Under which id a person appears in a log; made on the first act."""
    return Pseudonym.objects.get_or_create(log_id=log, person=person)[0].id


def pseudonym_owner(log: UUID, id: UUID | str) -> Person:
    """Whose pseudonym this is in a log. Raises `NotFound` (person.unknown)."""
    found = Pseudonym.objects.select_related("person").filter(log=log, id=id).first()
    if found is None:
        raise NotFound("person.unknown", "There is no such person in this partnership.")
    return found.person


def actor_in(partnership: Partnership, person: Person | None) -> Actor:
    """What a person is in a partnership at this moment."""
    if person is None:
        return Actor(None, partnership, None, frozenset())
    here = {"partnership": partnership, "person": person, "until": None}
    held = Holding.objects.filter(**here)
    seats, groups, roles = at_once(
        Seat.objects.filter(id__in=held.values("seat")),
        StakeholderGroup.objects.filter(id__in=held.values("seat__group")),
        Role.objects.filter(**here).values("name"),
    )
    for seat, group in zip(seats, groups, strict=True):
        seat.group = group
    return Actor(person, partnership, seats[0] if seats else None, frozenset(role["name"] for role in roles))

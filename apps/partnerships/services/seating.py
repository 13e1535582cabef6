"""Who sits where: seats given by the convenor, or taken by a link of invitation."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from apps.accounts.models import Person
from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotFound
from apps.common.texts import clean_line
from apps.partnerships.actors import Actor, pseudonym
from apps.partnerships.models import Holding, Invitation, Partnership, Seat, StakeholderGroup
from apps.partnerships.people import find_or_make
from apps.partnerships.rules import require_convenor
from apps.record.act import By, act

USES_AT_MOST = 500


def assign_seat(*, by: Actor, seat: Seat, name: str = "", email: str = "", person: Person | None = None) -> Holding:
    """Give a free seat to a person, known by e-mail address, or new and known by name only."""
    require_convenor(by)
    holder = person or find_or_make(name, email)
    return _seat(by.by, by.partnership, seat, holder, "assigned")


def vacate_seat(*, by: Actor, seat: Seat) -> None:
    """End the holding of a seat. Ballots already cast stay with the seat."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        holding = Holding.objects.select_for_update().filter(seat=seat, partnership=by.partnership, until=None).first()
        if holding is None:
            raise Conflict("seat.empty", "Nobody holds this seat.")
        holding.until = a.at
        holding.save(update_fields=["until"])
        data = {"group": seat.group.key, "label": seat.label, "holder": str(pseudonym(by.log, holding.person))}
        a.add("seat.vacated", data, on={"seat": seat.id})


def invite_group(*, by: Actor, group: StakeholderGroup, uses: int = 1, days: int = 30) -> str:
    """Make a link that seats people in a group; returns its token, which is shown once."""
    require_convenor(by)
    if not 1 <= uses <= USES_AT_MOST or not 1 <= days <= 365:
        raise Invalid("invitation.limits", "A link works for 1 to 500 people and 1 to 365 days.")
    token = secrets.token_urlsafe(24)
    with act(by=by.by, log=by.log) as a:
        ends = a.at + timedelta(days=days)
        Invitation.objects.create(group=group, digest=_digest(token), uses_left=uses, ends_at=ends)
        a.add(
            "invitation.made",
            {"group": group.key, "uses": uses, "ends": ends.date().isoformat()},
            on={"group": group.id},
        )
    return token


def find_invitation(token: str) -> Invitation:
    """The invitation behind a link that still works."""
    found = Invitation.objects.select_related("group__partnership").filter(digest=_digest(token)).first()
    if found is None:
        raise NotFound("invitation.unknown", "This link is not known. Ask whoever sent it for a new one.")
    if found.uses_left == 0 or found.ends_at <= clock.now():
        raise Conflict("invitation.used", "This link has been used up or has ended. Ask whoever sent it for a new one.")
    return found


def accept_invitation(*, token: str, name: str, person: Person | None = None) -> Holding:
    """Take a free seat of the inviting group, with an account or with no more than a name."""
    with transaction.atomic():
        invitation = find_invitation(token)
        invitation = Invitation.objects.select_for_update().select_related("group__partnership").get(id=invitation.id)
        if invitation.uses_left == 0:
            raise Conflict("invitation.used", "This link has been used up. Ask whoever sent it for a new one.")
        holder = person or Person.objects.create_user(name=clean_line("name", name, 120))
        free = invitation.group.seats.exclude(holdings__until=None, holdings__isnull=False)
        seat = free.select_for_update(of=("self",)).order_by("label").first()
        if seat is None:
            raise Conflict("group.full", f"All seats of {invitation.group.name} are taken.")
        partnership = invitation.group.partnership
        invitation.uses_left -= 1
        invitation.save(update_fields=["uses_left"])
        return _seat(By(person=pseudonym(partnership.log_id, holder)), partnership, seat, holder, "invited")


def _seat(by: By, partnership: Partnership, seat: Seat, holder: Person, how: str) -> Holding:
    with act(by=by, log=partnership.log_id) as a:
        Seat.objects.select_for_update().get(id=seat.id)
        if Holding.objects.filter(seat=seat, until=None).exists():
            raise Conflict("seat.taken", f"Seat {seat.label} is taken.")
        if Holding.objects.filter(partnership=partnership, person=holder, until=None).exists():
            raise Conflict("person.seated", f"{holder} already holds a seat in this partnership.")
        data = {
            "group": seat.group.key,
            "label": seat.label,
            "holder": str(pseudonym(partnership.log_id, holder)),
            "how": how,
        }
        a.add("seat.assigned", data, on={"seat": seat.id})
        return Holding.objects.create(partnership=partnership, seat=seat, person=holder, since=a.at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

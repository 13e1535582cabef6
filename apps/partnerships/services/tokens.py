"""Tokens that come with a seat: for who joins by a link through a program, and for people a demonstration invents."""

from datetime import timedelta

from django.db import transaction

from apps.accounts.models import Person
from apps.accounts.services import give_token
from apps.common.errors import Conflict, NotAllowed
from apps.partnerships.actors import Actor, pseudonym
from apps.partnerships.models import Holding, Pseudonym
from apps.partnerships.rules import require_convenor
from apps.partnerships.services.seating import accept_invitation
from apps.record import selectors as record
from apps.record.act import act

GOOD_FOR = timedelta(days=1)
JOINED_FOR = timedelta(days=90)
INVENTED = ("example.org", "example.com", "example.net")
"""Domains that nobody can own (RFC 2606): mail to them reaches nobody."""
BROUGHT_IN = ("seat.assigned", "role.given", "mandate.recorded")


def make_member_token(*, by: Actor, person: Person) -> tuple[str, str]:
    """A token, good for a day, with which the convenor of a demonstration acts for a person invented for it; also until when.

    Who could misuse it, and what stops them: a convenor could otherwise vote for real people. So the log must say of itself
    that it is a demonstration, and the person must be nobody but this convenor's invention: everything they are here was
    given by this convenor (nobody who came by a link), they appear in no other log, have never signed in, are not staff
    and have no address at which a real person could be reached. The record says that the token was made, so whoever reads
    the log knows that one hand may have moved several seats. If the person later becomes somebody elsewhere, the token
    ends within the day.
    """
    require_convenor(by)
    if not by.partnership.log.demo:
        raise Conflict("token.not_demo", "Only in a demonstration or a rehearsal can the convenor act for others.")
    if not _is_invented(by, person):
        raise NotAllowed(
            "token.not_yours", "You can act only for people whom you brought into this demonstration yourself."
        )
    with act(by=by.by, log=by.log) as a:
        until = a.at + GOOD_FOR
        data = {"holder": str(pseudonym(by.log, person)), "ends": until.isoformat()}
        a.add("member_token.made", data, on={"partnership": by.partnership.id})
        _, token = give_token(person=person, label=f"demonstration: {by.partnership.name}"[:80], until=until)
    return token, until.isoformat()


def join_by_program(*, token: str, name: str) -> tuple[Holding, str]:
    """Take a seat by a link without an account; returns the holding and a token to act with, since there is no session to keep."""
    with transaction.atomic():
        holding = accept_invitation(token=token, name=name)
        _, mine = give_token(person=holding.person, label="joined by a link", until=holding.since + JOINED_FOR)
    return holding, mine


def _is_invented(by: Actor, person: Person) -> bool:
    """Whether somebody exists only because this convenor brought them into this log."""
    if person == by.person or person.is_staff or person.last_login is not None or not _is_unreachable(person.email):
        return False
    if Pseudonym.objects.filter(person=person).exclude(log=by.log).exists():
        return False
    here = str(pseudonym(by.log, person))
    given = [entry for entry in record.entries(by.log, types=BROUGHT_IN) if entry.data["holder"] == here]
    mine = [entry.by.get("person") == str(by.by.person) and entry.data.get("how") != "invited" for entry in given]
    return bool(given) and all(mine)


def _is_unreachable(email: str | None) -> bool:
    """Whether nobody can receive mail at this address, or there is none."""
    domain = (email or "").rpartition("@")[2].lower()
    return not email or any(domain == invented or domain.endswith(f".{invented}") for invented in INVENTED)

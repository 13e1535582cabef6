"""Who convenes, audits and protects: roles beside or without a seat.

The convenor gives roles as the partnership agreement says. What the agreement gives an auditor the convenor cannot take:
only an auditor ends an auditor's role.
"""

from apps.accounts.models import Person
from apps.common.errors import Conflict, Invalid, NotFound
from apps.partnerships.actors import Actor, pseudonym
from apps.partnerships.models import Role, RoleName
from apps.partnerships.people import find_or_make
from apps.partnerships.rules import require_auditor, require_convenor
from apps.record.act import act

NAMES = "convenor, auditor or dpo (data protection officer)"


def give_role(*, by: Actor, role: str, email: str = "", name: str = "", person: Person | None = None) -> Role:
    """Make somebody convenor, auditor or data protection officer of the partnership."""
    require_convenor(by)
    if role not in RoleName.values:
        raise Invalid("role.unknown", f"A role is {NAMES}.", {"role": NAMES})
    person = person or find_or_make(name, email)
    _require_apart(by, person, role)
    with act(by=by.by, log=by.log) as a:
        if Role.objects.filter(partnership=by.partnership, person=person, name=role, until=None).exists():
            raise Conflict("role.held", f"{person} already has this role.")
        given = Role.objects.create(partnership=by.partnership, person=person, name=role, since=a.at)
        data = {"role": role, "holder": str(pseudonym(by.log, person))}
        a.add("role.given", data, on={"partnership": by.partnership.id})
    return given


def _require_apart(by: Actor, person: Person, role: str) -> None:
    """Who convenes neither audits the partnership nor decides on its data protection."""
    others = {RoleName.AUDITOR, RoleName.OFFICER} if role == RoleName.CONVENOR else {RoleName.CONVENOR}
    if Role.objects.filter(partnership=by.partnership, person=person, name__in=others, until=None).exists():
        raise Conflict(
            "role.conflict", "The convenor cannot be auditor or data protection officer of the same partnership."
        )


def take_role(*, by: Actor, role: str, person: Person) -> Role:
    """End somebody's role. A partnership keeps a convenor; an auditor's role is ended by an auditor."""
    if role == RoleName.AUDITOR:
        require_auditor(by)
    else:
        require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        held = Role.objects.select_for_update().filter(partnership=by.partnership, name=role, until=None)
        found = next((each for each in held if each.person_id == person.id), None)
        if found is None:
            raise NotFound("role.not_held", f"{person} does not have this role.")
        if role == RoleName.CONVENOR and len(held) == 1:
            raise Conflict(
                "role.last_convenor", "A partnership keeps a convenor: give the role to somebody else first."
            )
        found.until = a.at
        found.save(update_fields=["until"])
        data = {"role": role, "holder": str(pseudonym(by.log, person))}
        a.add("role.taken", data, on={"partnership": by.partnership.id})
    return found

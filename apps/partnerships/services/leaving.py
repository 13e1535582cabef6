"""Forgetting a person in one partnership: seats, roles and mandates are ended by entries, then every link to them is cut."""

from django.db.models import Exists, OuterRef

from apps.accounts.models import Person
from apps.common.errors import Conflict
from apps.partnerships.models import Holding, Mandate, Partnership, Pseudonym, Role, RoleName
from apps.record.act import Act


def forget(a: Act, partnership: Partnership, person: Person) -> None:
    """End everything a person is in a partnership, inside an act, and cut the link from the person to the record."""
    here = Pseudonym.objects.get(log=partnership.log_id, person=person)
    _end_roles(a, partnership, person, here)
    for holding in Holding.objects.filter(partnership=partnership, person=person, until=None).select_related(
        "seat__group"
    ):
        data = {"group": holding.seat.group.key, "label": holding.seat.label, "holder": str(here.id)}
        a.add("seat.vacated", data, on={"seat": holding.seat_id})
    Holding.objects.filter(partnership=partnership, person=person).delete()
    Role.objects.filter(partnership=partnership, person=person).delete()
    Mandate.objects.filter(partnership=partnership, holder=person).update(holder=None)
    here.delete()


def is_elsewhere(person: Person) -> bool:
    """Whether a person still belongs to some partnership, or looks after the host."""
    named = Pseudonym.objects.filter(person=person).filter(Exists(Partnership.objects.filter(log=OuterRef("log"))))
    return person.is_staff or named.exists()


def _end_roles(a: Act, partnership: Partnership, person: Person, here: Pseudonym) -> None:
    roles = Role.objects.select_for_update().filter(partnership=partnership, until=None)
    convenors = [role for role in roles if role.name == RoleName.CONVENOR]
    if [role.person_id for role in convenors] == [person.id]:
        raise Conflict("role.last_convenor", "A partnership keeps a convenor: give the role to somebody else first.")
    for role in roles:
        if role.person_id == person.id:
            a.add("role.taken", {"role": role.name, "holder": str(here.id)}, on={"partnership": partnership.id})

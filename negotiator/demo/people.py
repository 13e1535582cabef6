"""The demonstration's cast as people one can sign in as. All addresses are under example.org, so no mail leaves."""

from collections.abc import Iterator

from apps.accounts.models import Person
from apps.partnerships.actors import pseudonym_owner
from apps.partnerships.models import Partnership
from negotiator.rehearsal.scenario import Character, Scenario

FOUNDER = "orla.devane@example.org"


def founder() -> Person:
    """Orla Devane, who convenes Lismorrow."""
    return Person.objects.filter(email=FOUNDER).first() or Person.objects.create_user(email=FOUNDER, name="Orla Devane")


def give_addresses(partnership: Partnership, scenario: Scenario, members: dict[str, str]) -> None:
    """Give everybody of the cast the address the scenario has for them, unless it is taken, so that one can sign in as them."""
    wanted = {each.email for each in scenario.cast if each.email}
    taken = set(Person.objects.filter(email__in=wanted).values_list("email", flat=True))
    for character in scenario.cast:
        if character.email in wanted - taken and character.key in members:
            person = pseudonym_owner(partnership.log_id, members[character.key])
            Person.objects.filter(id=person.id, email=None).update(email=character.email)


def cast(scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """Name, address and place of everybody one can sign in as."""
    names = {group.key: group.name for group in scenario.groups}
    for character in scenario.cast:
        if character.email and Person.objects.filter(email=character.email).exists():
            yield character.name, character.email, _place(character, names)


def _place(character: Character, names: dict[str, str]) -> str:
    roles = ["convenor" if role == "founder" else role for role in character.roles]
    return ", ".join([*([names[character.group]] if character.group else []), *roles]) or "joins by a mandate or later"

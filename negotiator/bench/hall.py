"""A partnership with many seats and an open round: what there is to measure on."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from apps.accounts.models import ApiToken, Person
from apps.deliberation.models import Round
from apps.deliberation.services import draft_round, open_round, register_rule
from apps.frameworks.services import create_framework
from apps.partnerships.actors import Actor
from apps.partnerships.services import add_group, assign_seat, found_partnership
from apps.proposals.services import submit_proposal

RULE = {
    "version": 1,
    "method": {"kind": "majority"},
    "groups": {"deciding": ["G", "H"], "composition": {"kind": "all"}},
}


@dataclass(frozen=True)
class Hall:
    """Who is there, and what they vote on."""

    convenor: Actor
    round: Round
    items: Sequence[UUID]
    people: Sequence[Person]

    @property
    def path(self) -> str:
        """Where the round's room is."""
        return f"/live/rounds/{self.round.id}/"

    def sign_in(self, count: int) -> list[list[str]]:
        """Headers that let each of the first `count` people in."""
        return [[f"Authorization: Bearer {ApiToken.make(person, 'bench')}"] for person in self.people[:count]]


def gather(name: str, *, seats: int, items: int = 1, secrecy: str = "blind") -> Hall:
    """Found a partnership of two groups with this many seats, all held, and open a round on so many proposals."""
    founder = Person.objects.create_user(name="Founder")
    convenor = found_partnership(by=founder, name=name)
    framework = create_framework(by=convenor, title=name, starts_on=convenor.partnership.founded_at.date())
    people = [person for key in RULE["groups"]["deciding"] for person in _seat(convenor, key, seats // 2)]  # type: ignore[index]
    proposals = [
        submit_proposal(
            by=convenor,
            framework=framework,
            action="add",
            kind="value",
            code=f"V{number}",
            patch={"title": f"Value {number}"},
            rationale="To be measured.",
        )
        for number in range(1, items + 1)
    ]
    rule = register_rule(by=convenor, framework=framework, title="Majority", document=RULE)
    drafted = draft_round(by=convenor, framework=framework, title=name, rule=rule, proposals=proposals, secrecy=secrecy)
    round = open_round(by=convenor, round=drafted)
    return Hall(convenor, round, list(round.items.values_list("id", flat=True)), people)


def _seat(convenor: Actor, key: str, count: int) -> list[Person]:
    group = add_group(by=convenor, key=key, name=f"Group {key}", kind="community", seats=count)
    return [assign_seat(by=convenor, seat=seat, name=seat.label).person for seat in group.seats.all()]

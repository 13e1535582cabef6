"""A partnership of thousands, and a measure they have voted on in private: what a large dossier is made of."""

from uuid import UUID, uuid4

from apps.accounts.models import Person
from apps.common import clock
from apps.deliberation.services import Cast, cast_ballots, close_round, draft_round, open_round, register_rule
from apps.frameworks.services import create_framework
from apps.partnerships.actors import Actor
from apps.partnerships.models import Holding, Pseudonym, StakeholderGroup
from apps.partnerships.services import add_group, found_partnership
from apps.partnerships.services.founding import SEATS_AT_MOST
from apps.proposals.services import submit_proposal
from apps.record.act import act
from apps.record.readers import advance_all

KINDS = ("agency", "provider", "frontline", "managers", "community", "users")
AT_ONCE = 1000


def measure_with_ballots(many: int) -> tuple[Person, UUID]:
    """A value adopted by so many ballots, each of a seat of its own; gives somebody who may see it, and the element."""
    founder = Person.objects.create_user(name="Founder")
    convenor = found_partnership(by=founder, name="A large partnership")
    groups = range(-(-many // SEATS_AT_MOST))
    people = [person for number in groups for person in _fill(convenor, number, SEATS_AT_MOST)][:many]
    framework = create_framework(by=convenor, title="Bench", starts_on=convenor.partnership.founded_at.date())
    proposal = submit_proposal(
        by=convenor,
        framework=framework,
        action="add",
        kind="value",
        code="V1",
        patch={"title": "Speed"},
        rationale="To be measured.",
    )
    keys = [f"G{number}" for number in groups]
    document = {
        "version": 1,
        "method": {"kind": "majority"},
        "groups": {"deciding": keys, "composition": {"kind": "all"}},
    }
    rule = register_rule(by=convenor, framework=framework, title="Majority of every group", document=document)
    drafted = draft_round(by=convenor, framework=framework, title="Everybody", rule=rule, proposals=[proposal])
    round = open_round(by=convenor, round=drafted)
    item = round.items.get().id
    for start in range(0, many, AT_ONCE):
        casts = [Cast(person, round.id, item, "for", uuid4()) for person in people[start : start + AT_ONCE]]
        refused = [answer for answer in cast_ballots(casts) if isinstance(answer, Exception)]
        if refused:
            raise RuntimeError(f"a ballot was refused: {refused[0]}")
    close_round(by=convenor, round=round)
    advance_all(convenor.log)
    return founder, proposal.element


def _fill(convenor: Actor, number: int, seats: int) -> list[Person]:
    """A group whose seats are all held. Holders come as rows, since seating thousands one by one is not what is measured."""
    kind = KINDS[number % len(KINDS)]
    group: StakeholderGroup = add_group(by=convenor, key=f"G{number}", name=f"Group {number}", kind=kind, seats=seats)
    people = Person.objects.bulk_create([Person(name=f"P{number}-{n}") for n in range(seats)])
    now = clock.now()
    Holding.objects.bulk_create(
        [
            Holding(partnership=convenor.partnership, seat=seat, person=person, since=now)
            for seat, person in zip(group.seats.all(), people, strict=True)
        ]
    )
    known = Pseudonym.objects.bulk_create([Pseudonym(log_id=convenor.log, person=person) for person in people])
    with act(by=convenor.by, log=convenor.log) as a:
        for seat, holder in zip(group.seats.all(), known, strict=True):
            data = {"group": group.key, "label": seat.label, "holder": str(holder.id), "how": "convenor"}
            a.add("seat.assigned", data, on={"seat": seat.id})
    return people

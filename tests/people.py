"""A small named cast with fixed roles, so that every test reads like a story. All invented.

Orla convenes. Gareth and Moira sit for the agency (A), Colm for providers (P), Ify for frontline staff (F), Ruth for team
managers (T), Samira and Pat for the community (C), Jamie and Margaret for people who use services (U). Tomasz observes and
audits. Stan belongs to nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apps.accounts.models import Person
from apps.deliberation.models import RegisteredRule, Round, RoundItem
from apps.deliberation.services import Cast, cast_one, close_round, draft_round, move_on, open_round, register_rule
from apps.frameworks.models import Framework
from apps.frameworks.services import create_framework
from apps.partnerships.actors import Actor, actor_in
from apps.partnerships.models import Partnership
from apps.partnerships.services import add_group, assign_seat, found_partnership, give_role
from apps.proposals.models import Proposal
from apps.proposals.services import submit_proposal
from apps.record.readers import advance_all

GROUPS = (
    ("A", "Agency", "agency", ("Gareth", "Moira")),
    ("P", "Providers", "provider", ("Colm",)),
    ("F", "Frontline staff", "frontline", ("Ify",)),
    ("T", "Team managers", "managers", ("Ruth",)),
    ("C", "Community", "community", ("Samira", "Pat")),
    ("U", "People who use services", "users", ("Jamie", "Margaret")),
)
MAJORITY_OF_EVERY_GROUP: dict[str, Any] = {
    "version": 1,
    "method": {"kind": "majority"},
    "groups": {"deciding": ["A", "P", "F", "T", "C", "U"], "composition": {"kind": "all"}},
}
CONSENT: dict[str, Any] = {
    "version": 1,
    "method": {"kind": "consent"},
    "groups": {"deciding": ["A", "P", "F", "T", "C", "U"], "composition": {"kind": "all"}},
}
LONELINESS: dict[str, Any] = {
    "title": "Loneliness",
    "definition": "People who feel lonely often, always or some of the time",
    "unit": "%",
    "polarity": "down",
    "baseline": {"value": "20.2", "period": "2021/22"},
    "target": {"value": "16", "by": "2027/28"},
    "data_source": "Household survey",
    "population": "People of 16 and over",
    "periods": "yearly",
    "consequence": "none",
}


@dataclass(frozen=True)
class Lismorrow:
    """The partnership of the tests, with its framework."""

    partnership: Partnership
    framework: Framework
    people: dict[str, Person]

    def __getattr__(self, name: str) -> Actor:
        """`lismorrow.ify`: that person as an actor, with the seat and roles held at this moment."""
        if name.startswith("_") or name.capitalize() not in self.people:
            raise AttributeError(name)
        return actor_in(self.partnership, self.people[name.capitalize()])

    @property
    def log(self) -> UUID:
        return self.partnership.log_id

    def settle(self) -> None:
        """Let every reader of the record catch up, as workers do."""
        advance_all(self.log)

    def propose(self, by: Actor | None = None, code: str = "M4", **more: Any) -> Proposal:
        """A proposal to add a measure; the agency's by default."""
        more = {"kind": "measure", "patch": LONELINESS, "rationale": "It matters.", "action": "add"} | more
        return submit_proposal(by=by or self.gareth, framework=self.framework, code=code, **more)

    def rule(self, document: dict[str, Any] = MAJORITY_OF_EVERY_GROUP) -> RegisteredRule:
        return register_rule(by=self.orla, framework=self.framework, title="The rule", document=document)

    def open(self, *proposals: Proposal, rule: dict[str, Any] = MAJORITY_OF_EVERY_GROUP, **more: Any) -> Round:
        """An open round on these proposals."""
        drafted = draft_round(
            by=self.orla,
            framework=self.framework,
            title="The round",
            rule=self.rule(rule),
            proposals=list(proposals),
            **more,
        )
        return open_round(by=self.orla, round=drafted)

    def talk(self, *phases: str) -> Round:
        """A round in the first of these phases before its vote, none with an end of its own."""
        drafted = draft_round(
            by=self.orla,
            framework=self.framework,
            title="Loneliness",
            rule=self.rule(),
            proposals=[self.propose()],
            plan=[{"phase": phase, "minutes": None} for phase in phases],
        )
        return move_on(by=self.orla, round=drafted)

    def vote(self, round: Round, **choices: str) -> None:
        """`vote(round, ify="for", ruth="against")` on the round's first item."""
        self.vote_on(round.items.order_by("order")[0], **choices)

    def vote_on(self, item: RoundItem, **choices: str) -> None:
        """The same on any item of a round."""
        for name, choice in choices.items():
            key = UUID(int=hash((name, choice, item.id)) % 2**128)
            cast_one(Cast(self.people[name.capitalize()], item.round_id, item.id, choice, key))

    def everybody(self, choice: str) -> dict[str, str]:
        """The same choice for every voter."""
        return {name.lower(): choice for _, _, _, names in GROUPS for name in names}

    def decide(self, round: Round, **choices: str) -> None:
        """Vote, close, and let everything follow."""
        self.vote(round, **choices)
        close_round(by=self.orla, round=round)
        self.settle()


def found_lismorrow(**more: Any) -> Lismorrow:
    """Found the partnership of the tests, seat everybody, begin a framework."""
    orla = Person.objects.create_user(email="orla@example.org", name="Orla Devane")
    convenor = found_partnership(by=orla, name="Lismorrow", **more)
    people = {"Orla": orla}
    for key, name, kind, names in GROUPS:
        group = add_group(by=convenor, key=key, name=name, kind=kind, seats=len(names))
        for seat, first in zip(group.seats.order_by("label"), names, strict=True):
            people[first] = assign_seat(by=convenor, seat=seat, name=first, email=f"{first.lower()}@example.org").person
    observers = add_group(by=convenor, key="O", name="Observers", kind="observer", standing="advises", seats=1)
    people["Tomasz"] = assign_seat(
        by=convenor, seat=observers.seats.get(), name="Tomasz", email="tomasz@example.org"
    ).person
    give_role(by=convenor, role="auditor", email="tomasz@example.org")
    people["Stan"] = Person.objects.create_user(email="stan@example.org", name="Stan")
    framework = create_framework(by=convenor, title="Living well in Lismorrow", starts_on=date(2023, 10, 1))
    return Lismorrow(convenor.partnership, framework, people)

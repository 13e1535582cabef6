"""What a dossier can be of, and which matters belong to it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from apps.accounts.models import Person
from apps.common.errors import NotFound
from apps.deliberation.models import RoundItem
from apps.deliberation.selectors import agenda, open_round_for
from apps.frameworks.models import Framework
from apps.frameworks.selectors import edition_of, open_element, open_framework
from apps.partnerships.actors import Actor
from apps.proposals.models import Proposal
from apps.proposals.selectors import open_proposal


@dataclass(frozen=True)
class Subject:
    """A measure (or other element), proposal, round or edition, as one viewer may see it.

    `elements`, `proposals` and `rounds` are what its story is about; `until` ends it before that entry (an edition).
    """

    viewer: Actor
    framework: Framework
    kind: str
    id: str
    code: str
    title: str
    elements: frozenset[UUID]
    proposals: frozenset[UUID]
    rounds: frozenset[UUID]
    until: int | None = None

    @property
    def matters(self) -> list[UUID]:
        """Everything an entry may be about to belong here."""
        return sorted(self.elements | self.proposals | self.rounds)


def subject_of(person: Person | None, kind: str, id: UUID) -> Subject:
    """The measure, element, proposal or round with this id, for somebody who may see it."""
    if kind not in _OPENERS:
        raise NotFound("dossier.unknown", "There is no dossier of that kind.")
    return _OPENERS[kind](person, id)


def edition_subject(person: Person | None, framework_id: UUID, number: int) -> Subject:
    """An edition of a framework: the whole story up to its publication."""
    viewer, framework = open_framework(person, framework_id)
    edition = edition_of(framework, number)
    proposals = Proposal.objects.filter(framework=framework)
    elements = {*framework.elements.values_list("id", flat=True), *proposals.values_list("element", flat=True)}
    return Subject(
        viewer,
        framework,
        "edition",
        f"{framework.id}-{number}",
        f"edition-{number}",
        f"Edition {number} of {framework.title}",
        frozenset(elements),
        frozenset(proposals.values_list("id", flat=True)),
        frozenset(framework.rounds.values_list("id", flat=True)),
        edition.seq + 1,
    )


def _element(person: Person | None, id: UUID) -> Subject:
    viewer, framework, element = open_element(person, id)
    proposals = frozenset(Proposal.objects.filter(element=id).values_list("id", flat=True))
    kind = "measure" if element.kind == "measure" else "element"
    title = f"{element.code} {element.title}"
    return Subject(
        viewer, framework, kind, str(id), element.code, title, frozenset({id}), proposals, _rounds_on(proposals)
    )


def _proposal(person: Person | None, id: UUID) -> Subject:
    viewer, proposal = open_proposal(person, id)
    mine = frozenset({id})
    title = f"Proposal to {proposal.action} {proposal.code}"
    elements = frozenset({proposal.element})
    return Subject(
        viewer, proposal.framework, "proposal", str(id), proposal.code, title, elements, mine, _rounds_on(mine)
    )


def _round(person: Person | None, id: UUID) -> Subject:
    viewer, found = open_round_for(person, id)
    asked = [proposal for item in agenda(found) for proposal in item.proposals]
    elements = frozenset(proposal.element for proposal in asked)
    proposals = frozenset(proposal.id for proposal in asked)
    return Subject(
        viewer, found.framework, "round", str(id), "round", found.title, elements, proposals, frozenset({id})
    )


def _rounds_on(proposals: frozenset[UUID]) -> frozenset[UUID]:
    asked = Q(proposal__in=proposals) | Q(alternatives__proposal__in=proposals)
    return frozenset(RoundItem.objects.filter(asked).values_list("round", flat=True))


_OPENERS = {"measure": _element, "element": _element, "proposal": _proposal, "round": _round}

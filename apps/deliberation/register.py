"""The dissent register: who disagreed with what stands, in votes, objections and words, and which reviews that calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from apps.accounts.models import Person
from apps.common.errors import NotFound
from apps.deliberation.models import Decision, Dissent, FieldState, Reservation
from apps.frameworks.models import Framework
from apps.frameworks.selectors import open_framework
from apps.partnerships.actors import Actor
from apps.proposals.models import Objection

MOST = 500


@dataclass(frozen=True)
class Registered:
    """A decision that stands with everything said against it: groups by their votes, objections that were never taken back,
    and reservations."""

    decision: Decision
    dissents: Sequence[Dissent]
    objections: Sequence[Objection]
    reservations: Sequence[Reservation]


def register(framework: Framework, *, element: UUID | None = None) -> list[Registered]:
    """Decisions that stand and were disagreed with, the newest first: five queries, however many."""
    standing = standing_decisions(framework, element=element)
    ids = [decision.id for decision in standing]
    dissents, reservations = _dissents(ids), _reservations(ids)
    objections: dict[UUID, list[Objection]] = {}
    of_proposals = Objection.objects.filter(proposal__in=[one.proposal_id for one in standing], withdrawn_at=None)
    for objection in of_proposals.select_related("group", "reason"):
        objections.setdefault(objection.proposal_id, []).append(objection)
    found = [
        Registered(
            one,
            dissents.get(one.id, ()),
            objections.get(one.proposal_id, ()) if one.proposal_id else (),
            reservations.get(one.id, ()),
        )
        for one in standing
    ]
    return [one for one in found if one.dissents or one.objections or one.reservations]


def standing_decisions(framework: Framework, *, element: UUID | None = None) -> list[Decision]:
    """Decisions and impositions by which some field stands as it does, the newest first."""
    found = framework.decisions.filter(adopted=True).select_related("mandate", "proposal", "item")
    if element is not None:
        found = found.filter(element=element)
    states = FieldState.objects.filter(element__in=found.values("element"), seq__in=found.values("seq"))
    seqs = set(states.values_list("seq", flat=True).distinct())
    return list(found.filter(seq__in=seqs).order_by("-seq")[:MOST])


def open_decision(person: Person | None, id: UUID) -> tuple[Actor, Decision]:
    """The one careful way to a decision."""
    found = Decision.objects.select_related("framework").filter(id=id).first()
    if found is None:
        raise NotFound("decision.unknown", "There is no such decision, or it is for members only.")
    actor, _ = open_framework(person, found.framework_id)
    return actor, found


def open_reservation(person: Person | None, id: UUID) -> tuple[Actor, Reservation]:
    """The one careful way to a reservation."""
    found = (
        Reservation.objects.select_related("decision__framework", "group", "words", "condition").filter(id=id).first()
    )
    if found is None:
        raise NotFound("reservation.unknown", "There is no such reservation, or it is for members only.")
    actor, _ = open_framework(person, found.decision.framework_id)
    return actor, found


def _dissents(ids: Sequence[UUID]) -> dict[UUID, list[Dissent]]:
    found: dict[UUID, list[Dissent]] = {}
    for row in Dissent.objects.filter(decision__in=ids):
        found.setdefault(row.decision_id, []).append(row)
    return found


def _reservations(ids: Sequence[UUID]) -> dict[UUID, list[Reservation]]:
    found: dict[UUID, list[Reservation]] = {}
    rows = Reservation.objects.filter(decision__in=ids)
    for row in rows.select_related("group", "words", "condition", "called_because"):
        found.setdefault(row.decision_id, []).append(row)
    return found

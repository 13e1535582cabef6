"""Stories whose dossiers tests take: a measure agreed in private, changed by mandate, then moulded by a consent round."""

from datetime import date
from uuid import UUID

from apps.deliberation.services import impose
from apps.exchange.dossiers import Dossier, build, subject_of
from apps.frameworks.models import Element
from apps.partnerships.services import record_mandate
from apps.record import checkpoints
from tests.people import CONSENT, Lismorrow

TARGET = {"target": {"value": "15", "by": "2027/28"}}


def moulded_measure(lismorrow: Lismorrow) -> Element:
    """Agreed in a private round in which one seat changed its vote, set anew under a mandate, then confirmed by consent."""
    proposal = lismorrow.propose()
    round = lismorrow.open(proposal)
    lismorrow.vote(round, ify="against")
    lismorrow.decide(round, **lismorrow.everybody("for"))
    checkpoints.publish(lismorrow.log)
    held = record_mandate(
        by=lismorrow.orla,
        code="MD3",
        holder=lismorrow.people["Moira"],
        authority="the independent chair",
        basis_kind="law",
        basis="Direction LD 7/2024",
        parts=["target"],
        valid_from=date(2001, 1, 1),
    )
    element = Element.objects.get(id=proposal.element)
    impose(
        by=lismorrow.moira,
        framework=lismorrow.framework,
        mandate=held,
        element=element.id,
        patch=TARGET,
        reason_code="direction",
        reason="Fifteen is what the region asks of everybody.",
    )
    lismorrow.settle()
    checkpoints.publish(lismorrow.log)
    again = lismorrow.propose(
        code="M4", action="change", element=element.id, patch={"target": {"value": "14", "by": "2028/29"}}
    )
    lismorrow.decide(lismorrow.open(again, rule=CONSENT, secrecy="open"), **lismorrow.everybody("consent"))
    return Element.objects.get(id=element.id)


def dossier_of(lismorrow: Lismorrow, element: UUID, kind: str = "measure") -> Dossier:
    """The dossier an auditor takes."""
    return build(subject_of(lismorrow.people["Tomasz"], kind, element))

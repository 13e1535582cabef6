"""Reading requests, periods, exemptions and what is kept about a person."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import Person
from apps.common.errors import NotFound
from apps.partnerships.actors import Actor, actor_in
from apps.partnerships.models import Partnership
from apps.protection.models import ErasureRequest, Exemption, Retention
from apps.record.domain.kinds import kinds


def requests(viewer: Actor) -> QuerySet[ErasureRequest]:
    """The requests this viewer may see: all of them for the data protection officer and auditors, otherwise one's own."""
    found = ErasureRequest.objects.select_related("person", "words", "reason").filter(partnership=viewer.partnership)
    if viewer.is_officer or viewer.is_auditor:
        return found
    return found.filter(person=viewer.person) if viewer.person else found.none()


def open_request(person: Person | None, id: UUID) -> tuple[Actor, ErasureRequest]:
    """The one careful way to a request."""
    found = ErasureRequest.objects.select_related("partnership").filter(id=id).first()
    actor = actor_in(found.partnership, person) if found else None
    seen = requests(actor).filter(id=id).first() if actor else None
    if actor is None or seen is None:
        raise NotFound("erasure.unknown", "There is no such request, or it is not yours to see.")
    return actor, seen


def retention(partnership: Partnership) -> dict[str, int | None]:
    """How many years each kind of words is kept here; None: as long as the record. Acts of office are not listed."""
    own = dict(Retention.objects.filter(partnership=partnership).values_list("kind", "years"))
    return {kind.name: own.get(kind.name, kind.years) for kind in kinds() if not kind.official}


def exemptions(partnership: Partnership) -> Mapping[str, str]:
    """The ground on which words are left out of freedom-of-information answers, by the text's id."""
    marked = Exemption.objects.filter(partnership=partnership).values_list("text_id", "ground")
    return {str(text): ground for text, ground in marked}

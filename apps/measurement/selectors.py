"""Reading pulses. Nobody reads a single answer but one's own."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from apps.accounts.models import Person
from apps.common.errors import NotFound
from apps.frameworks.models import Framework
from apps.frameworks.selectors import open_framework
from apps.measurement.models import Pulse, PulseAnswer
from apps.partnerships.actors import Actor
from apps.partnerships.models import GroupKind, Holding


def pulses(framework: Framework, *, element: UUID | None = None) -> QuerySet[Pulse]:
    """The pulses of a framework or of one measure, newest first."""
    return framework.pulses.filter(element=element) if element else framework.pulses.all()


def open_pulse_for(person: Person | None, id: UUID) -> tuple[Actor, Framework, Pulse]:
    """The one careful way to a pulse."""
    found = Pulse.objects.filter(id=id).first()
    if found is None:
        raise NotFound("pulse.unknown", "There are no such questions, or they are for members only.")
    actor, framework = open_framework(person, found.framework_id)
    return actor, framework, found


def own_answer(pulse: Pulse, actor: Actor) -> PulseAnswer | None:
    """What one's own seat has answered, as long as the pulse is open."""
    return None if actor.seat is None else pulse.given.filter(seat=actor.seat).first()


def unanswered(person: Person) -> QuerySet[Pulse]:
    """Open pulses that wait for an answer of a seat this person holds, the one that closes first at the top."""
    held = Holding.objects.filter(person=person, until=None).exclude(seat__group__kind=GroupKind.OBSERVER)
    mine = PulseAnswer.objects.filter(pulse=OuterRef("pk"), seat__in=held.values("seat"))
    found = Pulse.objects.select_related("framework__partnership__log").filter(
        framework__partnership__in=held.values("partnership"), closed_seq=None
    )
    return found.filter(~Exists(mine)).order_by("closes_on", "seq")

"""What can be done with a pulse: answer it. The record and the clock open and close it."""

from datetime import timedelta
from uuid import UUID, uuid4

from apps.common.errors import Conflict, Invalid
from apps.frameworks.services import lock
from apps.measurement.domain.pulse import DAYS, SCALE, Answer, summarise
from apps.measurement.models import Pulse, PulseAnswer
from apps.partnerships.actors import CLOCK, Actor
from apps.partnerships.selectors import groups
from apps.proposals.rules import require_voice
from apps.record.act import Act, By, act
from apps.record.domain.entry import Entry

PULSE = By(system="pulse")


def answer_pulse(*, by: Actor, pulse: Pulse, shape: int, matter: int) -> PulseAnswer:
    """Answer the two questions for one's seat, or answer them anew: could we shape this, does it matter to our work, from 1
    to 9. The record says that the seat has answered, never what."""
    require_voice(by)
    seat = by.require_seat()
    faults = {key: "from 1 to 9" for key, value in (("shape", shape), ("matter", matter)) if value not in SCALE}
    if faults:
        raise Invalid("pulse.answer", "Answer both questions from 1 to 9.", faults)
    with act(by=by.by, log=by.log) as a:
        lock(pulse.framework_id)
        pulse = Pulse.objects.get(id=pulse.id)
        if pulse.closed_seq is not None or pulse.closes_on < by.partnership.today(a.at):
            raise Conflict("pulse.closed", "These questions are closed; what was said stands on the measure's page.")
        given, new = PulseAnswer.objects.update_or_create(
            pulse=pulse, seat=seat, defaults={"group_key": seat.group.key, "shape": shape, "matter": matter}
        )
        if new:
            a.add("pulse.answered", {}, on=_on(pulse), because=pulse.seq)
    return given


def open_pulse(entry: Entry, days: int = DAYS) -> None:
    """After a decision on a measure: ask. An earlier pulse on the same measure that is still open is closed by it."""
    element, framework_id = UUID(entry.on["element"]), UUID(entry.on["framework"])
    with act(by=PULSE, log=UUID(entry.log)) as a:
        framework = lock(framework_id)
        if Pulse.objects.filter(framework=framework, about=entry.seq).exists():
            return
        for earlier in Pulse.objects.filter(element=element, closed_seq=None):
            _close(a, earlier)
        today = framework.partnership.today(a.at)
        pulse = Pulse(
            id=uuid4(),
            framework=framework,
            element=element,
            about=entry.seq,
            opened_on=today,
            closes_on=today + timedelta(days=days),
        )
        data = {"about": entry.seq, "closes": pulse.closes_on.isoformat()}
        pulse.seq = a.add("pulse.opened", data, on=_on(pulse), because=entry.seq).seq
        pulse.save(force_insert=True)


def close_pulse(pulse: Pulse, log: UUID) -> None:
    """Its last day is over: sum up, and forget who answered what."""
    with act(by=CLOCK, log=log) as a:
        lock(pulse.framework_id)
        found = Pulse.objects.select_related("framework__partnership").get(id=pulse.id)
        if found.closed_seq is None:
            _close(a, found)


def _close(a: Act, pulse: Pulse) -> None:
    """Only sums by group of at least five remain: the order of rows would tell who answered what."""
    answers = [Answer(one.group_key, one.shape, one.matter) for one in pulse.given.all()]
    seats = {group.key: group.seat_count for group in groups(pulse.framework.partnership)}
    pulse.result = [said.to_json() for said in summarise(answers, seats)]
    pulse.given.all().delete()
    data = {"groups": pulse.result, "answers": len(answers)}
    pulse.closed_seq = a.add("pulse.closed", data, on=_on(pulse), because=pulse.seq).seq
    pulse.save(update_fields=["result", "closed_seq"])


def _on(pulse: Pulse) -> dict[str, UUID]:
    return {"pulse": pulse.id, "element": pulse.element, "framework": pulse.framework_id}

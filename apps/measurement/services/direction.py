"""Needs from above, observations from practice, and how the two hang together."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound, NotSignedIn
from apps.common.texts import clean_text
from apps.frameworks.models import Framework
from apps.frameworks.selectors import element_in
from apps.frameworks.services import lock
from apps.measurement.domain.alignment import RELATIONS
from apps.measurement.models import Alignment, Need, Noticing
from apps.partnerships.actors import Actor
from apps.partnerships.models import GroupKind
from apps.proposals.models import Proposal
from apps.proposals.rules import require_voice
from apps.record.act import act

WORDS = 4000
NEED = 300


def state_need(*, by: Actor, framework: Framework, outcome: UUID, words: str) -> Need:
    """State, from above, what must be known under a desired outcome, without saying how it is to be measured: that is for those
    close to practice to answer. For seats of agencies, holders of mandates, and the convenor."""
    require_authority(by)
    line = clean_text("words", words, NEED)
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        known = element_in(framework, outcome)
        if known.kind != "outcome" or known.retired_at is not None:
            raise Invalid("need.outcome", "A need belongs to a desired outcome in force.", {"outcome": "is none"})
        text, ref = a.text(line, "need.words")
        group = by.seat.group.key if by.seat else ""
        id = uuid4()
        data: dict[str, Any] = {"words": ref} | ({"group": group} if group else {})
        entry = a.add("need.stated", data, on={"need": id, "element": outcome, "framework": framework.id})
        return Need.objects.create(
            id=id,
            framework=framework,
            outcome=outcome,
            words=text,
            group_key=group,
            stated_on=by.partnership.today(a.at),
            seq=entry.seq,
        )


def withdraw_need(*, by: Actor, need: Need, reason: str) -> Need:
    """Take a need back, with a reason."""
    require_authority(by)
    words = clean_text("reason", reason, WORDS)
    if need.group_key != (by.seat.group.key if by.seat else ""):
        raise NotAllowed("need.not_yours", "Only those who stated it can take it back.")
    with act(by=by.by, log=by.log) as a:
        lock(need.framework_id)
        need = Need.objects.select_related("words").get(id=need.id)
        if need.withdrawn_seq is not None:
            raise Conflict("need.withdrawn", "It has been taken back already.")
        data = {"reason": a.text(words, "need.words", after=[need.words])[1]}
        on = {"need": need.id, "element": need.outcome, "framework": need.framework_id}
        need.withdrawn_seq = a.add("need.withdrawn", data, on=on, because=need.seq).seq
        need.save(update_fields=["withdrawn_seq"])
    return need


def state_alignment(
    *, by: Actor, framework: Framework, above: UUID, practice: UUID, relation: str, reason: str
) -> Alignment:
    """Say for one's group how something from above and a measure from practice hang together; saying it again replaces it."""
    require_voice(by)
    seat = by.require_seat()
    words = clean_text("reason", reason, WORDS)
    if relation not in RELATIONS:
        raise Invalid("alignment.relation", f"Choose one: {', '.join(RELATIONS.values())}.", {"relation": "choose one"})
    if above == practice:
        raise Invalid("alignment.same", "These are one and the same measure.", {"practice": "is the same"})
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        element_in(framework, practice)
        if not framework.needs.filter(id=above).exists():
            element_in(framework, above)
        text, ref = a.text(words, "alignment.reason")
        data = {"above": str(above), "relation": relation, "group": seat.group.key, "reason": ref}
        entry = a.add("alignment.stated", data, on={"element": practice, "framework": framework.id})
        stated, _ = Alignment.objects.update_or_create(
            framework=framework,
            above=above,
            practice=practice,
            group_key=seat.group.key,
            defaults={"relation": relation, "reason": text, "seq": entry.seq},
        )
    return stated


def notice_practice(*, by: Actor, framework: Framework, element: UUID, observed_on: date, words: str) -> Noticing:
    """Show when practice first noticed what a measure counts, in force or proposed: the day of the note, message or list, and
    what it says. It is evidence that it grew from practice if it is dated before any plan that names it."""
    require_voice(by)
    seat = by.require_seat()
    told = clean_text("words", words, WORDS)
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        proposed = Proposal.objects.filter(framework=framework, element=element)
        if not framework.elements.filter(id=element).exists() and not proposed.exists():
            raise NotFound("element.unknown", "There is no such measure in this framework.")
        if observed_on > by.partnership.today(a.at):
            raise Invalid("noticing.day", "This day has not come yet.", {"observed_on": "in the future"})
        text, ref = a.text(told, "noticing.words")
        data = {"observed_on": observed_on.isoformat(), "words": ref, "group": seat.group.key}
        entry = a.add("practice.noticed", data, on={"element": element, "framework": framework.id})
        return Noticing.objects.create(
            framework=framework,
            element=element,
            observed_on=observed_on,
            words=text,
            group_key=seat.group.key,
            seq=entry.seq,
        )


def may_state(by: Actor) -> bool:
    """Whether somebody speaks from above here: for an agency, under a mandate, or as convenor."""
    agency = by.seat is not None and by.seat.group.kind == GroupKind.AGENCY
    holds = by.person is not None and by.partnership.mandates.filter(holder=by.person).exists()
    return agency or holds or by.is_convenor


def require_authority(by: Actor) -> None:
    """Refuse who does not speak from above: they propose measures instead."""
    if by.person is None:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")
    if not may_state(by):
        raise NotAllowed(
            "need.not_from_above",
            "A need is stated by an agency, the holder of a mandate or the convenor; everybody else proposes measures.",
        )

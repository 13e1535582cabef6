"""Disagreement that stays with what was decided, and the reviews it calls."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.common.texts import clean_text
from apps.deliberation.models import Decision, Dissent, FieldState, RenegotiationTrack, Reservation
from apps.frameworks.services import lock
from apps.partnerships.actors import CLOCK, Actor
from apps.partnerships.models import Partnership
from apps.proposals.rules import require_voice
from apps.record.act import Act, act

KINDS = ("dissent", "objection", "stand_aside")
WORDS = 4000


def record_reservation(
    *,
    by: Actor,
    decision: Decision,
    words: str,
    kind: str = "dissent",
    review_on: date | None = None,
    condition: str = "",
) -> Reservation:
    """Say for one's group with what it disagrees in a decision that stands, or why it stood aside.

    `review_on` calls a review on a day, `condition` says in words when the group will call one.
    """
    require_voice(by)
    seat = by.require_seat()
    if kind not in KINDS:
        raise Invalid("reservation.kind", "It is a disagreement, an objection or standing aside.", {"kind": "choose"})
    body = clean_text("words", words, WORDS)
    when = clean_text("condition", condition, WORDS, required=False)
    with act(by=by.by, log=by.log) as a:
        lock(decision.framework_id)
        _require_standing(decision)
        if review_on is not None and review_on <= by.partnership.today(a.at):
            raise Invalid("reservation.day", "A review lies in the future.", {"review_on": "is not in the future"})
        text, ref = a.text(body, "reservation.words")
        id = uuid4()
        data: dict[str, Any] = {"reservation": str(id), "group": seat.group.key, "kind": kind, "words": ref}
        clause = None
        if when:
            clause, data["condition"] = a.text(when, "reservation.condition")
        if review_on is not None:
            data["review_on"] = review_on.isoformat()
        entry = a.add("reservation.recorded", data, on=_on(decision), because=decision.seq)
        return Reservation.objects.create(
            id=id,
            decision=decision,
            group=seat.group,
            seat=seat,
            kind=kind,
            words=text,
            review_on=review_on,
            condition=clause,
            made_at=a.at,
            seq=entry.seq,
        )


def call_review(*, by: Actor, reservation: Reservation, reason: str) -> Reservation:
    """Call the review that a reservation asks for, because its condition has come about: for the group that made it."""
    if by.require_seat().group_id != reservation.group_id:
        raise NotAllowed("reservation.not_yours", "Only the group that made a reservation calls its review.")
    words = clean_text("reason", reason, WORDS)
    with act(by=by.by, log=by.log) as a:
        lock(reservation.decision.framework_id)
        found = _locked(reservation.id)
        if found.called_seq is not None:
            raise Conflict("reservation.called", "Its review has been called already.")
        if found.condition_id is None:
            raise Conflict("reservation.no_condition", "This reservation names no condition that calls a review.")
        _require_standing(found.decision)
        found.called_because, ref = a.text(words, "reservation.called")
        _call(a, found.decision, {"group": found.group.key, "reservation": str(found.id), "reason": ref}, found)
    return found


def call_reviews_of_dissent(partnerships: Iterable[Partnership]) -> int:
    """Call every review whose day has come, the clock's act; returns how many."""
    return sum(_call_due(partnership) for partnership in partnerships)


def _call_due(partnership: Partnership) -> int:
    today, called = partnership.today(clock.now()), 0
    due = {"decision__framework__partnership": partnership, "review_on__lte": today, "called_seq": None}
    for reservation in Reservation.objects.filter(**due).values_list("id", "decision_id"):
        called += _call_one(partnership, reservation[1], reservation=reservation[0])
    for dissent in Dissent.objects.filter(**due).values_list("id", "decision_id"):
        called += _call_one(partnership, dissent[1], dissent=dissent[0])
    return called


def _call_one(
    partnership: Partnership, decision_id: UUID, *, reservation: UUID | None = None, dissent: int = 0
) -> bool:
    with act(by=CLOCK, log=partnership.log_id) as a:
        decision = Decision.objects.get(id=decision_id)
        lock(decision.framework_id)
        row: Reservation | Dissent
        row = _locked(reservation) if reservation else Dissent.objects.select_for_update().get(id=dissent)
        if row.called_seq is not None or not _stands(decision):
            return False
        group = row.group.key if isinstance(row, Reservation) else row.group_key
        data = {"group": group} | ({"reservation": str(row.id)} if isinstance(row, Reservation) else {})
        _call(a, decision, data, row)
    return True


def _call(a: Act, decision: Decision, data: dict[str, Any], row: Reservation | Dissent) -> None:
    """Record the call, and open what was decided for a talk again."""
    parts = list((decision.act or {}).get("parts", []))
    entry = a.add("dissent.review_called", data | {"parts": parts}, on=_on(decision), because=decision.seq)
    row.called_seq = entry.seq
    row.save()
    RenegotiationTrack.objects.get_or_create(
        element=decision.element, opened_seq=decision.seq, defaults={"parts": parts, "open_parts": parts}
    )


def _locked(id: UUID) -> Reservation:
    return Reservation.objects.select_for_update(of=("self",)).select_related("decision", "group").get(id=id)


def _stands(decision: Decision) -> bool:
    """Whether something that was decided still stands as it was decided."""
    return decision.adopted and FieldState.objects.filter(element=decision.element, seq=decision.seq).exists()


def _require_standing(decision: Decision) -> None:
    if not _stands(decision):
        raise Conflict("reservation.gone", "What was decided there does not stand any more, or was not adopted.")


def _on(decision: Decision) -> dict[str, UUID]:
    return {"element": decision.element, "framework": decision.framework_id}

"""Answering offers of change, one or many at once. What is taken becomes one next version; nothing is replaced silently.

Refused whole: if the proposal has moved on since it was looked at, if an offer has been answered in the meantime, or if what
is taken does not go together. So two people who answer at once cannot undo each other's work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.common.errors import Conflict, Invalid, NotFound
from apps.common.texts import clean_text
from apps.frameworks.domain import fields as typed
from apps.partnerships.actors import Actor
from apps.partnerships.models import StakeholderGroup
from apps.proposals.domain import states
from apps.proposals.domain.merging import Asked, take
from apps.proposals.models import Offer, Proposal, ProposalVersion
from apps.proposals.rules import require_speaker
from apps.proposals.selectors import current_version, taken_of
from apps.proposals.services.tabling import WORDS, lock_proposal, require_sense
from apps.proposals.services.versions import as_text, new_version, subjects
from apps.record.act import Act, act

AT_MOST = 200
KEPT = ["state", "answer", "answered_by", "answered_at", "taken", "taken_fields", "taken_in"]


@dataclass(frozen=True)
class Answer:
    """What is to become of one offer, and why; `taken` where it is taken in another form."""

    offer: UUID
    answer: str
    reason: str
    taken: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Settled:
    """An answer that has been read: `patch` is what is taken of the offer, none where it is declined."""

    offer: UUID
    answer: str
    words: str
    patch: dict[str, Any] | None


def answer_offer(
    *,
    by: Actor,
    offer: Offer,
    answer: str,
    reason: str,
    taken: Mapping[str, Any] | None = None,
    on_number: int | None = None,
) -> Offer:
    """Accept an offer, accept it in modified form (`taken` says what is taken) or decline it, always with a reason.

    What is accepted becomes the next version of the proposal. `on_number` is the version one had before one's eyes: a newer
    one refuses the answer. An offer that would silently replace what was taken of another is refused (patch.collision).
    """
    merge_offers(
        by=by,
        proposal=offer.proposal,
        answers=[Answer(offer.id, answer, reason, taken)],
        rationale=reason,
        on_number=on_number,
    )
    offer.refresh_from_db()
    return offer


def merge_offers(
    *, by: Actor, proposal: Proposal, answers: Sequence[Answer], rationale: str = "", on_number: int | None = None
) -> Proposal:
    """Answer several offers at once; what is taken of them becomes one next version, with `rationale`, each origin kept.

    Refused as a whole if a newer version than `on_number` stands, if any of the offers has been answered in the meantime,
    or if what is taken does not go together.
    """
    require_speaker(by, proposal)
    settled = _read(proposal, answers)
    words = clean_text("rationale", rationale, WORDS) if any(one.patch is not None for one in settled) else ""
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(proposal.id)
        states.require_tabled(proposal.state)
        if on_number not in {None, proposal.number}:
            raise Conflict(
                "proposal.stale",
                f"Version {proposal.number} has come in the meantime: look at it, then answer. Nothing has been changed.",
            )
        settle(a, proposal, settled, by.seat.group if by.seat else None, words)
    return proposal


def settle(
    a: Act, proposal: Proposal, settled: Sequence[Settled], group: StakeholderGroup | None, words: str
) -> ProposalVersion | None:
    """Record answers inside an act and take in what they take; the proposal is locked by the caller. `group` answers."""
    offers = _waiting(proposal, settled)
    asked = [
        Asked(str(one.offer), offers[one.offer].on_number, offers[one.offer].patch, one.patch)
        for one in settled
        if one.patch is not None
    ]
    merged = take(current_version(proposal).patch, taken_of(proposal), asked)
    for one in settled:
        _answer(a, offers[one.offer], one, group)
    made = _version(a, proposal, merged, words, [UUID(one.offer) for one in asked]) if asked else None
    for offer in offers.values():
        offer.taken_in = made.number if made is not None and offer.taken is not None else None
        offer.save(update_fields=KEPT)
        offer.counter_offers.filter(state="offered").update(state="lapsed")
    return made


def _read(proposal: Proposal, answers: Sequence[Answer]) -> list[Settled]:
    if not answers or len({one.offer for one in answers}) < len(answers) or len(answers) > AT_MOST:
        raise Invalid(
            "offer.answers", f"Answer one to {AT_MOST} offers, each of them once.", {"answers": "look at them"}
        )
    ids = [one.offer for one in answers]
    known = proposal.offers.select_related("wording").filter(id__in=ids, counters=None)
    found = {offer.id: offer for offer in known}
    if missing := {*ids} - found.keys():
        raise NotFound("offer.unknown", f"There is no offer {min(missing)} on this proposal.")
    return [
        Settled(
            one.offer,
            one.answer,
            clean_text("reason", one.reason, WORDS),
            _taken(found[one.offer], proposal.kind, one.answer, one.taken),
        )
        for one in answers
    ]


def _taken(offer: Offer, kind: str, answer: str, taken: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if answer not in states.ANSWERS:
        raise Invalid("offer.answer", "Answer with accepted, modified or declined.", {"answer": "choose one"})
    if answer != "declined" and offer.is_erased:
        raise Conflict("offer.erased", "What this offer said has been removed: it can only be declined.")
    if answer == "modified":
        values = typed.validate(kind, dict(taken or {}), complete=False)
        if not values:
            raise Invalid("offer.taken", "Say what you take of the offer.", {"taken": "is empty"})
        return values
    return dict(offer.patch) if answer == "accepted" else None


def _waiting(proposal: Proposal, settled: Sequence[Settled]) -> dict[UUID, Offer]:
    """The offers, locked in the order of their ids; refused where one of them does not wait any more."""
    ids = [one.offer for one in settled]
    locked = proposal.offers.select_for_update(of=("self",)).select_related("group", "proposal", "wording")
    offers = {offer.id: offer for offer in locked.filter(id__in=ids).order_by("id")}
    for one in settled:
        states.move_offer(offers[one.offer].state, one.answer)
    return offers


def _answer(a: Act, offer: Offer, one: Settled, group: StakeholderGroup | None) -> None:
    """Record the answer to one offer."""
    offer.state = states.move_offer(offer.state, one.answer)
    offer.answer, ref = a.text(one.words, "offer.answer")
    data: dict[str, Any] = {
        "offer": str(offer.id),
        "answer": one.answer,
        "by_group": group.key if group else "",
        "reason": ref,
    }
    if one.patch is not None:
        offer.taken, data["taken"] = a.text(as_text(one.patch), "offer.wording", after=[offer.wording])
        offer.taken_fields = data["fields"] = sorted(one.patch)
    a.add("amendment.answered", data, on=subjects(offer.proposal), because=offer.seq)
    offer.answered_by, offer.answered_at = group, a.at


def _version(a: Act, proposal: Proposal, merged: dict[str, Any], words: str, offers: list[UUID]) -> ProposalVersion:
    require_sense(proposal, merged)
    return new_version(a, proposal, merged, words, offers)

"""Answering a challenge: opinions of the panel, stepping aside; two of three decide."""

from collections.abc import Sequence
from typing import Any

from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.common.texts import clean_text
from apps.partnerships.actors import Actor
from apps.provenance.contesting import candidates_in
from apps.provenance.domain.panels import ANSWERS, UPHELD, agreed_label, ruling, successor
from apps.provenance.domain.rule import RULE_1
from apps.provenance.models import Challenge, PanelMember
from apps.provenance.services.challenges import PANEL, WORDS, lock_challenge, subjects
from apps.record.act import Act, act


def give_opinion(
    *, by: Actor, challenge: Challenge, answer: str, reason: str, label: Sequence[str] | None = None
) -> Challenge:
    """Say, as a member of its panel, whether a challenge is right, and why. `label` are the words you would use for the
    position, where how it was decided is contested: they stand beside the computed ones, never in their place."""
    words = clean_text("reason", reason, WORDS)
    _check(challenge, answer, label)
    with act(by=by.by, log=by.log) as a:
        challenge = lock_challenge(challenge)
        member = _member(by, challenge)
        if member.answer:
            raise Conflict("opinion.given", "You have given your opinion already.")
        member.answer, member.label = answer, list(label) if label else None
        member.reason, ref = a.text(words, "challenge.opinion")
        data: dict[str, Any] = {"answer": answer, "reason": ref} | ({"label": member.label} if member.label else {})
        member.seq = a.add("opinion.given", data, on=subjects(challenge), because=challenge.seq).seq
        member.save()
        return _settle(a, challenge)


def step_aside(*, by: Actor, challenge: Challenge, reason: str) -> Challenge:
    """Leave a panel, with a reason; the next of the lot from a group that is not on it takes the place."""
    words = clean_text("reason", reason, WORDS)
    with act(by=by.by, log=by.log) as a:
        challenge = lock_challenge(challenge)
        member = _member(by, challenge)
        if member.answer:
            raise Conflict("opinion.given", "You have given your opinion already.")
        member.aside = True
        member.save(update_fields=["aside"])
        sitting = challenge.members.filter(aside=False).values_list("seat__group__key", flat=True)
        gone = set(challenge.members.filter(aside=True).values_list("seat", flat=True))
        free = [one for one in candidates_in(by.partnership, challenge.barred) if one.seat not in gone]
        following = successor(free, bytes.fromhex(challenge.seed), challenge.sides, list(sitting))
        data = {"out": str(member.seat_id), "reason": a.text(words, "challenge.opinion")[1]}
        if following is not None:
            data |= {"seat": str(following.seat), "group": following.group}
            place = challenge.members.count() + 1
            PanelMember.objects.create(challenge=challenge, seat_id=following.seat, place=place)
        a.add("panel.changed", data, on=subjects(challenge), because=challenge.seq)
    return challenge


def _settle(a: Act, challenge: Challenge) -> Challenge:
    """Two of three decide; what they decide is recorded at once."""
    given = list(challenge.members.exclude(answer=""))
    answer = ruling([member.answer for member in given])
    if not answer:
        return challenge
    challenge.state = answer
    challenge.label = agreed_label([one.label for one in given if one.answer == answer]) if answer == UPHELD else None
    data: dict[str, Any] = {"answer": answer, "opinions": sorted(member.seq for member in given if member.seq)}
    data |= {"label": challenge.label} if challenge.label else {}
    entry = a.add("challenge.answered", data, on=subjects(challenge), because=challenge.seq, by=PANEL)
    challenge.answered_seq = entry.seq
    challenge.save(update_fields=["state", "label", "answered_seq"])
    return challenge


def _member(by: Actor, challenge: Challenge) -> PanelMember:
    """The place this actor has on the panel. Whoever took over a seat may be one who must not judge."""
    seat = by.require_seat()
    member = challenge.members.filter(seat=seat, aside=False).first()
    if member is None:
        raise NotAllowed("panel.not_member", "You are not on the panel that answers this.")
    if by.by.person in challenge.barred or by.is_convenor:
        raise NotAllowed("panel.barred", "You have a part in what is contested: step aside, so that another can judge.")
    return member


def _check(challenge: Challenge, answer: str, label: Sequence[str] | None) -> None:
    faults = {}
    if answer not in ANSWERS:
        faults["answer"] = "choose one"
    words = (RULE_1.ni_labels, RULE_1.pe_labels)
    if label and (challenge.subject != "verdict" or answer != UPHELD):
        faults["label"] = "is for those who find that a verdict is wrong"
    elif label and (len(label) != 2 or any(one not in known for one, known in zip(label, words, strict=True))):
        faults["label"] = "one word of each line"
    if faults:
        raise Invalid("opinion.malformed", "This opinion cannot be recorded as it is.", faults)

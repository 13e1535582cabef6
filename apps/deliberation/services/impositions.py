"""Deciding alone, under a mandate; and recording that something is in force without a decision here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apps.accounts.models import Person
from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound, NotSignedIn
from apps.common.texts import clean_text
from apps.deliberation import facts
from apps.deliberation.domain.acts import Proposed, imposed_act, outside_act
from apps.deliberation.models import Decision
from apps.frameworks.domain import fields as typed
from apps.frameworks.models import Element, Framework
from apps.frameworks.selectors import element_in
from apps.frameworks.services import lock
from apps.partnerships.actors import Actor
from apps.partnerships.models import Mandate
from apps.partnerships.services.mandates import lock_mandate
from apps.proposals.models import Proposal
from apps.proposals.rules import require_voice
from apps.proposals.services import close_proposal, lock_proposal
from apps.record.act import Act, act, refusals_recorded

REASONS = {
    "urgent_harm": "urgent harm",
    "law": "required by law",
    "comparability": "comparability",
    "deadlock": "deadlock",
    "reluctance": "reluctance to be measured",
    "direction": "direction",
}


@dataclass(frozen=True)
class Target:
    """What an imposition is about: an element in force, or one that a proposal on the table would add or change."""

    id: UUID
    kind: str
    proposal: Proposal | None


def impose(
    *,
    by: Actor,
    framework: Framework,
    mandate: Mandate,
    patch: Mapping[str, Any],
    reason_code: str,
    reason: str,
    element: UUID | None = None,
    proposal: Proposal | None = None,
    effective: date | None = None,
    review_on: date | None = None,
) -> Decision:
    """Set fields of an element by mandate. Refused, and the attempt recorded, beyond its scope, outside its validity, by
    anybody but its holder, or without a reason.

    `proposal` is the text on the table that is decided this way; without one, `element` is an element in force.
    """
    if by.person is None:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")
    subject = proposal.element if proposal else element
    on = {"framework": framework.id} | ({"element": subject} if subject else {}) | {"mandate": mandate.id}
    with refusals_recorded(by=by.by, log=by.log, what="imposition.made", on=on):
        target = _target(framework, element, proposal)
        values = typed.validate(target.kind, dict(patch), complete=False)
        words = clean_text("reason", reason, 4000)
        if reason_code not in REASONS:
            raise Invalid("imposition.reason", f"Give a reason: {', '.join(REASONS)}.", {"reason_code": "choose one"})
        with act(by=by.by, log=by.log) as a:
            framework = lock(framework.id)
            mandate = lock_mandate(mandate.id)
            live = lock_proposal(proposal.id) if proposal else None
            today = by.partnership.today(a.at)
            day = effective or today
            parts = _check_scope(by.person, mandate, target, values, day, today)
            _check_news(target.id, values)
            decision = Decision(
                framework=framework,
                element=target.id,
                mandate=mandate,
                proposal=live,
                kind="imposition",
                adopted=True,
                outcome="imposed",
                patch=values,
                act=_act_of(framework, mandate, target, live, values, day, today),
                reason_code=reason_code,
                effective=day,
                review_on=review_on or mandate.review_on,
                decided_at=a.at,
            )
            if live:
                close_proposal(live)
            return _impose(a, decision, parts, words, facts.went_before(live, target.id, target.kind, values))


def set_outside(
    *,
    by: Actor,
    framework: Framework,
    element: Element,
    patch: Mapping[str, Any],
    evidence: str,
    effective: date | None = None,
) -> Decision:
    """Record, from any seat and with evidence, that fields are in force without a decision here (a funder's letter, a contract)."""
    require_voice(by)
    words = clean_text("evidence", evidence, 4000)
    values = typed.validate(element.kind, dict(patch), complete=False)
    if not values:
        raise Invalid("outside.empty", "Say which fields have been set from outside.", {"patch": "is empty"})
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        day = effective or by.partnership.today(a.at)
        parts = sorted(typed.parts_of(element.kind, values))
        text, ref = a.text(words, "outside.evidence")
        data = outside_act(facts.setting(framework, day), parts, evidence=ref["sha256"])
        entry_data = {"patch": values, "parts": parts, "evidence": ref, "effective": day.isoformat(), "act": data}
        entry = a.add("outside.recorded", entry_data, on={"element": element.id, "framework": framework.id})
        return Decision.objects.create(
            framework=framework,
            element=element.id,
            kind="outside",
            adopted=True,
            outcome="set_outside",
            patch=values,
            act=data,
            reason=text,
            effective=day,
            seq=entry.seq,
            decided_at=a.at,
        )


def _act_of(
    framework: Framework,
    mandate: Mandate,
    target: Target,
    live: Proposal | None,
    values: Mapping[str, Any],
    day: date,
    today: date,
) -> dict[str, Any]:
    """The act of a history that this imposition is."""
    parts = sorted(typed.parts_of(target.kind, values))
    return imposed_act(
        facts.setting(framework, day),
        facts.proposed(live, parts, today) if live else Proposed("change", parts, [], 0),
        facts.consultation(live, target.id, target.kind, values, today),
        by=mandate.authority,
        under=f"{mandate.code}, {mandate.basis}",
        statutory=mandate.statutory,
    )


def _impose(a: Act, decision: Decision, parts: list[str], words: str, before: list[int]) -> Decision:
    """Record the imposition with its reason and the numbers of what went before it."""
    decision.reason, ref = a.text(words, "imposition.reason")
    data: dict[str, Any] = {
        "mandate": str(decision.mandate_id),
        "action": decision.proposal.action if decision.proposal else "change",
        "patch": decision.patch,
        "parts": parts,
        "reason_code": decision.reason_code,
        "reason": ref,
        "effective": decision.effective.isoformat(),
        "act": decision.act,
        "before": before,
    }
    if decision.proposal_id:
        data["proposal"] = str(decision.proposal_id)
    if decision.review_on:
        data["review_on"] = decision.review_on.isoformat()
    on = {"element": decision.element, "framework": decision.framework_id, "mandate": decision.mandate_id}
    decision.seq = a.add("imposition.made", data, on={key: id for key, id in on.items() if id}).seq
    decision.save(force_insert=True)
    return decision


def _target(framework: Framework, element: UUID | None, proposal: Proposal | None) -> Target:
    if proposal is not None:
        if proposal.framework_id != framework.id:
            raise NotFound("proposal.foreign", "This proposal belongs to another framework.")
        if proposal.state != "tabled":
            raise Conflict("proposal.not_tabled", "This proposal is not on the table.")
        return Target(proposal.element, proposal.kind, proposal)
    if element is None:
        raise Invalid("imposition.element", "Say which element it is about.", {"element": "is missing"})
    known = element_in(framework, element)
    if known.retired_at is not None:
        raise Conflict("element.retired", f"{known.code} has been retired.")
    return Target(known.id, known.kind, None)


def _check_scope(
    person: Person, mandate: Mandate, target: Target, values: Mapping[str, Any], day: date, today: date
) -> list[str]:
    """The parts to be set, when this person's mandate covers all of them on this day."""
    if mandate.holder_id != person.id:
        raise NotAllowed("mandate.not_holder", f"You do not hold mandate {mandate.code}, or no longer.")
    if day < today:
        raise Invalid(
            "imposition.backdated", "Nothing takes effect before it is decided.", {"effective": "in the past"}
        )
    if not mandate.is_valid_on(day):
        raise NotAllowed("mandate.not_valid", f"Mandate {mandate.code} is not valid on {day.isoformat()}.")
    if mandate.elements and str(target.id) not in mandate.elements:
        raise NotAllowed("mandate.element", f"Mandate {mandate.code} does not reach this element.{_says(mandate)}")
    if not values:
        raise Invalid("imposition.empty", "Say which fields are set.", {"patch": "is empty"})
    parts = sorted(typed.parts_of(target.kind, values))
    beyond = [part for part in parts if part not in mandate.parts]
    if beyond:
        words = ", ".join(typed.PARTS[part] for part in beyond)
        raise NotAllowed("mandate.scope", f"Mandate {mandate.code} does not reach {words}.{_says(mandate)}")
    return parts


def _says(mandate: Mandate) -> str:
    """The sentence of the mandate that says what it leaves out."""
    return f" It says: “{mandate.limits}” ({mandate.basis})" if mandate.limits else ""


def _check_news(element: UUID, values: Mapping[str, Any]) -> None:
    """Refuse to set what has been set so already: somebody pressed twice, or two did the same at once."""
    known = Element.objects.filter(id=element).first()
    standing = dict(known.fields) if known else {}
    last = None
    for decided in Decision.objects.filter(element=element, adopted=True).order_by("seq"):
        standing |= decided.patch
        last = decided.seq
    if last is not None and all(standing.get(key) == value for key, value in values.items()):
        raise Conflict("imposition.same", f"All of this stands already, by entry {last} at the latest. Nothing is set.")

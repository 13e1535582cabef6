"""What the clock does about reviews: it calls them when they are near and when they are overdue, and lets lapse what lapses."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from apps.deliberation import facts
from apps.deliberation.domain.acts import lapsed_act
from apps.deliberation.domain.lapsing import Before, Deed, before, parts_standing
from apps.deliberation.models import Decision, ReviewCall
from apps.deliberation.reviews import Review, review_of, reviews_of
from apps.frameworks.domain.fields import fields_of
from apps.frameworks.models import Element
from apps.frameworks.services import lock
from apps.partnerships.actors import CLOCK
from apps.record.act import act


def call_reviews(partnerships: Iterable[UUID]) -> int:
    """Call every review that is due within thirty days or overdue and has not been called yet; returns how many acts that took."""
    waiting = [review for review in reviews_of(partnerships) if review.state.stage and review.decision is not None]
    return sum(_act_on(review) for review in waiting)


def _act_on(review: Review) -> bool:
    decision, log = review.decision, review.mandate.partnership.log_id
    assert decision is not None
    if review.state.stage == "overdue" and review.mandate.lapses:
        return _lapse(decision, log)
    if ReviewCall.objects.filter(decision=decision, stage=review.state.stage).exists():
        return False
    return _call(decision, log)


def _call(decision: Decision, log: UUID) -> bool:
    """Put it into the record that a review is due or overdue; notices follow from there."""
    with act(by=CLOCK, log=log) as a:
        lock(decision.framework_id)
        review = _again(decision)
        if review is None or ReviewCall.objects.filter(decision=decision, stage=review.state.stage).exists():
            return False
        data = {"stage": review.state.stage, "due": review.state.due.isoformat(), "parts": _parts(decision)}
        entry = a.add("review.called", data, on=_on(decision), because=decision.seq)
        ReviewCall.objects.create(decision=decision, stage=review.state.stage, seq=entry.seq)
    return True


def _lapse(decision: Decision, log: UUID) -> bool:
    """What was set under the mandate goes back to what stood before it; where nothing did, it is open again.

    An element that would lose what it cannot be without (its title, what it counts) ends.
    """
    with act(by=CLOCK, log=log) as a:
        framework = lock(decision.framework_id)
        review = _again(decision)
        deeds = deeds_on(decision.element)
        parts = parts_standing(deeds, decision.seq)
        if review is None or review.state.stage != "overdue" or not parts:
            return False
        back = before(deeds, decision.seq)
        ends = _cannot_stand(decision, back)
        day: date = framework.partnership.today(a.at)
        patch = {} if ends else {key: found.value for key, found in back.items()}
        data: dict[str, Any] = {
            "action": "retire" if ends else "change",
            "patch": patch,
            "parts": parts,
            "effective": day.isoformat(),
            "act": lapsed_act(facts.setting(framework, day), parts, ends=ends),
        }
        entry = a.add("imposition.lapsed", data, on=_on(decision), because=decision.seq)
        Decision.objects.create(
            framework=framework,
            element=decision.element,
            mandate_id=decision.mandate_id,
            kind="lapse",
            adopted=True,
            outcome="lapsed",
            patch=patch,
            act=data["act"],
            effective=day,
            undoes=decision.seq,
            seq=entry.seq,
            decided_at=a.at,
        )
    return True


def deeds_on(element: UUID) -> list[Deed]:
    """Everything that gave fields of an element their values, in order."""
    found = Decision.objects.filter(element=element, adopted=True).order_by("seq")
    return [
        Deed(
            one.seq,
            one.patch,
            frozenset(() if (one.act or {}).get("type") in {"confirm", "retire"} else _parts(one)),
            one.undoes,
        )
        for one in found
    ]


def _again(decision: Decision) -> Review | None:
    """The review as it stands now that the framework is locked; None where nobody waits for it any more."""
    fresh = Decision.objects.select_related("mandate__partnership").get(id=decision.id)
    review = review_of(fresh)
    return review if review is not None and review.state.stage else None


def _cannot_stand(decision: Decision, back: dict[str, Before]) -> bool:
    element = Element.objects.get(id=decision.element)
    needed = {field.key for field in fields_of(element.kind) if field.required}
    return any(key in needed and found.value is None for key, found in back.items())


def _parts(decision: Decision) -> list[str]:
    return list((decision.act or {}).get("parts", []))


def _on(decision: Decision) -> dict[str, UUID]:
    assert decision.mandate_id is not None
    return {"element": decision.element, "framework": decision.framework_id, "mandate": decision.mandate_id}

"""Reading reviews: of everything set under mandates in these partnerships, in a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.common import clock
from apps.deliberation.domain.reviews import Dated, ReviewState, held_on
from apps.deliberation.models import Decision, FieldState, RoundAlternative
from apps.frameworks.domain.fields import PARTS, parts_of
from apps.partnerships.models import Mandate


@dataclass(frozen=True)
class Review:
    """The review of what one decision under a mandate set; of a mandate that was never used there is no `decision`."""

    mandate: Mandate
    state: ReviewState
    decision: Decision | None = None

    @property
    def element(self) -> UUID | None:
        return self.decision.element if self.decision else None

    @property
    def days_late(self) -> int:
        return self.state.days_late


def reviews_of(partnerships: Iterable[UUID]) -> list[Review]:
    """Every review in these partnerships, the longest overdue first: six queries."""
    mandates = {
        mandate.id: mandate
        for mandate in Mandate.objects.select_related("partnership__log")
        .filter(partnership__in=list(partnerships))
        .order_by("code")
    }
    impositions = list(Decision.objects.filter(mandate__in=list(mandates), kind="imposition").order_by("seq"))
    decided = decided_on({decision.element for decision in impositions})
    standing = _standing({decision.element for decision in impositions})
    found = [
        Review(mandates[one.mandate_id], state_of(mandates[one.mandate_id], one, decided, one.seq in standing), one)
        for one in impositions
        if one.mandate_id and one.review_on
    ]
    used = {decision.mandate_id for decision in impositions}
    found += [_unused(mandate) for mandate in mandates.values() if mandate.review_on and mandate.id not in used]
    return sorted(found, key=lambda review: -review.days_late)


def review_of(decision: Decision) -> Review | None:
    """The review of one decision under a mandate, if there is to be one."""
    if decision.mandate is None or decision.review_on is None:
        return None
    standing = decision.seq in _standing({decision.element})
    return Review(
        decision.mandate, state_of(decision.mandate, decision, decided_on({decision.element}), standing), decision
    )


def state_of(
    mandate: Mandate, decision: Decision, decided: Mapping[UUID, Collection[Dated]], standing: bool
) -> ReviewState:
    """Where the review of one decision stands now."""
    assert decision.review_on is not None
    return ReviewState(
        due=decision.review_on,
        today=mandate.partnership.today(clock.now()),
        held=held_on((decision.act or {}).get("parts", []), decision.seq, decided.get(decision.element, ())),
        required=mandate.statutory,
        ended=not standing,
    )


def decided_on(elements: Collection[UUID]) -> dict[UUID, list[Dated]]:
    """What rounds decided about these elements, in order, adopted or not."""
    found = list(
        Decision.objects.filter(element__in=elements, kind="decision")
        .order_by("seq")
        .select_related("proposal", "item__version")
    )
    alternatives = RoundAlternative.objects.filter(item__in={one.item_id for one in found}, version__isnull=False)
    fields = {
        (item, proposal): keys
        for item, proposal, keys in alternatives.values_list("item", "proposal", "version__fields")
    }
    rounds: dict[UUID, list[Dated]] = {}
    for one in found:
        rounds.setdefault(one.element, []).append(Dated(one.seq, one.decided_at.date(), _parts(one, fields)))
    return rounds


def _parts(decision: Decision, alternatives: Mapping[tuple[UUID, UUID], Sequence[str]]) -> Collection[str]:
    """What a proposal was about: the parts it would change; to confirm or retire is about every one."""
    proposal, item = decision.proposal, decision.item
    if proposal is None or item is None:
        return set()
    if proposal.action in {"confirm", "retire"}:
        return set(PARTS)
    keys = item.version.fields if item.version else alternatives.get((item.id, proposal.id), ())
    return parts_of(proposal.kind, keys)


def _standing(elements: Collection[UUID]) -> set[int]:
    """The entries that set something that is still in force."""
    return set(FieldState.objects.filter(element__in=elements).values_list("seq", flat=True))


def _unused(mandate: Mandate) -> Review:
    today: date = mandate.partnership.today(clock.now())
    over = mandate.valid_until is not None and mandate.valid_until < today
    assert mandate.review_on is not None
    return Review(mandate, ReviewState(mandate.review_on, today, required=mandate.statutory, ended=over))

"""Reading reviews: of everything set under mandates in these partnerships, in a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.common import clock
from apps.common.trips import at_once
from apps.deliberation.domain.reviews import Dated, ReviewState, held_on
from apps.deliberation.models import Decision, FieldState, RoundAlternative
from apps.frameworks.domain.fields import PARTS, parts_of
from apps.partnerships.models import Mandate, Partnership
from apps.record.models import Log


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
    """Every review in these partnerships, the longest overdue first: one query."""
    here = list(partnerships)
    known = Mandate.objects.filter(partnership__in=here)
    imposed = Decision.objects.filter(mandate__in=known, kind="imposition")
    about = imposed.values("element")
    found, homes, logs, impositions, told, standing = at_once(
        known.order_by("code"),
        Partnership.objects.filter(id__in=known.values("partnership")),
        Log.objects.filter(id__in=known.values("partnership__log")),
        imposed.order_by("seq"),
        decided_query(about),
        FieldState.objects.filter(element__in=about).values("seq").distinct(),
    )
    mandates = _housed(found, homes, logs)
    decided, stands = dated(told), {row["seq"] for row in standing}
    reviews = [
        Review(mandates[one.mandate_id], state_of(mandates[one.mandate_id], one, decided, one.seq in stands), one)
        for one in impositions
        if one.mandate_id and one.review_on
    ]
    used = {decision.mandate_id for decision in impositions}
    reviews += [_unused(mandate) for mandate in mandates.values() if mandate.review_on and mandate.id not in used]
    return sorted(reviews, key=lambda review: -review.days_late)


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
    return dated(at_once(decided_query(elements))[0])


def decided_query(elements: Any) -> QuerySet[Any, Any]:
    """What rounds decided about these elements, with the fields each decision was about."""
    chosen = RoundAlternative.objects.filter(
        item=OuterRef("item"), proposal=OuterRef("proposal"), version__isnull=False
    )
    return (
        Decision.objects.filter(element__in=elements, kind="decision")
        .order_by("seq")
        .values("seq", "element", "decided_at")
        .annotate(
            about=F("proposal__kind"),
            deed=F("proposal__action"),
            fields=Coalesce(F("item__version__fields"), Subquery(chosen.values("version__fields")[:1])),
        )
    )


def dated(told: Iterable[Mapping[str, Any]]) -> dict[UUID, list[Dated]]:
    """What `decided_query` fetched, by element and in order."""
    rounds: dict[UUID, list[Dated]] = {}
    for one in told:
        whole = one["deed"] in {"confirm", "retire"}
        parts = set(PARTS) if whole else parts_of(one["about"], one["fields"] or ()) if one["about"] else set()
        rounds.setdefault(one["element"], []).append(Dated(one["seq"], one["decided_at"].date(), parts))
    return rounds


def _housed(found: Iterable[Mandate], homes: Iterable[Partnership], logs: Iterable[Log]) -> dict[UUID, Mandate]:
    """Mandates with their partnerships, and these with their logs."""
    books = {log.id: log for log in logs}
    places = {home.id: home for home in homes}
    for home in places.values():
        home.log = books[home.log_id]
    mandates = {mandate.id: mandate for mandate in found}
    for mandate in mandates.values():
        mandate.partnership = places[mandate.partnership_id]
    return mandates


def _standing(elements: Collection[UUID]) -> set[int]:
    """The entries that set something that is still in force."""
    return set(FieldState.objects.filter(element__in=elements).values_list("seq", flat=True))


def _unused(mandate: Mandate) -> Review:
    today: date = mandate.partnership.today(clock.now())
    over = mandate.valid_until is not None and mandate.valid_until < today
    assert mandate.review_on is not None
    return Review(mandate, ReviewState(mandate.review_on, today, required=mandate.statutory, ended=over))

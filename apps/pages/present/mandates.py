"""Mandates in words: who may decide what alone, on which basis, until when, and what was set under them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse

from apps.common import clock
from apps.common.errors import NotFound
from apps.deliberation.models import Decision
from apps.deliberation.reviews import Review, reviews_of
from apps.frameworks.domain.fields import PARTS
from apps.frameworks.models import Element
from apps.pages.present.reviews import words_of
from apps.pages.present.words import REASONS, day, listed
from apps.pages.shown import Fact, Line
from apps.partnerships.actors import Actor
from apps.partnerships.models import Mandate, MandateDocument, Partnership

MANDATES_SHOWN = 100
USES_SHOWN = 100


@dataclass(frozen=True)
class MandateCard:
    """A mandate as pages show it. `state` is a colour role with `state_words` beside it."""

    id: UUID
    code: str
    authority: str
    sentence: str
    review: str
    state: str
    state_words: str
    facts: Sequence[Fact]
    document: str = ""


def mandate_cards(partnership: Partnership) -> list[MandateCard]:
    """All mandates of a partnership, by their signs."""
    found = list(partnership.mandates.order_by("code")[:MANDATES_SHOWN])
    codes = _codes(partnership, {id for mandate in found for id in mandate.elements})
    reviews = reviews_of([partnership.id])
    return [card(mandate, codes, reviews) for mandate in found]


def one_mandate(partnership: Partnership, id: UUID) -> tuple[MandateCard, list[Line]]:
    """One mandate, and what was set under it, newest first."""
    found = partnership.mandates.filter(id=id).first()
    if found is None:
        raise NotFound("mandate.unknown", "There is no such mandate in this partnership.")
    decisions = list(found.impositions.select_related("reason").order_by("-seq")[:USES_SHOWN])
    codes = _codes(partnership, {str(decision.element) for decision in decisions} | set(found.elements))
    lines = [_use(decision, codes, partnership) for decision in decisions]
    kept = MandateDocument.objects.filter(mandate=found).values_list("name", flat=True).first()
    return replace(card(found, codes, reviews_of([partnership.id])), document=kept or ""), lines


def card(mandate: Mandate, codes: Mapping[str, str], reviews: Sequence[Review]) -> MandateCard:
    """A mandate in words. `codes` names elements by id; `reviews` are those of the partnership, the longest overdue first."""
    mine = [review for review in reviews if review.mandate.id == mandate.id]
    late = any(review.days_late > 0 for review in mine)
    state, state_words = _state(mandate, mandate.partnership.today(clock.now()), late)
    return MandateCard(
        id=mandate.id,
        code=mandate.code,
        authority=mandate.authority,
        sentence=f"May decide alone: {reach(mandate, codes)}.",
        review=words_of(mine[0].state) if mine else "",
        state=state,
        state_words=state_words,
        facts=_facts(mandate, codes),
    )


def reach(mandate: Mandate, codes: Mapping[str, str]) -> str:
    """Which parts of which measures: "all parts but the target, of M1"."""
    left_out = [words for part, words in PARTS.items() if part not in mandate.parts]
    if not left_out:
        parts = "all parts"
    elif len(left_out) <= 2:
        parts = f"all parts but {listed(left_out)}"
    else:
        parts = listed(PARTS[part] for part in mandate.parts if part in PARTS)
    named = [codes.get(id, "a measure still proposed") for id in mandate.elements]
    return f"{parts}, of {listed(named) if named else 'every measure'}"


def usable_on(actor: Actor, element: Element, mandates: Iterable[Mandate]) -> list[Mandate]:
    """Those of these mandates that this actor holds, that are valid today and reach this element."""
    if actor.person is None:
        return []
    today = actor.partnership.today(clock.now())
    return [
        mandate
        for mandate in mandates
        if mandate.holder_id == actor.person.id
        and mandate.is_valid_on(today)
        and (not mandate.elements or str(element.id) in mandate.elements)
    ]


def _state(mandate: Mandate, today: date, late: bool) -> tuple[str, str]:
    if mandate.valid_from > today:
        return "contested", f"begins on {day(mandate.valid_from)}"
    if late:
        return "danger", "review overdue"
    if mandate.valid_until is not None and mandate.valid_until < today:
        return "contested", f"ended on {day(mandate.valid_until)}"
    return "imposed", "in force"


def _facts(mandate: Mandate, codes: Mapping[str, str]) -> list[Fact]:
    until = day(mandate.valid_until) if mandate.valid_until else "open"
    facts = [
        Fact("In whose name", mandate.authority),
        Fact("Rests on", f"{mandate.get_basis_kind_display()}: {mandate.basis}"),
        Fact("Reaches", reach(mandate, codes)),
        *([Fact("In its own words", f"“{mandate.limits}”")] if mandate.limits else []),
        Fact("Valid", f"{day(mandate.valid_from)} to {until}"),
        Fact("Review", day(mandate.review_on) or "no date set"),
    ]
    if mandate.lapses:
        facts.append(Fact("Without a review in time", "what was set under it lapses, and is open again"))
    if mandate.statutory:
        facts.append(Fact("Required from outside", "by law, not ours to change"))
    if mandate.document_sha256:
        facts.append(Fact("Fingerprint of the document (SHA-256)", mandate.document_sha256))
    return facts


def _use(decision: Decision, codes: Mapping[str, str], partnership: Partnership) -> Line:
    parts = listed(PARTS[part] for part in (decision.act or {}).get("parts", []) if part in PARTS)
    reason = REASONS.get(decision.reason_code, decision.reason_code)
    return Line(
        at=day(decision.decided_at),
        act=f"Set {parts} of {codes.get(str(decision.element), 'a measure')}: {reason}.",
        why=(decision.reason.body if decision.reason else None) or "",
        url=reverse("entry", args=[partnership.id, decision.seq]),
        number=decision.seq,
    )


def _codes(partnership: Partnership, ids: set[str]) -> dict[str, str]:
    found = Element.objects.filter(framework__partnership=partnership, id__in=ids)
    return {str(element.id): f"{element.code} {element.title}" for element in found}

"""Who comes to a round, as its rows have it: for members of the partnership, and nobody else."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet

from apps.common.trips import at_once
from apps.deliberation.domain.coming import Awaited, When, awaited, when_asked
from apps.deliberation.models import Coming, Round, Voice
from apps.deliberation.parties import party
from apps.partnerships.actors import Actor
from apps.partnerships.models import StakeholderGroup
from apps.partnerships.rules import require_member
from apps.partnerships.selectors import groups


@dataclass(frozen=True)
class Word:
    """What a seat says of its coming; `noted`: written down for it by the convenor."""

    seat: UUID
    group: str
    label: str
    answer: str
    noted: bool


@dataclass(frozen=True)
class WhoComes:
    """Whether it is asked who comes to a round, the groups as far as anything was said, and what each seat said."""

    asked: When
    groups: Sequence[Awaited]
    words: Mapping[UUID, Word]

    def said_by(self, seat: UUID | None) -> str:
        """What this seat said."""
        word = self.words.get(seat) if seat else None
        return word.answer if word else Coming.UNSAID.value

    def with_apologies(self) -> set[UUID]:
        """The seats that sent apologies."""
        return {word.seat for word in self.words.values() if word.answer == Coming.APOLOGIES}


def who_comes(viewer: Actor, round: Round) -> WhoComes:
    """Who says to come to a round, and who sends apologies: one trip to the database."""
    require_member(viewer)
    said, parties, papers = at_once(
        round.voices.exclude(coming=Coming.UNSAID)
        .order_by("seat__group__order", "coming_seq")
        .values("seat_id", "seat__group__key", "seat__label", "coming", "coming_noted"),
        groups(viewer.partnership).values("key", "name", "kind", "standing", "seat_count"),
        round.papers_sent.values("seq")[:1],
    )
    words = [
        Word(UUID(str(row["seat_id"])), row["seat__group__key"], row["seat__label"], row["coming"], row["coming_noted"])
        for row in said
    ]
    counts: Counter[tuple[str, str]] = Counter((word.group, word.answer) for word in words)
    found = [party(row, row["key"]) for row in parties]
    return WhoComes(when_asked(round.state, bool(papers)), awaited(found, counts), {word.seat: word for word in words})


def comings(partnerships: Collection[UUID], states: Collection[str]) -> QuerySet[Any, Any]:
    """How many seats said what, by round (`on`) and group (`of`), before rounds of these partnerships in one of these states."""
    found = Voice.objects.filter(round__framework__partnership__in=partnerships, round__state__in=states)
    told = found.exclude(coming=Coming.UNSAID).order_by()
    return told.values(on=F("round"), of=F("seat__group"), answer=F("coming")).annotate(n=Count("id"))


def parties_in(partnerships: Collection[UUID]) -> QuerySet[Any, Any]:
    """The groups of these partnerships (`at`) with their seats, in order."""
    found = StakeholderGroup.objects.filter(partnership__in=partnerships).annotate(seat_count=Count("seats"))
    return found.order_by("order", "key").values("id", "name", "kind", "standing", "seat_count", at=F("partnership"))

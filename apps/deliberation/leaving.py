"""Who has left the vote on an item after declaring an interest."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from apps.deliberation.models import Interest, Round


def excused(round: Round) -> dict[UUID, set[UUID]]:
    """The seats that left the vote, by item."""
    found: dict[UUID, set[UUID]] = {}
    for item, seat in _leaving(round).values_list("item", "seat"):
        found.setdefault(item, set()).add(seat)
    return found


def seats_out(round: Round) -> dict[UUID, Mapping[str, int]]:
    """How many seats of each group left the vote, by item."""
    found: dict[UUID, Counter[str]] = {}
    for item, group in _leaving(round).values_list("item", "seat__group__key"):
        found.setdefault(item, Counter())[group] += 1
    return {item: dict(groups) for item, groups in found.items()}


def _leaving(round: Round) -> QuerySet[Interest]:
    return Interest.objects.filter(item__round=round, leaves=True)

"""The reasons of a round: one's own while one can change it, everybody's once the round is counted."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber

from apps.deliberation.models import Ballot, Round, RoundReason
from apps.partnerships.actors import Actor
from apps.partnerships.models import Holding
from apps.partnerships.selectors import holders
from apps.record.act import Act, reference
from apps.record.erasing import discard

SHOWN = 50
"""Reasons that are shown of one line; their order being chance, it is chance which. All of them stand in the record."""
Company = Mapping[UUID, list[list[str]]]
"""By line, which groups are shown together."""


@dataclass(frozen=True)
class Reason:
    """Somebody's words, from among these groups; None where they were removed."""

    groups: tuple[str, ...]
    words: str | None


@dataclass(frozen=True)
class Reasons:
    """What is shown of the reasons on one line, and how many there are."""

    shown: tuple[Reason, ...] = ()
    given: int = 0


def own_reasons(viewer: Actor, round: Round) -> dict[UUID, str]:
    """What this viewer has said so far, by line: not what was said from the seat before this person held it."""
    if viewer.seat is None:
        return {}
    since = holders(viewer.partnership).filter(seat=viewer.seat).values("since")[:1]
    mine = RoundReason.objects.filter(item__round=round, seat=viewer.seat, words__made_at__gte=since)
    return {item: body for item, body in mine.values_list("item", "words__body") if body}


def reasons_of(round: Round) -> dict[UUID, Reasons]:
    """The reasons of a counted round by line, in the order of their random ids."""
    recorded = RoundReason.objects.filter(item__round=round, seq__isnull=False)
    given = dict(recorded.order_by().values_list("item").annotate(n=Count("id")))
    place = Window(RowNumber(), partition_by=F("item"), order_by="id")
    found: dict[UUID, list[Reason]] = defaultdict(list)
    for one in recorded.annotate(place=place).filter(place__lte=SHOWN).select_related("words"):
        found[one.item_id].append(Reason(tuple(one.company), one.words.body))
    return {item: Reasons(tuple(found[item]), number) for item, number in given.items()}


def record_reasons(a: Act, round: Round, company: Company, because: int) -> None:
    """With the count: record the words in the order of their random ids, by nobody, and forget from which seat they came.

    Where too few answered for anything to be shown, they are thrown away, as the ballot said; so are those of who left the seat
    before somebody else voted anew from it.
    """
    given = RoundReason.objects.filter(item__round=round, seq=None).select_related("words", "seat__group")
    for one in given.annotate(is_past=_said_by_who_has_left()):
        group = one.seat.group.key if one.seat else ""
        together = next((pool for pool in company.get(one.item_id, []) if group in pool), None)
        if together is None or one.words.body is None or one.is_past:
            one.delete()
            discard(one.words)
            continue
        data = {"item": str(one.item_id), "groups": together, "words": reference(one.words)}
        entry = a.add("reason.recorded", data, on={"round": round.id, "framework": round.framework_id}, because=because)
        one.seat, one.company, one.seq = None, together, entry.seq
        one.save(update_fields=["seat", "company", "seq"])


def _said_by_who_has_left() -> Exists:
    """Whether the seat has changed hands between a reason and the ballot that counts."""
    ballots = Ballot.objects.filter(item=OuterRef(OuterRef("item")), seat=OuterRef(OuterRef("seat"))).order_by("-seq")
    later = Q(since__gt=OuterRef("words__made_at"), since__lte=Subquery(ballots.values("cast_at")[:1]))
    return Exists(Holding.objects.filter(later, seat=OuterRef("seat")))

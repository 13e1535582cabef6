"""Who keeps checkpoints outside, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from apps.pages.present.words import day, moment, number_of
from apps.partnerships.actors import Actor
from apps.record.keeping import deliveries, keepers
from apps.record.models import Cosignature, Delivery
from apps.record.witnessing import witnesses

SHOWN = 30
HOW = {"mail": "by mail", "web": "at an address on the net"}


@dataclass(frozen=True)
class KeeperCard:
    """One keeper: where, and how far. `try_url` and `remove_url` are the convenor's."""

    name: str
    words: str
    state: str
    state_words: str
    try_url: str
    remove_url: str


@dataclass(frozen=True)
class DeliveryLine:
    """One thing that was sent."""

    at: str
    words: str
    answer: str
    state: str
    state_words: str


def keeper_cards(actor: Actor, oversees: bool) -> list[KeeperCard]:
    """Who keeps checkpoints or has been asked; the end of the address is for those who oversee the record."""
    cards = []
    for one in keepers(actor.log):
        where = f" ({one.place})" if oversees else ""
        reached = f" The last that came through holds {number_of(one.size, 'entry', 'entries')}." if one.size else ""
        since = f"since {day(one.confirmed_at)}" if one.confirmed_at else f"asked on {day(one.chosen_at)}"
        ids = [actor.partnership.id, one.id]
        cards.append(
            KeeperCard(
                name=one.name,
                words=f"{HOW[one.how].capitalize()}{where}, {since}.{reached}",
                state="agreed" if one.confirmed_at else "open",
                state_words="Keeps them" if one.confirmed_at else "Has not said yes yet",
                try_url=reverse("try_keeper", args=ids) if actor.is_convenor and one.confirmed_at else "",
                remove_url=reverse("remove_keeper", args=ids) if actor.is_convenor else "",
            )
        )
    return cards


def delivery_lines(actor: Actor) -> list[DeliveryLine]:
    """What was sent last, newest first."""
    return [_line(one) for one in deliveries(actor.log).select_related("keeper")[:SHOWN]]


def witness_cards(log: UUID) -> Sequence[str]:
    """Those who sign the checkpoints of every record on this server, as the operator chose them."""
    signed = {one.witness_id: one for one in Cosignature.objects.filter(checkpoint__log=log).order_by("at")}
    return [
        f"{one.name}: "
        + (f"last signed on {day(signed[one.id].at)}." if one.id in signed else "has signed none of it yet.")
        for one in witnesses()
    ]


def _line(one: Delivery) -> DeliveryLine:
    what = {"question": "the question", "trial": "a trial", "checkpoint": "a checkpoint"}[one.what]
    size = f" of {number_of(one.size, 'entry', 'entries')}" if one.size else ""
    return DeliveryLine(
        at=moment(one.at),
        words=f"{one.keeper.name}: {what}{size}",
        answer=one.answer,
        state="agreed" if one.came_through else "contested",
        state_words="Came through" if one.came_through else "Did not come through",
    )

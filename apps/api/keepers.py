"""Who keeps copies of the checkpoints outside."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Given, Line, Shape, Window, page_of
from apps.api.throttles import Founding
from apps.partnerships import services
from apps.partnerships.rules import require_overseer
from apps.partnerships.selectors import open_partnership
from apps.record import keeping
from apps.record.models import Keeper


class ChooseKeeper(Given):
    """Who it is, and where checkpoints go: a mail address, or an https address (`url`) that takes JSON by POST."""

    name = Line(max_length=120)
    mail = Line(max_length=254, required=False)
    url = Line(max_length=300, required=False)


class ConfirmKeeper(Given):
    """The last part of the link that was sent to the address."""

    link = Line(max_length=300)


class KeeperShown(Shape):
    """Somebody outside who keeps checkpoints. Of an address no more than its end is told: the rest may be a secret."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    how = serializers.ChoiceField(["mail", "web"])
    place = serializers.CharField()
    chosen_at = serializers.DateTimeField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    size = serializers.IntegerField()


class DeliveryShown(Shape):
    """What was sent to whom, and what came of it."""

    keeper = serializers.UUIDField(source="keeper_id")
    what = serializers.ChoiceField(["question", "trial", "checkpoint"])
    size = serializers.IntegerField()
    at = serializers.DateTimeField()
    came_through = serializers.BooleanField()
    answer = serializers.CharField()


class Keepers(Operations):
    """People and programs outside who keep the checkpoints of a record. What is sent to them follows within a minute."""

    family = "record"

    @operation(query=Window, answer=page_of(KeeperShown))
    def list_keepers(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """Who is sent checkpoints, or has been asked: for the convenor and auditors."""
        actor = open_partnership(ask.person, partnership)
        require_overseer(actor)
        return page(ask, keeping.keepers(actor.log), "chosen_at")

    @operation(body=ChooseKeeper, answer=KeeperShown, status=201)
    def choose_keeper(self, ask: Ask, partnership: UUID) -> Keeper:
        """Ask somebody to keep checkpoints. Nothing but the question is sent before somebody there says yes."""
        return services.choose_keeper(by=open_partnership(ask.person, partnership), **ask.data)

    @operation(status=204)
    def remove_keeper(self, ask: Ask, partnership: UUID, keeper: UUID) -> None:
        """Send somebody no more; the address is forgotten."""
        services.remove_keeper(by=open_partnership(ask.person, partnership), keeper=keeper)

    @operation(answer=KeeperShown)
    def try_keeper(self, ask: Ask, partnership: UUID, keeper: UUID) -> Keeper:
        """Send somebody the newest checkpoint now, to see whether it comes through."""
        return services.try_keeper(by=open_partnership(ask.person, partnership), keeper=keeper)

    @operation(query=Window, answer=page_of(DeliveryShown))
    def list_deliveries(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """What was sent last, the newest first: for the convenor and auditors."""
        actor = open_partnership(ask.person, partnership)
        require_overseer(actor)
        return page(ask, keeping.deliveries(actor.log), "at", newest_first=True)

    @operation(body=ConfirmKeeper, answer=KeeperShown, throttles=[Founding])
    def confirm_keeper(self, ask: Ask) -> Keeper:
        """Say yes, with the link that was sent to the address. It needs no account."""
        return keeping.confirm(ask.data["link"])

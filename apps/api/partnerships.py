"""Partnerships, their groups, roles and mandates."""

from collections import Counter
from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api import throttles
from apps.api.naming import Member, Who, shown, somebody
from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.people import SeatShown
from apps.api.shapes import Count, Flag, Given, Line, Shape, Window, With, page_of
from apps.partnerships import services
from apps.partnerships.actors import Actor, pseudonym_owner
from apps.partnerships.models import GroupKind, RoleName, Standing, Visibility
from apps.partnerships.rules import require_convenor, require_member
from apps.partnerships.selectors import groups, holders, open_partnership, partnerships_for, pseudonyms


class FoundPartnership(Given):
    """A partnership to be. In a demonstration (`demo`) the convenor can act for people it invents, and pages say so."""

    name = Line(max_length=200)
    summary = Line(max_length=2000, required=False, allow_blank=True)
    visibility = serializers.ChoiceField(Visibility.choices, required=False)
    demo = Flag(required=False)


class PartnershipLine(Shape):
    """A partnership in a list. `size` is the number of entries in its record."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    summary = serializers.CharField()
    visibility = serializers.ChoiceField(Visibility.choices)
    demo = serializers.BooleanField(source="log.demo")
    founded_at = serializers.DateTimeField()
    story_day = serializers.DateField(allow_null=True)
    log = serializers.UUIDField(source="log_id")
    size = serializers.IntegerField(source="log.size")


class You(Shape):
    """What who asks is in this partnership."""

    member = serializers.UUIDField(allow_null=True)
    seat = SeatShown(allow_null=True)
    roles = serializers.ListField(child=serializers.CharField())


class GroupShown(Shape):
    """A stakeholder group."""

    id = serializers.UUIDField()
    key = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(GroupKind.choices)
    standing = serializers.ChoiceField(Standing.choices)


class GroupCounted(GroupShown):
    """A group, with how many seats it has and how many of them are held."""

    seat_count = serializers.IntegerField()
    held_count = serializers.IntegerField()


class GroupMade(GroupShown):
    """A group with its seats."""

    seats = SeatShown(many=True)


class Partnership(PartnershipLine):
    """A partnership."""

    you = You()
    groups = GroupCounted(many=True)


class AddGroup(Given):
    """A group to be; `key` is its short sign in rules and counts, `seats` how many seats it has."""

    key = Line(max_length=30)
    name = Line(max_length=120)
    kind = serializers.ChoiceField(GroupKind.choices)
    standing = serializers.ChoiceField(Standing.choices, required=False)
    seats = Count(min_value=0, max_value=500)


class MoveStory(Given):
    """The day it is in the story of a demonstration."""

    day = serializers.DateField()


class GiveRole(Who):
    """Who is to be convenor or auditor."""

    role = serializers.ChoiceField(RoleName.choices)


class RoleGiven(Shape):
    """Who has which role."""

    role = serializers.CharField()
    member = Member()


class Partnerships(Operations):
    """The standing bodies that negotiate."""

    family = "partnerships"

    @operation(query=Window, answer=page_of(PartnershipLine))
    def list_partnerships(self, ask: Ask) -> dict[str, Any]:
        """The partnerships that can be read, newest first: the public ones and one's own."""
        return page(ask, partnerships_for(ask.person), "founded_at", newest_first=True)

    @operation(body=FoundPartnership, answer=Partnership, status=201, throttles=[throttles.Founding])
    def found_partnership(self, ask: Ask) -> With:
        """Found a partnership with a record of its own; whoever founds it convenes it."""
        person = ask.signed_in()
        actor = services.found_partnership(by=person, **ask.data)
        return _partnership(open_partnership(person, actor.partnership.id))

    @operation(answer=Partnership)
    def read_partnership(self, ask: Ask, partnership: UUID) -> With:
        """A partnership with its groups, and what I am in it."""
        return _partnership(open_partnership(ask.person, partnership))

    @operation(body=MoveStory, answer=PartnershipLine)
    def move_story(self, ask: Ask, partnership: UUID) -> Any:
        """Say which day it is in the story of a demonstration. Entries keep the true time they were made at."""
        actor = open_partnership(ask.person, partnership)
        services.move_story(by=actor, **ask.data)
        return open_partnership(ask.person, partnership).partnership


class Groups(Operations):
    """The parties to the negotiation."""

    family = "partnerships"

    @operation(body=AddGroup, answer=GroupMade, status=201)
    def add_group(self, ask: Ask, partnership: UUID) -> With:
        """Add a stakeholder group with its seats, labelled by the group's key and a number."""
        group = services.add_group(by=open_partnership(ask.person, partnership), **ask.data)
        seats = sorted(group.seats.select_related("group"), key=lambda seat: (len(seat.label), seat.label))
        return With(group, seats=seats)


class Roles(Operations):
    """What people do beside or without a seat."""

    family = "partnerships"

    @operation(body=GiveRole, answer=RoleGiven, status=201)
    def give_role(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """Make somebody convenor, auditor or data protection officer."""
        actor = open_partnership(ask.person, partnership)
        require_convenor(actor)
        given = services.give_role(by=actor, **somebody(actor, ask.data))
        ids = pseudonyms(actor.partnership, [given.person_id])
        return {"role": given.name, "member": shown(actor, given.person, ids[given.person_id])}

    @operation()
    def take_role(self, ask: Ask, partnership: UUID, member: UUID, role: str) -> None:
        """End somebody's role. Only an auditor ends an auditor's."""
        actor = open_partnership(ask.person, partnership)
        require_member(actor)
        services.take_role(by=actor, role=role, person=pseudonym_owner(actor.log, member))


def _partnership(viewer: Actor) -> With:
    found = viewer.partnership
    held = Counter(holders(found).values_list("seat__group_id", flat=True))
    me = pseudonyms(found, [viewer.person.id]).get(viewer.person.id) if viewer.person else None
    return With(
        found,
        you={"member": me, "seat": viewer.seat, "roles": sorted(viewer.roles)},
        groups=[With(group, held_count=held[group.id]) for group in groups(found)],
    )

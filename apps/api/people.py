"""Oneself and one's tokens; who sits where; invitations."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.accounts import services as accounts
from apps.accounts.selectors import tokens_of
from apps.api import throttles
from apps.api.naming import Member, Who, shown, somebody
from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Count, Given, Line, Shape, Window, With, page_of
from apps.common.errors import NotAllowed
from apps.partnerships import services
from apps.partnerships.actors import Actor, pseudonym_owner
from apps.partnerships.models import Holding, Pseudonym, Seat
from apps.partnerships.rules import require_convenor, require_member
from apps.partnerships.selectors import group_in, members, open_partnership, places_of, pseudonyms, seat_in, seats


class Place(Shape):
    """What I am in a partnership."""

    id = serializers.UUIDField(source="partnership.id")
    name = serializers.CharField(source="partnership.name")
    seat = serializers.CharField(source="seat.label", default=None, allow_null=True)
    group = serializers.CharField(source="seat.group.key", default=None, allow_null=True)
    roles = serializers.ListField(child=serializers.CharField())


class Me(Shape):
    """Who I am."""

    name = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    partnerships = Place(many=True)


class MakeToken(Given):
    """A token for a program that acts for me."""

    label = Line(max_length=80)  # type: ignore[assignment]
    days = Count(min_value=1, max_value=accounts.DAYS_AT_MOST, default=90)


class Token(Shape):
    """A token, without the secret."""

    id = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]
    made_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)


class TokenMade(Token):
    """A token with the secret, which is shown this once."""

    token = serializers.CharField()


class MemberToken(Shape):
    """A token with which the convenor of a demonstration acts for somebody invented for it."""

    token = serializers.CharField()
    ends_at = serializers.DateTimeField()


class SeatShown(Shape):
    """A seat of a group."""

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    group = serializers.CharField(source="group.key")


class SeatHeld(SeatShown):
    """A seat with who holds it now (null: nobody)."""

    holder = Member(allow_null=True)


class SeatAssigned(Shape):
    """Who sits where, since when."""

    seat = SeatShown()
    member = Member()
    since = serializers.DateTimeField()


class MemberShown(Member):
    """A member with seat and roles."""

    seat = serializers.CharField(allow_null=True)
    group = serializers.CharField(allow_null=True)
    roles = serializers.ListField(child=serializers.CharField())


class SeatWindow(Window):
    """Which seats."""

    group = serializers.CharField(max_length=30, required=False)


class InviteGroup(Given):
    """How many people a link seats, and for how long it works."""

    uses = Count(min_value=1, max_value=500, default=1)
    days = Count(min_value=1, max_value=365, default=30)


class InvitationToken(Given):
    """The secret part of a link of invitation."""

    token = Line(max_length=200)


class AcceptInvitation(InvitationToken):
    """`name` is for who joins without an account."""

    name = Line(max_length=120, required=False, allow_blank=True)


class Invitation(Shape):
    """A link that still works."""

    partnership = serializers.UUIDField(source="group.partnership.id")
    partnership_name = serializers.CharField(source="group.partnership.name")
    group = serializers.CharField(source="group.key")
    group_name = serializers.CharField(source="group.name")
    uses_left = serializers.IntegerField()
    ends_at = serializers.DateTimeField()


class InvitationMade(Shape):
    """A new link; its token is shown this once."""

    token = serializers.CharField()
    invitation = Invitation()


class Joined(Shape):
    """A seat taken. `token` lets who joined without an account act; null for everybody else."""

    partnership = serializers.UUIDField(source="holding.partnership_id")
    seat = SeatShown(source="holding.seat")
    token = serializers.CharField(allow_null=True)


class Myself(Operations):
    """What concerns oneself alone."""

    family = "people"

    @operation(answer=Me)
    def me(self, ask: Ask) -> dict[str, Any]:
        """Who I am, and what I am in which partnership."""
        person = ask.signed_in()
        return {"name": str(person), "email": person.email, "partnerships": places_of(person)}

    @operation(query=Window, answer=page_of(Token))
    def list_tokens(self, ask: Ask) -> dict[str, Any]:
        """My tokens, without their secrets."""
        return page(ask, tokens_of(ask.signed_in()), "made_at")

    @operation(body=MakeToken, answer=TokenMade, status=201, throttles=[throttles.TokenMaking])
    def make_token(self, ask: Ask) -> With:
        """Make a token for a program that acts for me.

        A token cannot make tokens: who has found one could otherwise stay for ever.
        """
        person = ask.signed_in()
        if ask.by_token:
            raise NotAllowed("token.by_token", "Sign in yourself to make a token; a token cannot make another.")
        made, token = accounts.make_token(by=person, **ask.data)
        return With(made, token=token)

    @operation()
    def revoke_token(self, ask: Ask, token_id: int) -> None:
        """Take a token back."""
        accounts.revoke_token(by=ask.signed_in(), id=token_id)


class Seats(Operations):
    """Who sits where."""

    family = "people"

    @operation(query=SeatWindow, answer=page_of(SeatHeld))
    def list_seats(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """The seats, and who holds them: names for members only, of people who use services for the convenor only."""
        actor = open_partnership(ask.person, partnership)
        found = page(ask, seats(actor.partnership, group=ask.query.get("group", "")), "id")
        held = {seat.id: seat.held_now[0] for seat in found["items"] if seat.held_now}
        ids = pseudonyms(actor.partnership, [holding.person_id for holding in held.values()])
        found["items"] = [_seat(actor, seat, held.get(seat.id), ids) for seat in found["items"]]
        return found

    @operation(body=Who, answer=SeatAssigned, status=201)
    def assign_seat(self, ask: Ask, partnership: UUID, seat: UUID) -> dict[str, Any]:
        """Give a free seat to somebody."""
        actor = open_partnership(ask.person, partnership)
        require_convenor(actor)
        place = seat_in(actor.partnership, seat)
        holding = services.assign_seat(by=actor, seat=place, **somebody(actor, ask.data))
        ids = pseudonyms(actor.partnership, [holding.person_id])
        member = shown(actor, holding.person, ids[holding.person_id], place.group)
        return {"seat": place, "member": member, "since": holding.since}

    @operation()
    def vacate_seat(self, ask: Ask, partnership: UUID, seat: UUID) -> None:
        """End the holding of a seat. Ballots already cast stay with the seat."""
        actor = open_partnership(ask.person, partnership)
        require_convenor(actor)
        services.vacate_seat(by=actor, seat=seat_in(actor.partnership, seat))

    @operation(query=Window, answer=page_of(MemberShown))
    def list_members(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """Whoever holds a seat, a role or a mandate. For members only."""
        actor = open_partnership(ask.person, partnership)
        require_member(actor)
        found = page(ask, members(actor.partnership), "id")
        found["items"] = [_member(actor, known) for known in found["items"]]
        return found

    @operation(answer=MemberToken, status=201, throttles=[throttles.MemberTokenMaking])
    def make_member_token(self, ask: Ask, partnership: UUID, member: UUID) -> dict[str, Any]:
        """In a demonstration or rehearsal only: a token, good for a day, to act for somebody whom its convenor has invented.

        Refused for anybody who appears in another log, has ever signed in, came by a link, or has an address at which a real
        person could be reached. The record says that the token was made.
        """
        actor = open_partnership(ask.person, partnership)
        require_convenor(actor)
        token, ends_at = services.make_member_token(by=actor, person=pseudonym_owner(actor.log, member))
        return {"token": token, "ends_at": ends_at}


class Invitations(Operations):
    """Links that seat people in a group."""

    family = "people"

    @operation(body=InviteGroup, answer=InvitationMade, status=201)
    def invite_group(self, ask: Ask, partnership: UUID, key: str) -> dict[str, Any]:
        """Make a link that seats people in a group."""
        actor = open_partnership(ask.person, partnership)
        token = services.invite_group(by=actor, group=group_in(actor.partnership, key), **ask.data)
        return {"token": token, "invitation": services.find_invitation(token)}

    @operation(body=InvitationToken, answer=Invitation)
    def find_invitation(self, ask: Ask) -> Any:
        """What a link invites to."""
        return services.find_invitation(ask.data["token"])

    @operation(body=AcceptInvitation, answer=Joined, status=201, throttles=[throttles.Founding])
    def accept_invitation(self, ask: Ask) -> dict[str, Any]:
        """Take a free seat of the inviting group: with the account that asks, or with no more than a name."""
        token, name = ask.data["token"], ask.data.get("name", "")
        if ask.person is not None:
            return {"holding": services.accept_invitation(token=token, name=name, person=ask.person), "token": None}
        holding, mine = services.join_by_program(token=token, name=name)
        return {"holding": holding, "token": mine}


def _seat(viewer: Actor, seat: Seat, holding: Holding | None, ids: dict[UUID, UUID]) -> With:
    return With(seat, holder=shown(viewer, holding.person, ids.get(holding.person_id), seat.group) if holding else None)


def _member(viewer: Actor, known: Pseudonym) -> dict[str, Any]:
    held = known.person.held_here[0].seat if known.person.held_here else None  # type: ignore[attr-defined]
    return {
        **shown(viewer, known.person, known.id, held.group if held else None),
        "seat": held.label if held else None,
        "group": held.group.key if held else None,
        "roles": [role.name for role in known.person.roles_here],  # type: ignore[attr-defined]
    }

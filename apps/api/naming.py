"""How people are named: by their id in the partnership's log, with name and address only for those who may see them."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.accounts.models import Person
from apps.api.shapes import Given, Line, Shape
from apps.partnerships.actors import Actor, pseudonym_owner
from apps.partnerships.models import StakeholderGroup
from apps.partnerships.rules import can_see_names


class Who(Given):
    """Somebody: a member by id, or a person by e-mail address, or somebody new by name alone."""

    member = serializers.UUIDField(required=False, help_text="The id under which the partnership's log names them.")
    email = Line(required=False, max_length=254)
    name = Line(required=False, max_length=120)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "member" in attrs and ("email" in attrs or "name" in attrs):
            raise serializers.ValidationError({"member": ["either a member, or an e-mail address and a name"]})
        return attrs


class Member(Shape):
    """A person in a partnership. `name` is null for who may not see it, `email` for all but the convenor."""

    member = serializers.UUIDField(allow_null=True)
    name = serializers.CharField(allow_null=True)
    email = serializers.CharField(allow_null=True)


def somebody(actor: Actor, data: dict[str, Any], key: str = "person") -> dict[str, Any]:
    """The same data with a member's id replaced by the person, under `key`."""
    rest = dict(data)
    member = rest.pop("member", None)
    return rest | ({key: pseudonym_owner(actor.log, member)} if member else {})


def shown(viewer: Actor, person: Person, member: UUID | None, group: StakeholderGroup | None = None) -> dict[str, Any]:
    """A person as this viewer may see them. `group` is the group they sit for, if any."""
    named = person == viewer.person or (can_see_names(viewer, group) if group else viewer.is_member)
    return {
        "member": member,
        "name": str(person) if named else None,
        "email": person.email if viewer.is_convenor else None,
    }

"""What the record says about partnerships, groups, seats, roles and mandates."""

from apps.record.domain.schemas import entry_type

entry_type("partnership.founded", required={"name": "str", "visibility": "str", "demo": "bool"})
entry_type("story.moved", required={"day": "date"})
entry_type("group.added", required={"key": "str", "name": "str", "kind": "str", "standing": "str", "seats": "list"})
entry_type("seat.assigned", required={"group": "str", "label": "str", "holder": "id", "how": "str"})
entry_type("seat.vacated", required={"group": "str", "label": "str", "holder": "id"})
entry_type("role.given", required={"role": "str", "holder": "id"})
entry_type("role.taken", required={"role": "str", "holder": "id"})
entry_type("member_token.made", required={"holder": "id", "ends": "str"})
entry_type("invitation.made", required={"group": "str", "uses": "int", "ends": "str"})
entry_type(
    "mandate.recorded",
    required={
        "code": "str",
        "holder": "id",
        "authority": "str",
        "basis_kind": "str",
        "basis": "str",
        "document_sha256": "str",
        "parts": "list",
        "elements": "ids",
        "statutory": "bool",
        "valid_from": "date",
    },
    optional={"valid_until": "date", "review_on": "date"},
)

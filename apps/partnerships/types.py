"""What the record says about partnerships, groups, seats, roles and mandates."""

from apps.record.domain.kinds import text_kind
from apps.record.domain.schemas import entry_type

text_kind("mandate.reason", "Reasons for passing a mandate on or ending it", official=True)

entry_type("partnership.founded", required={"name": "str", "visibility": "str", "demo": "bool"})
entry_type("administrator.signed_in", required={"role": "str"}, audience="auditor")
entry_type("story.moved", required={"day": "date"})
entry_type("papers.asked", required={"days": "int", "days_off": "list"})
entry_type("group.added", required={"key": "str", "name": "str", "kind": "str", "standing": "str", "seats": "list"})
entry_type("seat.assigned", required={"group": "str", "label": "str", "holder": "id", "how": "str"})
entry_type("seat.vacated", required={"group": "str", "label": "str", "holder": "id"})
entry_type("role.given", required={"role": "str", "holder": "id"})
entry_type("role.taken", required={"role": "str", "holder": "id"})
entry_type("member_token.made", required={"holder": "id", "ends": "str"})
entry_type("invitation.made", required={"group": "str", "uses": "int", "ends": "str"})
MANDATE = {
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
}
DATES = {"valid_until": "date", "review_on": "date"}
entry_type("mandate.recorded", required=MANDATE, optional=DATES)
# From version 2 on: what it leaves out, in its own words; the document's name and size; whether what it sets lapses.
entry_type(
    "mandate.recorded",
    required=MANDATE,
    optional=DATES | {"limits": "str", "document": "map", "lapses": "bool"},
    version=2,
)
entry_type("mandate.passed", required={"holder": "id", "reason": "text"}, optional={"from": "id"})
entry_type("mandate.ended", required={"ends": "date", "reason": "text"})

"""What the record says about proposals, offers of change and objections."""

from apps.record.domain.schemas import entry_type

entry_type(
    "proposal.submitted",
    required={
        "action": "str",
        "kind": "str",
        "code": "str",
        "version": "id",
        "patch": "map",
        "base": "int",
        "sponsors": "list",
        "offers_from": "date",
    },
    optional={
        "rationale": "text",
        "offers_until": "date",
        "slot": "str",
        "parent": "id",
        "observed_on": "date",
        "from_offer": "id",
    },
)
entry_type(
    "proposal.revised",
    required={"version": "id", "number": "int", "patch": "map", "base": "int"},
    optional={"rationale": "text", "offer": "id"},
)
entry_type(
    "proposal.revised",
    required={"version": "id", "number": "int", "patch": "map", "base": "int"},
    optional={"rationale": "text", "offers": "ids"},
    version=2,
)
entry_type("proposal.withdrawn", required={}, optional={"reason": "text"})
entry_type(
    "amendment.offered", required={"offer": "id", "group": "str", "on_number": "int", "parts": "list", "reason": "text"}
)
entry_type(
    "amendment.answered",
    required={"offer": "id", "answer": "str", "by_group": "str", "reason": "text"},
    optional={"taken": "map"},
)
entry_type("objection.recorded", required={"objection": "id", "group": "str", "on_number": "int", "reason": "text"})
entry_type("objection.withdrawn", required={"objection": "id"})

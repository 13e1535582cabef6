"""What the record says about frameworks, the founding plan, elements and editions."""

from apps.record.domain.kinds import text_kind
from apps.record.domain.schemas import entry_type

text_kind("edition.note", "Notes with which editions were published", official=True)

entry_type("framework.created", required={"title": "str", "starts_on": "date", "scoring_rule": "int"})
entry_type("gates.set", required={"open": "list"})
entry_type("plan.sealed", required={"elements": "ids", "slots": "list", "state_sha256": "hash"})
entry_type(
    "element.changed",
    required={
        "action": "str",
        "kind": "str",
        "code": "str",
        "number": "int",
        "fields": "map",
        "changed": "list",
        "effective": "date",
    },
)
entry_type("edition.published", required={"number": "int", "state_sha256": "hash"})
entry_type(
    "edition.published",
    version=2,
    required={"number": "int", "state_sha256": "hash", "effective_from": "date"},
    optional={"note": "text"},
)
entry_type("template.offered", required={"offered": "bool"})
entry_type("levels.named", required={"levels": "list"})
entry_type(
    "framework.imported",
    required={"way": "str", "sha256": "hash", "added": "int", "changed": "int", "same": "int", "skipped": "int"},
)

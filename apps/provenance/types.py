"""What the record says about verdicts."""

from apps.record.domain.schemas import entry_type

VERDICT = {
    "rule": "int",
    "rule_hash": "hash",
    "label": "list",
    "flags": "list",
    "document": "map",
    "entries": "list",
    "headline": "str",
}
entry_type("verdict.recorded", required=VERDICT)
# From version 2 on, entry and document say whether the element is ours or required from outside.
entry_type("verdict.recorded", required=VERDICT | {"status": "str"}, version=2)

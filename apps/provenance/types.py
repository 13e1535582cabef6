"""What the record says about verdicts."""

from apps.record.domain.schemas import entry_type

entry_type(
    "verdict.recorded",
    required={
        "rule": "int",
        "rule_hash": "hash",
        "label": "list",
        "flags": "list",
        "document": "map",
        "entries": "list",
        "headline": "str",
    },
)

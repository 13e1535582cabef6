"""Entry types that belong to the record itself. Every other room declares its own in its `types.py`."""

from apps.record.domain.schemas import entry_type

entry_type("act.refused", required={"act": "str", "code": "str"})
entry_type("text.erased", required={"text": "id", "ground": "str"})
entry_type("key.rotated", required={"old": "str", "new": "str"})

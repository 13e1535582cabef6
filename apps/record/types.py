"""Entry types that belong to the record itself. Every other room declares its own in its `types.py`."""

from apps.record.domain.kinds import text_kind
from apps.record.domain.schemas import entry_type

text_kind("record.ground", "Reasons given for erasing or keeping somebody's words", official=True)
entry_type("act.refused", required={"act": "str", "code": "str"})
entry_type("text.erased", required={"text": "id", "ground": "str"})
entry_type("text.erased", version=2, required={"texts": "ids", "ground": "str"}, optional={"rule": "str"})
entry_type("key.rotated", required={"old": "str", "new": "str"})
entry_type("key.retired", required={"old": "str"})
entry_type("witness.added", required={"name": "str", "vkey": "str"})
entry_type("witness.removed", required={"name": "str", "vkey": "str"})
for kept in ("keeper.chosen", "keeper.confirmed", "keeper.tried", "keeper.removed"):
    entry_type(kept, required={"keeper": "id", "name": "str", "how": "str"})
entry_type(
    "history.disputed", required={"size": "int", "root_seen": "hash", "seen_by": "str"}, optional={"root_here": "hash"}
)

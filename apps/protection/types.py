"""What the record says about requests for erasure, retention and exemptions. Who asked is for auditors only."""

from apps.record.domain.kinds import text_kind
from apps.record.domain.schemas import entry_type

text_kind("erasure.request", "Requests for erasure")
entry_type(
    "erasure.requested",
    required={"request": "id", "holder": "id", "through": "str", "due": "date"},
    optional={"words": "text"},
    audience="auditor",
)
entry_type(
    "erasure.refused",
    required={"request": "id", "ground": "str", "rule": "str", "reason": "text"},
    audience="auditor",
)
entry_type(
    "person.erased",
    required={"request": "id", "ground": "str", "rule": "str", "texts": "int", "kept": "map"},
    optional={"reason": "text"},
)
EXPORT = {"what": "str", "format": "str", "entries": "int"}
entry_type("export.made", required=EXPORT, audience="member")
entry_type("audit.exported", required=EXPORT, audience="auditor")
entry_type("retention.set", required={"kind": "str"}, optional={"years": "int"})
entry_type("exemption.marked", required={"text": "id", "ground": "str"})
entry_type("exemption.lifted", required={"text": "id"})

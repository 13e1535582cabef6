"""What the record says about the pulse: that it was opened, which seats have answered, and what the groups said together."""

from apps.record.domain.schemas import entry_type

entry_type("pulse.opened", required={"about": "int", "closes": "date"})
entry_type("pulse.answered", required={})
entry_type("pulse.closed", required={"groups": "list", "answers": "int"})

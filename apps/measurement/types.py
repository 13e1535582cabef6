"""What the record says about the pulse: that it was opened, which seats have answered, and what the groups said together;
needs stated from above, what practice noticed, and how the two hang together."""

from apps.record.domain.kinds import text_kind
from apps.record.domain.schemas import entry_type

text_kind("need.words", "Needs stated from above")
text_kind("alignment.reason", "Why things from above and from practice hang together")
text_kind("noticing.words", "What practice noticed, and what shows it")

entry_type("pulse.opened", required={"about": "int", "closes": "date"})
entry_type("pulse.answered", required={})
entry_type("pulse.closed", required={"groups": "list", "answers": "int"})
entry_type("need.stated", required={"words": "text"}, optional={"group": "str"})
entry_type("need.withdrawn", required={"reason": "text"})
entry_type("alignment.stated", required={"above": "id", "relation": "str", "group": "str", "reason": "text"})
entry_type("practice.noticed", required={"observed_on": "date", "words": "text", "group": "str"})

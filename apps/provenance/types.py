"""What the record says about verdicts and challenges."""

from apps.record.domain.kinds import text_kind
from apps.record.domain.schemas import entry_type

text_kind("challenge.reason", "Reasons for contesting something")
text_kind("challenge.opinion", "What members of a panel said")

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

# Another version of the scoring rule is in force from here on, because a round decided so; verdicts that stand keep theirs.
entry_type("scoring_rule.adopted", required={"rule": "int", "rule_hash": "hash", "before": "int"})

entry_type("challenge.made", required={"about": "int", "subject": "str", "reason": "text"}, optional={"group": "str"})
entry_type("panel.drawn", required={"seats": "ids", "groups": "list", "seed": "hash", "barred": "ids"})
entry_type("panel.changed", required={"out": "id", "reason": "text"}, optional={"seat": "id", "group": "str"})
entry_type("opinion.given", required={"answer": "str", "reason": "text"}, optional={"label": "list"})
entry_type("challenge.answered", required={"answer": "str", "opinions": "list"}, optional={"label": "list"})
entry_type("challenge.withdrawn", required={"reason": "text"})

"""What the record says about proposals, offers of change and objections."""

from apps.record.domain.kinds import text_kind
from apps.record.domain.schemas import entry_type

text_kind("proposal.wording", "Suggested wordings that were not adopted")
text_kind("proposal.rationale", "Reasons for proposals")
text_kind("proposal.withdrawal", "Reasons for withdrawing a proposal")
text_kind("offer.wording", "Changes that were offered")
text_kind("offer.reason", "Reasons for offers of change")
text_kind("offer.answer", "Answers to offers of change")
text_kind("objection.reason", "Objections")
text_kind("comment.words", "Comments, questions and evidence")
text_kind("range.reason", "Reasons why a group could live with a number")
text_kind("comment.quote", "Passages that comments are about")
text_kind("comment.link", "Where evidence lies")

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
entry_type(
    "proposal.submitted",
    version=2,
    required={
        "action": "str",
        "kind": "str",
        "code": "str",
        "version": "id",
        "wording": "text",
        "fields": "list",
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
    version=3,
    required={"version": "id", "number": "int", "wording": "text", "fields": "list", "base": "int"},
    optional={"rationale": "text", "offers": "ids"},
)
entry_type("proposal.withdrawn", required={}, optional={"reason": "text"})
entry_type(
    "amendment.offered", required={"offer": "id", "group": "str", "on_number": "int", "parts": "list", "reason": "text"}
)
entry_type("amendment.withdrawn", required={"offer": "id", "group": "str", "reason": "text"})
entry_type("amendment.joined", required={"offer": "id", "group": "str"})
entry_type("amendment.counter_answered", required={"offer": "id", "answer": "str", "by_group": "str", "reason": "text"})
entry_type(
    "amendment.window_set", required={"offers_from": "date"}, optional={"offers_until": "date", "offers_each": "int"}
)
entry_type(
    "amendment.answered",
    required={"offer": "id", "answer": "str", "by_group": "str", "reason": "text"},
    optional={"taken": "map"},
)
entry_type(
    "amendment.offered",
    version=2,
    required={
        "offer": "id",
        "group": "str",
        "on_number": "int",
        "wording": "text",
        "fields": "list",
        "parts": "list",
        "reason": "text",
    },
)
entry_type(
    "amendment.answered",
    version=2,
    required={"offer": "id", "answer": "str", "by_group": "str", "reason": "text"},
    optional={"taken": "text", "fields": "list"},
)
entry_type(
    "amendment.offered",
    version=3,  # names the offer it replaces, or answers with a counter-offer
    required={
        "offer": "id",
        "group": "str",
        "on_number": "int",
        "wording": "text",
        "fields": "list",
        "parts": "list",
        "reason": "text",
    },
    optional={"replaces": "id", "counters": "id"},
)
entry_type("objection.recorded", required={"objection": "id", "group": "str", "on_number": "int", "reason": "text"})
entry_type("objection.withdrawn", required={"objection": "id"})
entry_type(
    "comment.made",
    required={"comment": "id", "kind": "str", "on_number": "int", "words": "text"},
    optional={"field": "str", "group": "str", "answers": "id", "link": "text", "quote": "text"},
)
entry_type("comment.taken_back", required={"comment": "id"})
entry_type("proposal.derived", required={"parent": "id", "kind": "str"})
entry_type(
    "range.stated",
    required={"range": "id", "group": "str", "field": "str", "reason": "text"},
    optional={"low": "decimal", "high": "decimal"},
)
text_kind("package.title", "What packages are about")
text_kind("package.reason", "Why proposals stand or fall together")
text_kind("commitment.what", "What groups promised to bring")
text_kind("ratification.evidence", "What shows that something was ratified")
entry_type("package.made", required={"title": "text", "proposals": "ids", "reason": "text"})
entry_type("package.dissolved", required={"reason": "text"})
entry_type("commitment.made", required={"commitment": "id", "group": "str", "what": "text", "due": "date"})
entry_type("commitment.kept", required={"commitment": "id"})
entry_type("commitment.reminded", required={"commitment": "id", "group": "str", "stage": "str", "due": "date"})
entry_type("ratification.asked", required={"group": "str", "due": "date"})
entry_type("ratification.answered", required={"group": "str", "answer": "str"}, optional={"evidence": "text"})
entry_type("drafting.declared", required={"group": "str"})
entry_type("drafting.tabled", required={"group": "str", "since": "date"})

"""What the record says about rules, rounds, ballots, decisions and impositions."""

from apps.record.domain.kinds import text_kind
from apps.record.domain.schemas import entry_type

text_kind("imposition.reason", "Reasons of who decided alone", official=True)
text_kind("inherited.evidence", "Evidence of what was in force before")
text_kind("round.interest", "Interests declared before a vote")
text_kind("round.ruling", "Rulings on declared interests", official=True)
text_kind("note.correction", "Corrections of decision notes", official=True)
text_kind("ballot.reason", "Reasons given with votes")
text_kind("outside.evidence", "Evidence of what was set from outside")

entry_type("rule.registered", required={"rule": "id", "title": "str", "document": "map", "rule_hash": "hash"})
entry_type(
    "rule.registered",
    version=2,  # what the rule made of votes it was tried on before
    required={"rule": "id", "title": "str", "document": "map", "rule_hash": "hash"},
    optional={"simulation": "map"},
)
entry_type("round.drafted", required={"title": "str", "rule_hash": "hash"})
entry_type(
    "round.drafted",
    version=2,  # the phases planned before the vote; which round it takes up again, and how many there are with it
    required={"title": "str", "rule_hash": "hash", "number": "int"},
    optional={"plan": "list", "follows": "id"},
)
entry_type("round.announced", optional={"starts_at": "str"})
entry_type("phase.begun", required={"phase": "str"}, optional={"until": "str"})
entry_type(
    "phase.begun",
    version=2,  # how many seats of each deciding group had said that they were ready, where a phase was left
    required={"phase": "str"},
    optional={"until": "str", "ready": "map"},
)
entry_type("hand.raised", required={"group": "str"})
entry_type("hand.lowered", required={"group": "str"})
entry_type("floor.given", required={"group": "str", "chosen": "bool"}, optional={"until": "str"})
entry_type("floor.ended", required={"group": "str", "seconds": "int"})
entry_type("ready.said", required={"group": "str", "phase": "str", "ready": "bool"})
entry_type("coming.said", required={"group": "str", "answer": "str", "noted": "bool"}, audience="member")
AROUND = ("hand.raised", "hand.lowered", "floor.given", "floor.ended", "ready.said", "coming.said")
"""What seats say around the vote of a round, and what changes nothing of it: told by how things stand, never one by one."""
entry_type("round.paused", optional={"why": "str"})
entry_type("round.resumed", optional={"until": "str"})
entry_type("round.extended", required={"until": "str"})
entry_type(
    "round.opened",
    required={
        "title": "str",
        "rule_hash": "hash",
        "items": "list",
        "secrecy": "str",
        "advisory": "bool",
        "binding": "bool",
        "entitled": "map",
    },
    optional={"effective": "date", "closes_at": "str", "review_on": "date"},
)
entry_type(
    "round.opened",
    version=2,  # seats that left the vote on an item: item -> group -> how many
    required={"title": "str", "rule_hash": "hash", "items": "list", "secrecy": "str", "advisory": "bool", "binding": "bool",
              "entitled": "map"},
    optional={"effective": "date", "closes_at": "str", "review_on": "date", "out": "map"},
)  # fmt: skip
entry_type(
    "round.opened",
    version=3,  # how many seats of each deciding group had said that they were ready for the vote
    required={"title": "str", "rule_hash": "hash", "items": "list", "secrecy": "str", "advisory": "bool", "binding": "bool",
              "entitled": "map"},
    optional={"effective": "date", "closes_at": "str", "review_on": "date", "out": "map", "ready": "map"},
)  # fmt: skip
entry_type("papers.sent", required={"title": "str", "day": "date", "items": "list"})
entry_type("interest.declared", required={"item": "id", "group": "str", "reason": "text"})
entry_type("interest.ruled", required={"item": "id", "group": "str", "leaves": "bool", "reason": "text"})
entry_type("note.corrected", required={"correction": "text"})
entry_type(
    "ballot.cast",
    required={"item": "id", "group": "str", "version": "id"},
    optional={"choice": "str", "commitment": "hash"},
)
entry_type(
    "ballot.cast",
    version=2,  # on paper or by show of hands: who entered it
    required={"item": "id", "group": "str", "version": "id"},
    optional={"choice": "str", "commitment": "hash", "means": "str", "witnesses": "ids"},
)
entry_type("reason.recorded", required={"item": "id", "groups": "list", "words": "text"})
entry_type("paper.entered", required={"item": "id", "group": "str", "means": "str"})
entry_type("paper.discarded", required={"item": "id", "group": "str"})
entry_type("round.closed", required={"ballots": "int"})
entry_type("round.tallied", required={"items": "list", "rule_hash": "hash", "ballots_sha256": "hash"})
entry_type(
    "round.tallied",
    version=2,  # of a secret round: how many of each group chose what, which is all that is left of its ballots
    required={"items": "list", "rule_hash": "hash", "ballots_sha256": "hash"},
    optional={"multiset": "list", "multiset_sha256": "hash"},
)
entry_type(
    "decision.made",
    required={"outcome": "str", "adopted": "bool", "action": "str", "proposal": "id", "version": "id", "rule_hash": "hash",
              "effective": "date", "reason": "str", "dissent": "list"},
    optional={"act": "map"},
)  # fmt: skip
IMPOSITION = {"mandate": "id", "action": "str", "patch": "map", "parts": "list", "reason_code": "str", "reason": "text",
              "effective": "date", "act": "map"}  # fmt: skip
entry_type("imposition.made", required=IMPOSITION, optional={"proposal": "id", "review_on": "date"})
# From version 2 on: the numbers of the entries that went before it, which is what its method rests on.
entry_type(
    "decision.made",
    version=2,  # of several proposals decided together: the name of this one, those chosen in order, the other proposals
    required={"outcome": "str", "adopted": "bool", "action": "str", "proposal": "id", "version": "id", "rule_hash": "hash",
              "effective": "date", "reason": "str", "dissent": "list"},
    optional={"act": "map", "alternative": "str", "chosen": "list", "together_with": "ids"},
)  # fmt: skip
entry_type(
    "imposition.made",
    required=IMPOSITION | {"before": "list"},
    optional={"proposal": "id", "review_on": "date"},
    version=2,
)
entry_type(
    "imposition.lapsed", required={"action": "str", "patch": "map", "parts": "list", "effective": "date", "act": "map"}
)
entry_type("review.called", required={"stage": "str", "due": "date", "parts": "list"})
entry_type(
    "inheritance.recorded",
    required={"kind": "str", "code": "str", "patch": "map", "parts": "list", "evidence": "text", "effective": "date",
              "act": "map"},
    optional={"parent": "id"},
)  # fmt: skip
entry_type(
    "outside.recorded",
    required={"patch": "map", "parts": "list", "evidence": "text", "effective": "date", "act": "map"},
)
entry_type(
    "reservation.recorded",
    required={"reservation": "id", "group": "str", "kind": "str", "words": "text"},
    optional={"review_on": "date", "condition": "text"},
)
entry_type(
    "dissent.review_called",
    required={"group": "str", "parts": "list"},
    optional={"reservation": "id", "reason": "text"},
)
text_kind("reservation.words", "Disagreement with what was decided")
text_kind("reservation.condition", "Conditions under which disagreement calls a review")
text_kind("reservation.called", "Reasons for calling such a review")

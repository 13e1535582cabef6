"""Decision rules with stakeholder groups, counted exactly. An auditor runs it from two files, outside the platform."""

from apps.consensus.ballots import Row, ballots_sha256
from apps.consensus.explaining import GroupInfo, explain, explain_together, least_present, lone_vetoes
from apps.consensus.parsing import parse_rule, rule_hash
from apps.consensus.results import GroupResult, ItemResult, Result
from apps.consensus.rules import Outcome, Rule
from apps.consensus.tallying import choices, tally, valid_choice
from apps.consensus.writing import (
    BallotForm,
    ballot_form,
    read_approvals,
    read_ranking,
    read_scores,
    write_approvals,
    write_ranking,
    write_scores,
)

__all__ = [
    "BallotForm",
    "GroupInfo",
    "GroupResult",
    "ItemResult",
    "Outcome",
    "Result",
    "Row",
    "Rule",
    "ballot_form",
    "ballots_sha256",
    "choices",
    "explain",
    "explain_together",
    "least_present",
    "lone_vetoes",
    "parse_rule",
    "read_approvals",
    "read_ranking",
    "read_scores",
    "rule_hash",
    "tally",
    "valid_choice",
    "write_approvals",
    "write_ranking",
    "write_scores",
]

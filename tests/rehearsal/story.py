"""A small story for tests: three groups agree on a measure from practice, and an imposition without mandate is refused."""

from copy import deepcopy
from typing import Any

RULE = {
    "version": 1,
    "method": {"kind": "majority"},
    "groups": {"deciding": ["A", "F", "U"], "composition": {"kind": "all"}},
}
SLEEP = {
    "title": "Sleep",
    "definition": "Adults who sleep through",
    "unit": "%",
    "polarity": "up",
    "baseline": {"value": "40"},
    "data_source": "A question at the first visit",
    "population": "Adults",
    "periods": "yearly",
    "consequence": "none",
}
STORY: dict[str, Any] = {
    "version": 1,
    "title": "A small story",
    "partnership": {
        "name": "Smallbrook",
        "groups": [
            {"key": "A", "name": "Agency", "kind": "agency", "seats": 2},
            {"key": "F", "name": "Frontline staff", "kind": "frontline", "seats": 2},
            {"key": "U", "name": "People who use services", "kind": "users", "seats": 2},
        ],
        "cast": [
            {"key": "orla", "name": "Orla", "roles": ["founder"]},
            {"key": "gareth", "name": "Gareth", "group": "A"},
            {"key": "ify", "name": "Ify", "group": "F"},
            {"key": "pat", "name": "Pat", "group": "U", "joins": "link"},
            {"key": "helen", "name": "Helen"},
            {"key": "tomasz", "name": "Tomasz", "roles": ["auditor"]},
        ],
    },
    "steps": [
        {
            "on": "2024-01-01",
            "by": "orla",
            "do": "create_framework",
            "with": {"partnership": "$partnership.id", "title": "Living well", "starts_on": "2024-01-01"},
            "as": "framework",
        },
        {"by": "orla", "do": "seal_plan", "with": {"framework": "$framework.id"}},
        {
            "by": "orla",
            "do": "register_rule",
            "with": {"framework": "$framework.id", "title": "Every group", "document": RULE},
            "as": "rule",
        },
        {
            "by": "ify",
            "do": "submit_proposal",
            "with": {
                "framework": "$framework.id",
                "action": "add",
                "kind": "measure",
                "code": "S",
                "patch": SLEEP,
                "rationale": "We see it every day.",
                "offers_until": "2024-01-31",
            },
            "as": "sleep",
        },
        {
            "say": "An offer is made and taken.",
            "by": "gareth",
            "do": "offer_change",
            "with": {"proposal": "$sleep.id", "patch": {"periods": "twice a year"}, "reason": "To see it move."},
            "as": "offer",
        },
        {"by": "ify", "do": "answer_offer", "with": {"offer": "$offer.id", "answer": "accepted", "reason": "Good."}},
        {
            "by": "orla",
            "do": "record_mandate",
            "with": {
                "partnership": "$partnership.id",
                "holder": "helen",
                "code": "MD",
                "authority": "the chair",
                "basis_kind": "law",
                "basis": "an order",
                "parts": ["target"],
                "valid_from": "2024-02-01",
            },
            "as": "mandate",
        },
        {
            "on": "2024-02-01",
            "by": "orla",
            "do": "draft_round",
            "with": {
                "framework": "$framework.id",
                "title": "The round",
                "rule": "$rule.id",
                "proposals": ["$sleep.id"],
            },
            "as": "round",
        },
        {"by": "orla", "do": "open_round", "with": {"round": "$round.id"}},
        {
            "by": "orla",
            "do": "vote",
            "with": {
                "round": "$round.id",
                "item": "$round.items.0.id",
                "A": {"for": 2},
                "F": {"for": 1, "abstain": 1},
                "U": {"for": 1},
            },
        },
        {"by": "orla", "do": "close_round", "with": {"round": "$round.id"}},
        {
            "by": "gareth",
            "do": "read_round",
            "with": {"round": "$round.id"},
            "expect": {"state": "tallied", "items.0.tally.result.outcome": "agreed"},
        },
        {
            "by": "helen",
            "do": "impose",
            "with": {
                "framework": "$framework.id",
                "mandate": "$mandate.id",
                "element": "$sleep.element",
                "patch": {"periods": "daily"},
                "reason_code": "law",
                "reason": "So it is.",
            },
            "expect": {"status": 403, "code": "mandate.scope"},
        },
    ],
    "table": [{"measure": "$sleep.element", "label": "negotiated, emergent"}],
}


def story(**changes: Any) -> dict[str, Any]:
    """A copy of the small story, with these top-level keys instead."""
    return deepcopy(STORY) | changes


def with_step(step: dict[str, Any], at: int = 0) -> dict[str, Any]:
    """The small story with one more step."""
    told = story()
    told["steps"].insert(at, step)
    return told


def last_of(told: dict[str, Any], do: str) -> dict[str, Any]:
    """The last step that does this."""
    found: dict[str, Any] = [step for step in told["steps"] if step.get("do") == do][-1]
    return found

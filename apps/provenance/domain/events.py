"""From the entries of the record to the history that the scoring rule reads.

An entry that decided something about an element carries `data.act`, with the keys of an act in a history file. Nothing
else in the record counts, so an auditor who has the entries has all that a verdict rests on.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from apps.provenance.domain import figures, reading
from apps.provenance.domain.acts import History
from apps.provenance.domain.history import read_history
from apps.provenance.domain.rule import RULE_1, Rule


def history_from_events(
    events: Iterable[Mapping[str, Any]],
    groups: Mapping[str, str],
    plan_sealed_on: date,
    until: date,
    element: str = "measure",
    rule: Rule = RULE_1,
) -> History:
    """The history told by the entries concerning one element; each act keeps the number of its entry.

    `groups` gives the kind of each group named in the acts. `Invalid` if the acts make no history, or there are none.
    """
    return read_history(history_document(events, groups, plan_sealed_on, until, element, rule), rule)


def history_document(
    events: Iterable[Mapping[str, Any]],
    groups: Mapping[str, str],
    plan_sealed_on: date,
    until: date,
    element: str = "measure",
    rule: Rule = RULE_1,
) -> dict[str, Any]:
    """The same history as the JSON object that `score` reads from a file.

    Acts stand in the order in which they came into force. One that comes into force after `until` is already decided,
    so the history is then read at that later time.
    """
    acts = [_act(event, plan_sealed_on) for event in events if isinstance(event["data"].get("act"), Mapping)]
    times = {act["entry"]: reading.number(act["t"], f"entry {act['entry']}: t") for act in acts}
    acts.sort(key=lambda act: (times[act["entry"]], act["entry"]))
    return {
        "version": rule.version,
        "element": element,
        "groups": dict(groups),
        "until": figures.time(max([_years(until, plan_sealed_on), *times.values()])),
        "acts": acts,
    }


def _act(event: Mapping[str, Any], plan_sealed_on: date) -> dict[str, Any]:
    """The act an entry carries, dated by the day it came into force: as stated, else the day of the entry."""
    act = dict(event["data"]["act"])
    act.setdefault("on", event["data"].get("effective") or event["at"][:10])
    act.setdefault("t", figures.time(_years(date.fromisoformat(act["on"]), plan_sealed_on)))
    return {**act, "entry": event["seq"]}


def _years(day: date, start: date) -> Fraction:
    """Years from `start`, by quarters: an act counts from the first day of the quarter in which it comes into force."""
    return Fraction(_quarter(day) - _quarter(start), 4)


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3

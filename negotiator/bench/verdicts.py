"""The matrix of a large framework, and all its verdicts computed anew.

400 measures with ten deciding acts each over twenty years. The acts are entries of a real record and their verdicts are made
by the reader that makes them on the platform; what is left out is the deliberation before each act.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from apps.accounts.models import Person
from apps.deliberation.models import Decision
from apps.frameworks.models import Element, Framework
from apps.frameworks.services import create_framework
from apps.partnerships.actors import Actor
from apps.partnerships.services import add_group, found_partnership
from apps.provenance.checks import check
from apps.record.act import act
from apps.record.domain.entry import moment
from apps.record.readers import advance
from negotiator.bench.measuring import Measured

MEASURES, ACTS, FIRST_YEAR = 400, 10, 2006
GROUPS = {"A": "agency", "P": "provider", "F": "frontline", "T": "managers", "C": "community", "U": "users"}
PARTS = ("definition", "formula", "target", "source", "population", "frequency", "consequence")
TIMES = 5
ADOPTED = {
    "outcome": "agreed",
    "adopted": True,
    "action": "change",
    "proposal": str(UUID(int=0)),
    "version": str(UUID(int=0)),
    "rule_hash": "0" * 64,
    "reason": "",
    "dissent": [],
}


def measure() -> Iterator[Measured]:
    """The page with all its marks, as the server makes it; then every verdict from its entries."""
    framework = framework_of_many_years()
    page = _seconds(lambda: _page(framework)) * 1000
    yield Measured(f"the picture of {MEASURES} measures with 20 years of events", page, "ms", at_most=300)
    started = perf_counter()
    findings = list(check(framework.partnership.log))
    took = perf_counter() - started
    if findings:
        raise RuntimeError(f"the verdicts that were measured do not come out again: {findings[0]}")
    yield Measured(f"{MEASURES * ACTS} verdicts computed anew and compared", took, "s", at_most=10)


def framework_of_many_years() -> Framework:
    """A framework of 400 measures, each decided on ten times within twenty years."""
    chance = random.Random(7)
    convenor = found_partnership(by=Person.objects.create_user(name="Founder"), name="Twenty years")
    for key, kind in GROUPS.items():
        add_group(by=convenor, key=key, name=f"Group {key}", kind=kind, seats=1)
    framework = create_framework(by=convenor, title="Twenty years", starts_on=date(FIRST_YEAR, 1, 1))
    measures = Element.objects.bulk_create(
        Element(framework=framework, kind="measure", code=f"M{number}", number=1, fields={"title": f"Measure {number}"})
        for number in range(1, MEASURES + 1)
    )
    for turn in range(ACTS):
        _decide(convenor, framework, {one.id: _act(chance, turn) for one in measures}, turn, chance)
    advance("verdict", framework.partnership.log_id)
    return framework


def _act(chance: random.Random, turn: int) -> dict[str, Any]:
    """An act as decisions leave it: agreed, voted through, set alone or confirmed."""
    groups, alone = list(GROUPS), turn > 0 and chance.random() < 0.25
    some = chance.sample(groups, chance.randint(2, 6))
    told = {
        "type": "adopt" if turn == 0 else chance.choice(("change", "change", "confirm")),
        "parts": list(PARTS) if turn == 0 else chance.sample(PARTS, chance.randint(1, 4)),
        "method": chance.choice(("vote", "concurrent", "consent")),
        "origin": chance.choice(("authority", "joint", "practice")),
        "timing": chance.choice(("plan", "foreseen", "unforeseen")),
        "entitled": groups,
        "concurring": some,
        "objecting": [],
        "initiators": ["A"],
        "window": True,
        "offers": {key: [chance.randint(0, 2), 2] for key in chance.sample(groups[1:], 2)},
        "binding": True,
    }
    return told | ({"type": "impose", "method": "consult", "concurring": [], "objecting": some} if alone else {})


def _decide(
    convenor: Actor, framework: Framework, acts: Mapping[UUID, dict[str, Any]], turn: int, chance: random.Random
) -> None:
    """Every second year something is decided on every measure, in some quarter."""
    rows = []
    with act(by=convenor.by, log=framework.partnership.log_id) as a:
        for element, told in acts.items():
            day = date(FIRST_YEAR + 2 * turn, chance.choice((1, 4, 7, 10)), 1)
            data = ADOPTED | {"effective": day.isoformat(), "act": told}
            entry = a.add("decision.made", data, on={"element": element, "framework": framework.id})
            more = {"seq": entry.seq, "decided_at": moment(entry.at), "effective": day, "act": told, "element": element}
            rows.append(Decision(framework=framework, kind="decision", adopted=True, outcome="agreed", **more))
        Decision.objects.bulk_create(rows)


def _page(framework: Framework) -> None:
    answer = Client().get(reverse("matrix", args=[framework.id]))
    if answer.status_code != 200:
        raise RuntimeError(f"the page answered {answer.status_code}")


def _seconds(run: Callable[[], object]) -> float:
    """The median of several runs, after one that warms up."""
    run()
    times = []
    for _ in range(TIMES):
        started = perf_counter()
        run()
        times.append(perf_counter() - started)
    return median(times)

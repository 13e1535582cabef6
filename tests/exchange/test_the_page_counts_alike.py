"""The code of verify.html counts and scores exactly as the Python does, on cases of every kind made by chance."""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from apps.common.errors import Invalid
from apps.consensus import Row, Rule, parse_rule, tally
from apps.deliberation.domain.secret import multiset, multiset_faults, multiset_sha256, secret_rows
from apps.exchange.domain.wording import without_words
from apps.provenance.domain.history import read_history
from apps.provenance.domain.rule import RULE_1
from apps.provenance.domain.scoring import score
from apps.record.domain.entry import Entry
from tests.exchange.asking import ask

ROOT = Path(__file__).resolve().parents[2]
GROUPS = ("a", "b", "c")
NAMES = ("A", "B", "C", "D")
LISTED = {"tie_break": "listed"}
LOT = {"tie_break": {"lot": "8 May"}}
IN = [{"range": [7, 9], "at_least": "0.70"}, {"range": [1, 3], "below": "0.15"}]
OUT = [{"range": [1, 3], "above": "1/2"}, {"range": [7, 9], "at_most": "1/4"}]
RANKED = ["irv", "schulze", "ranked_pairs"]
SEVERAL = ["sequential_pav", "phragmen", "equal_shares"]
METHODS: list[dict[str, Any]] = [
    {"kind": "majority"},
    {"kind": "majority", "threshold": {"share": "2/3", "strict": False, "of": "entitled"}},
    {"kind": "consensus", "blocks": 1, "stand_asides": "1/4", "active": "1/3"},
    {"kind": "consensus"},
    {"kind": "consent"},
    {"kind": "rating", "criterion": "share", "in": IN, "out": OUT, "unable": "in_denominator"},
    {"kind": "rating", "criterion": "median", "at_least": "6.5"},
    *(
        {"kind": "rating", "criterion": "ram", "disagreement": rule, "percentile": percentile}
        for rule in ("ipras", "table", "third")
        for percentile in ("type7", "type6", "sas5")
    ),
    {"kind": "approval", "alternatives": NAMES},
    {"kind": "approval", "alternatives": NAMES} | LOT,
    {"kind": "score", "alternatives": NAMES},
    {"kind": "star", "alternatives": NAMES},
    {"kind": "majority_judgment", "alternatives": NAMES},
    {"kind": "majority_judgment", "alternatives": NAMES, "blank": "excluded"} | LISTED,
    {"kind": "borda", "alternatives": NAMES},
    {"kind": "borda", "alternatives": NAMES, "truncated": "zero"},
    *({"kind": kind, "alternatives": NAMES} | more for kind in RANKED for more in ({}, LISTED)),
    *({"kind": "stv", "variant": v, "alternatives": NAMES, "seats": 2} for v in ("scottish", "meek")),
    *({"kind": kind, "alternatives": NAMES, "seats": 2} for kind in SEVERAL),
    {"kind": "equal_shares", "alternatives": NAMES, "seats": 3, "completion": "none"},
]
COMPOSITIONS: list[dict[str, Any]] = [
    {"kind": "all"},
    {"kind": "at_least", "n": 2},
    {"kind": "pooled"},
    {"kind": "weighted", "pooled": "3/5", "each": "2/5"},
]


def choice(chance: random.Random, method: dict[str, Any]) -> str:
    kind = method["kind"]
    if chance.random() < 0.1:
        return chance.choice(["", "abstain"])
    if kind in {"majority", "consensus", "consent"}:
        words = {
            "majority": "for against",
            "consensus": "consent stand_aside block",
            "consent": "consent object overruled",
        }
        return chance.choice(words[kind].split())
    if kind == "rating":
        return chance.choice([*map(str, range(1, 10)), "7", "8", "unable"])
    chosen = chance.sample(NAMES, chance.randint(1, 4))
    if kind in {"approval", *SEVERAL}:
        return "|".join(chosen)
    if kind in {"score", "star", "majority_judgment"}:
        return "|".join(f"{name}:{chance.randint(0, 5)}" for name in chosen)
    return "".join(f"{name}{chance.choice('>>=')}" for name in chosen)[:-1]


def case(chance: random.Random, method: dict[str, Any]) -> dict[str, Any]:
    composition = chance.choice(COMPOSITIONS)
    if composition["kind"] == "weighted" and method["kind"] not in {"majority", "consensus", "consent"}:
        composition = {"kind": "all"}
    groups: dict[str, Any] = {"deciding": ["a", "b"], "composition": composition}
    if chance.random() < 0.3:
        groups["absent"] = "excluded"
    if chance.random() < 0.3:
        groups["overrides"] = {"a": {"quorum": {"share": "1/4"}}}
    rule: dict[str, Any] = {"version": 1, "method": method, "groups": groups}
    if chance.random() < 0.5:
        rule["quorum"] = {"share": chance.choice(["1/2", "1/3", "0.9"]), "of": "entitled"}
    seats = {group: chance.randint(1, 9) for group in GROUPS}
    rows = [
        (item, group, f"{group}{seat}", choice(chance, method))
        for item in ("one", "two")
        for group in GROUPS
        for seat in range(chance.randint(0, seats[group]))
    ]
    out = {item: _left(chance, item, seats, rows) for item in ("one", "three") if chance.random() < 0.4}
    return {"do": "tally", "rule": rule, "rows": rows, "entitled": seats, "items": ["one", "three"], "out": out}


def _left(chance: random.Random, item: str, seats: dict[str, int], rows: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """Seats that have left the vote: some or all of those of one group without a ballot."""
    group = chance.choice(GROUPS)
    without = seats[group] - sum(row[:2] == (item, group) for row in rows)
    return {group: chance.randint(1, without)} if without else {}


@pytest.mark.parametrize("number", range(len(METHODS)), ids=[f"{m['kind']}-{n}" for n, m in enumerate(METHODS)])
def test_every_method_counts_alike(number: int, tmp_path: Path) -> None:
    chance = random.Random(number)
    cases = [case(chance, METHODS[number]) for _ in range(40)]
    for asked, told in zip(cases, ask(cases, tmp_path), strict=True):
        rows = [Row(*row) for row in asked["rows"]]
        result = tally(parse_rule(asked["rule"]), rows, asked["entitled"], items=asked["items"], out=asked["out"])
        assert told.get("error") is None, told
        assert told["sha256"] == result.ballots_sha256
        assert told["items"] == without_words([item.to_json() for item in result.items]), asked


@pytest.mark.parametrize("number", range(len(METHODS)), ids=[f"{m['kind']}-{n}" for n, m in enumerate(METHODS)])
def test_what_is_left_of_a_secret_round_counts_alike_and_as_its_ballots_did(number: int, tmp_path: Path) -> None:
    chance = random.Random(number)
    cases = [case(chance, METHODS[number]) for _ in range(10)]
    rule = parse_rule(cases[0]["rule"])
    left = [secret_rows(multiset(_spelled(rule, one["rows"]))) for one in cases]
    asked = [one | {"rows": rows} for one, rows in zip(cases, left, strict=True)]
    for one, rows, told in zip(cases, left, ask(asked, tmp_path), strict=True):
        rule, entitled = parse_rule(one["rule"]), one["entitled"]
        before = tally(rule, [Row(*row) for row in one["rows"]], entitled, items=one["items"], out=one["out"])
        after = tally(rule, rows, entitled, items=one["items"], out=one["out"])
        assert after.items == before.items
        assert told["sha256"] == after.ballots_sha256
        assert told["items"] == without_words([item.to_json() for item in after.items])


def _spelled(rule: Rule, rows: Sequence[tuple[str, ...]]) -> list[Row]:
    """Rows with their choices as ballots hold them."""
    return [Row(item, group, seat, rule.method.canonical(choice)) for item, group, seat, choice in rows]


def left_of(chance: random.Random) -> tuple[object, str, list[Entry]]:
    """What is left of a secret round by chance, sometimes not as it should be, and the entries of its ballots."""
    rows = [
        Row(item, group, f"{group}{seat}", chance.choice(["for", "against", "Ü,;\U0001f600"]))
        for item in ("one", "two")
        for group in GROUPS
        for seat in range(chance.randint(0, 4))
    ]
    cast = [_ballot(seq, row, chance) for seq, row in enumerate(rows)]
    lines: Any = multiset(rows)
    digest = multiset_sha256(lines)
    spoil = chance.choice(["", "", "count", "order", "twice", "gone", "group", "choice", "shape", "digest"])
    if not lines or not spoil:
        return lines, digest, cast
    line = chance.choice(lines)
    if spoil == "count":
        line["count"] = chance.choice([0, -1, 1, 2, 9, True, "2", 1.5])
    elif spoil == "order":
        chance.shuffle(lines)
    elif spoil == "twice":
        lines.append(dict(line))
    elif spoil == "gone":
        lines.remove(line)
    elif spoil in {"group", "choice"}:
        line[spoil] = chance.choice(["a", "b", "for", "", 7, None])
    elif spoil == "shape":
        lines = chance.choice([None, {}, "", [[]], [{"item": "one"}], [*lines, line | {"seat": "a1"}]])
    return lines, "0" * 64 if spoil == "digest" else digest, cast


def _ballot(seq: int, row: Row, chance: random.Random) -> Entry:
    shown = chance.choice([{}] * 20 + [{"choice": row.choice}, {"commitment": "0" * 64}])
    return Entry(
        log="0" * 8 + "-0000-0000-0000-" + "0" * 12,
        seq=seq,
        at="2026-11-23T14:05:09.123456Z",
        type="ballot.cast",
        by={"seat": row.seat},
        on={},
        data={"item": row.item, "group": row.group} | shown,
    )


def test_both_find_the_same_wrong_with_what_is_left_of_secret_ballots(tmp_path: Path) -> None:
    cases = [left_of(random.Random(number)) for number in range(400)]
    asked = [
        {"do": "left", "lines": lines, "digest": digest, "cast": [json.loads(entry.to_bytes()) for entry in cast]}
        for lines, digest, cast in cases
    ]
    found = 0
    for (lines, digest, cast), told in zip(cases, ask(asked, tmp_path), strict=True):
        here = list(multiset_faults(lines, digest, cast))
        assert told == here, (lines, cast)
        found += bool(here)
    assert 100 < found < 400


def histories() -> list[dict[str, Any]]:
    worked = json.loads((ROOT / "tests" / "provenance" / "domain" / "demo_histories.json").read_text())
    told = worked["histories"] if isinstance(worked, dict) else worked
    return [
        *({k: v for k, v in one.items() if k != "expected"} for one in told),
        *(history(random.Random(number)) for number in range(120)),
    ]


def history(chance: random.Random) -> dict[str, Any]:
    """A history by chance that the rule accepts."""
    kinds = ["agency", "provider", "frontline", "managers", "community", "users", "observer"]
    while True:
        groups = {f"g{n}": chance.choice(kinds) for n in range(chance.randint(2, 5))}
        acts = [act(chance, list(groups), first=number == 0) for number in range(chance.randint(1, 6))]
        acts.sort(key=lambda one: float(one["t"]))
        found = {
            "version": 1,
            "element": chance.choice(["measure", "value"]),
            "groups": groups,
            "until": "9.0",
            "acts": acts,
        }
        try:
            score(read_history(found), RULE_1)
        except Invalid:
            continue
        return found


def act(chance: random.Random, groups: list[str], *, first: bool) -> dict[str, Any]:
    types = (
        ["adopt", "impose", "set_outside"]
        if first
        else ["change", "impose", "confirm", "set_outside", "lapse", "retire"]
    )
    type_ = chance.choice(types)

    def some() -> list[str]:
        return chance.sample(groups, chance.randint(0, len(groups)))

    alone = type_ in {"impose", "set_outside"}
    made: dict[str, Any] = {"t": f"{chance.randint(0, 32) / 4}", "type": type_}
    if type_ not in {"retire", "lapse"}:
        made |= {
            "method": chance.choice(
                ["decree", "inform", "consult", "involve"] if alone else ["vote", "concurrent", "consent"]
            ),
            "origin": chance.choice(["authority", "joint", "practice"]),
            "timing": chance.choice(["plan", "foreseen", "unforeseen"]),
            "window": chance.random() < 0.5,
            "offers": {g: [chance.randint(0, 2), chance.randint(2, 3)] for g in some()},
            "initiators": some()[:1],
            "statutory": chance.random() < 0.2,
        }
        made |= {"objecting": some(), "bound": some()} if alone else {"concurring": some()}
    if type_ == "confirm":
        made["binding"] = chance.random() < 0.7
    if chance.random() < 0.5:
        others = chance.sample(["formula", "target", "source", "frequency"], chance.randint(0, 3))
        made["parts"] = ["definition", *others]
    return made


def test_every_history_scores_alike(tmp_path: Path) -> None:
    found = histories()
    answers = ask([{"do": "score", "history": one} for one in found], tmp_path)
    for one, told in zip(found, answers, strict=True):
        assert told.get("error") is None, (told, one)
        assert told == without_words(score(read_history(one), RULE_1).document()), one


def test_the_page_knows_the_scoring_rule_as_it_is_published() -> None:
    written = json.loads((ROOT / "frontend" / "src" / "verifier" / "scoring" / "rule1.json").read_text())
    assert written == RULE_1.document()

"""Malformed files and the beginning of the one line each is refused with."""

import json

from tests.consensus.building import ALL, HALF, HARMAN, document

RULE = document("majority", ["A", "B"], ALL, HALF)
GOOD = "item,group,seat,choice\nQ,A,a1,for\nQ,A,a2,against\nQ,A,a3,for\nQ,B,b1,for\n"


def row(text: str) -> str:
    """The good ballots with one more row, which is row 6."""
    return f"{GOOD}{text}\n"


BAD_BALLOTS: list[tuple[str | bytes, str]] = [
    ("", "row 1: the header"),
    ("item,group,choice\nQ,A,for\n", "row 1: the header"),
    ("item;group;seat;choice\nQ;A;a1;for\n", "row 1: the header"),
    ("group,item,seat,choice\nA,Q,a1,for\n", "row 1: the header"),
    ("item,group,seat,choice,weight,note\n", "row 1: the header"),
    ("Item,Group,Seat,Choice\nQ,A,a1,for\n", "row 1: the header"),
    ("Q,A,a1,for\n", "row 1: the header"),
    (row("Q,A,a4"), "row 6: has 3 fields, expected 4"),
    (row("Q,A,a4,for,1"), "row 6: has 5 fields, expected 4"),
    (row("Q,A,a4,for,"), "row 6: has 5 fields, expected 4"),
    (row("Q,A,a4,perhaps"), "row 6: choice 'perhaps'"),
    (row("Q,A,a4,FOR"), "row 6: choice 'FOR'"),
    (row("Q,A,a4, for"), "row 6: choice ' for'"),
    (row("Q,A,a4,7"), "row 6: choice '7'"),
    (row("Q,A,a1,against"), "row 6: seat 'a1' of 'A' chose twice on 'Q': 'for' and 'against'"),
    (row("Q,A,a1,"), "row 6: seat 'a1' of 'A' chose twice"),
    (row(",A,a4,for"), "row 6: item must not be empty"),
    (row("Q,,a4,for"), "row 6: group must not be empty"),
    (row("Q,A,,for"), "row 6: seat must not be empty"),
    (row("Q,A ,a4,for"), "row 6: group must not be empty or begin or end with a blank"),
    (row(" Q,A,a4,for"), "row 6: item must not"),
    (row("\nQ,A,a4,for"), "row 6: is empty"),
    (row('Q,A,"a4,for'), "row 6: unexpected end"),
    (row('Q,A,"a4"x,for'), "row 6: "),
    (row("Q,A,a\x004,for"), "row 6: "),
    (GOOD.encode() + b"Q,A,\xff,for\n", "row 6: is not UTF-8 text"),
    (GOOD.encode("utf-16"), "row 1: is not UTF-8 text"),
    ("item,group,seat,choice,weight\nQ,A,a1,for,0\n", "row 2: weight '0'"),
    ("item,group,seat,choice,weight\nQ,A,a1,for,-1\n", "row 2: weight '-1'"),
    ("item,group,seat,choice,weight\nQ,A,a1,for,1.5\n", "row 2: weight '1.5'"),
    ("item,group,seat,choice,weight\nQ,A,a1,for,\n", "row 2: weight ''"),
    ("item,group,seat,choice,weight\nQ,A,a1,for,two\n", "row 2: weight 'two'"),
    ("item,group,seat,choice,weight\nQ,A,a1,for,1\nQ,A,a2,for\n", "row 3: has 4 fields, expected 5"),
    ("item,group,seat,choice,weight\nQ,A,a1,for,9999999999999\n", "row 2: weight '9999999999999'"),
]


BAD_ENTITLED = [
    ("", "entitled.csv: row 1: the header"),
    ("group\nA\n", "entitled.csv: row 1: the header"),
    ("group,seats\nA\n", "entitled.csv: row 2: has 1 fields"),
    ("group,seats\nA,three\n", "entitled.csv: row 2: 'three' is not a whole number of seats"),
    ("group,seats\nA,-3\n", "entitled.csv: row 2: '-3' is not"),
    ("group,seats\nA,3.0\n", "entitled.csv: row 2: '3.0' is not"),
    ("group,seats\n,3\n", "entitled.csv: row 2: group must not"),
    ("group,seats\nA,3\nB,1\nA,3\n", "entitled.csv: row 4: 'A' stands here twice"),
    ("group,seat\nA,a1\nA,a1\n", "entitled.csv: row 3: 'A' seat 'a1' stands here twice"),
    ("group,seat\nA,\n", "entitled.csv: row 2: seat must not"),
    ("group,seats\nA,3\n", "ballots.csv: row 5: group 'B' is not among the groups entitled to vote"),
    ("group,seats\nA,2\nB,1\n", "ballots.csv: row 4: 'A' has more ballots on 'Q' than its 2 seats"),
    ("group,seat\nA,a1\nA,a2\nA,a4\nB,b1\n", "ballots.csv: row 4: seat 'a3' of 'A' is not among the seats entitled"),
]


BAD_RULES: list[tuple[str | bytes, str]] = [
    ("", "row 1: is not JSON"),
    ("{", "row 1: is not JSON"),
    ('{"version": 1,\n "method": }', "row 2: is not JSON"),
    ("[]", "rule: must be an object"),
    ("null", "rule: must be an object"),
    ('{"version": 1, "version": 1}', "version: this key stands here twice"),
    ('{"version": NaN}', "rule: NaN is not a number"),
    ('{"version": 1.0}', "version: numbers with a decimal point are refused"),
    ("[" * 100_000, "row 1: nested too deep"),
    (b"\xff\xfe", "row 1: is not UTF-8 text"),
    (json.dumps(RULE | {"version": 2}), "version: only version 1 is known"),
    (json.dumps(RULE | {"extra": 1}), "extra: unknown key"),
    (json.dumps({key: RULE[key] for key in ("version", "method")}), "groups: missing"),
    (json.dumps(RULE | {"quorum": {"share": "2"}}), "quorum.share: must be from"),
    (json.dumps(RULE | {"quorum": {"share": "0.5", "of": "cast"}}), "quorum.of: must be one of entitled"),
    (json.dumps(document({"kind": "lottery"})), "method.kind: must be one of"),
    (json.dumps(document({**HARMAN, "scale": [9, 1]})), "method.scale: the lowest must be below"),
    (json.dumps(document("majority", ["A\nB", "A\nB"])), "groups.deciding[1]: 'A B' stands here twice"),
]

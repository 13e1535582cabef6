"""The server and the browser draw the same thing: frontend/src/ui/drawings.test.ts reads the same file."""

import json
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

from apps.common.svg import percent
from apps.pages.drawing.bar import Choice, choices_bar
from apps.provenance.presenting.place import Box, place

SAME = json.loads((Path(__file__).resolve().parents[3] / "frontend/src/ui/same.json").read_text())
NAMES = {"rect": ("x", "y", "width", "height"), "line": ("x1", "y1", "x2", "y2")}


def test_positions_lie_where_the_browser_puts_them() -> None:
    for case in SAME["place"]:
        assert list(place(case["ni"], case["pe"], Box(*case["box"]))) == case["at"]


def test_lengths_are_written_as_the_browser_writes_them() -> None:
    assert [percent(share) for share, _ in SAME["percent"]] == [text for _, text in SAME["percent"]]


def test_a_bar_of_choices_is_drawn_as_the_browser_draws_it() -> None:
    case = SAME["bar"]
    choices = [Choice(**choice) for choice in case["choices"]]
    drawn = ElementTree.fromstring(
        choices_bar(choices, case["title"], Fraction(case["threshold"]), Fraction(case["turnout"]))
    )
    assert [line(shape) for shape in drawn if tag(shape) in NAMES] == case["lines"]


def tag(shape: ElementTree.Element) -> str:
    return shape.tag.split("}")[1]


def line(shape: ElementTree.Element) -> str:
    return " ".join([tag(shape), shape.get("class", ""), *(shape.get(name, "") for name in NAMES[tag(shape)])])

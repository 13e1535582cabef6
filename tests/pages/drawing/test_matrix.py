"""The ten measures of the demo, roughly where its table puts them, and crowds of invented ones."""

import time
from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.pages.drawing.labels import Label
from apps.pages.drawing.matrix import KINDS, PLOT, RADIUS, Journey, Stop, arrange, matrix, spot
from apps.pages.drawing.place import Box

SVG = "{http://www.w3.org/2000/svg}"


def journey(code: str, kind: str, *stops: tuple[float, float], href: str = "") -> Journey:
    return Journey(code, f"measure {code}", kind, tuple(Stop(ni, pe, "what moved it") for ni, pe in stops), href)


DEMO = [
    journey("M1", "mixed", (0.1, 0.5), (0.52, 0.66)),
    journey("M2", "negotiated", (0.94, 1.0)),
    journey("M3", "negotiated", (0.78, 0.17)),
    journey("M4", "negotiated", (0.76, 0.17), (0.8, 0.2)),
    journey("M5", "mixed", (0.42, 0.33), (0.58, 0.36)),
    journey("M6", "imposed", (0.35, 0.95), (0.25, 0.72)),
    journey("M7", "outside", (0.0, 0.0)),
    journey("M8", "imposed", (0.04, 0.0)),
    journey("M9", "mixed", (0.78, 0.17), (0.56, 0.12)),
    journey("M10", "negotiated", (0.0, 0.0), (0.55, 0.3), (0.68, 0.45)),
]
places = st.tuples(st.floats(0, 1), st.floats(0, 1))
crowds = st.lists(places, min_size=1, max_size=25).map(
    lambda stops: [journey(f"M{at}", "mixed", stop) for at, stop in enumerate(stops, 1)]
)


def overlap(one: Box, other: Box) -> bool:
    across = one.left < other.left + other.width and other.left < one.left + one.width
    return across and one.top < other.top + other.height and other.top < one.top + one.height


def around(journey: Journey) -> Box:
    x, y = spot(journey.now)
    return Box(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS)


def assert_readable(journeys: list[Journey], labels: list[Label | None]) -> None:
    boxes = [label.box for label in labels if label]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    assert not any(overlap(box, around(journey)) for box in boxes for journey in journeys)
    assert all(PLOT.left <= box.left and box.left + box.width <= PLOT.left + PLOT.width for box in boxes)
    assert all(PLOT.top <= box.top and box.top + box.height <= PLOT.top + PLOT.height for box in boxes)


def test_the_ten_marks_of_the_demo_all_carry_a_readable_label() -> None:
    labels = arrange(DEMO)
    assert None not in labels
    assert_readable(DEMO, labels)


@settings(deadline=None, max_examples=50)
@given(crowds)
def test_no_label_covers_a_mark_or_another_label_or_leaves_the_plot(journeys: list[Journey]) -> None:
    assert_readable(journeys, arrange(journeys))


def test_a_mark_lies_where_the_position_says() -> None:
    drawn = ElementTree.fromstring(matrix([journey("M1", "mixed", (0, 0)), journey("M2", "mixed", (1, 1))], "two"))
    targets = [mark for mark in drawn.iter(f"{SVG}circle") if mark.get("class") == "journey-target"]
    assert [(mark.get("cx"), mark.get("cy")) for mark in targets] == [("20", "332"), ("340", "40")]


def test_six_measures_have_moved_and_show_their_path() -> None:
    drawn = ElementTree.fromstring(matrix(DEMO, "ten"))
    paths = [path for path in drawn.iter(f"{SVG}path") if path.get("class") == "journey-path"]
    assert len(paths) == 6
    stops = [stop for stop in drawn.iter(f"{SVG}circle") if stop.get("class") == "journey-stop"]
    assert len(stops) == 7


def test_a_measure_that_went_and_came_back_has_moved() -> None:
    assert journey("M1", "mixed", (0.5, 0.5), (0.2, 0.5), (0.5, 0.5)).has_moved
    assert not journey("M1", "mixed", (0.5, 0.5), (0.5, 0.5)).has_moved


def test_kinds_differ_by_shape_before_they_differ_by_hue() -> None:
    drawn = matrix([journey(kind, kind, (0.5, 0.5)) for kind in KINDS], "kinds")
    shapes = {
        path.get("d")
        for path in ElementTree.fromstring(drawn).iter(f"{SVG}path")
        if path.get("class") == "journey-mark"
    }
    assert len(shapes) == len(KINDS)


def test_the_four_ends_are_named_on_their_sides() -> None:
    drawn = ElementTree.fromstring(matrix([], "empty"))
    words = {(word.text or "").strip("▴▾◂▸ "): word for word in drawn.iter(f"{SVG}text")}
    assert float(words["imposed"].get("x", 0)) < float(words["negotiated"].get("x", 0))
    assert float(words["emergent"].get("y", 0)) < float(words["planned"].get("y", 0))


def test_titles_are_text_whatever_they_hold() -> None:
    hostile = Journey('"><script>', "<b>&amp;</b>", "mixed", (Stop(0.5, 0.5, "]]>\x00"),), href='/m?a=1&b="2"')
    drawn = ElementTree.fromstring(matrix([hostile], "<title>", "&"))
    assert drawn.find(f".//{SVG}script") is None
    link = drawn.find(f"{SVG}a")
    assert link is not None
    assert link.get("href") == '/m?a=1&b="2"'


def test_marks_that_lead_somewhere_can_be_reached_and_are_not_hidden_in_an_image() -> None:
    linked = ElementTree.fromstring(matrix([journey("M1", "mixed", (0.5, 0.5), href="/m1/")], "one"))
    assert linked.get("role") == "group"
    assert ElementTree.fromstring(matrix([journey("M1", "mixed", (0.5, 0.5))], "one")).get("role") == "img"


def test_the_drawing_is_named_and_described_by_its_own_ids() -> None:
    drawn = ElementTree.fromstring(matrix(DEMO, "Ten measures", "As of today.", name="today"))
    assert drawn.get("aria-labelledby") == "today-title"
    assert drawn.find(f"{SVG}title[@id='today-title']") is not None


def test_nothing_is_styled_inline() -> None:
    assert "style=" not in matrix(DEMO, "ten")


def test_a_crowd_says_which_marks_have_no_label_and_is_drawn_quickly() -> None:
    crowd = [journey(f"M{at}", "mixed", (at % 20 / 19, at // 20 / 19)) for at in range(400)]
    began = time.perf_counter()
    drawn = matrix(crowd, "four hundred")
    assert time.perf_counter() - began < 1
    labels = arrange(crowd)
    missing = labels.count(None)
    assert missing > 0
    assert f"{missing} marks have no room for a label" in drawn
    assert_readable(crowd, labels)

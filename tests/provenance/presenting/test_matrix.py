"""The ten measures of the demo, roughly where its table puts them, and crowds of invented ones."""

from itertools import combinations
from math import dist
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.provenance.presenting.journeys import PLOT, RADIUS, Journey, Middle, Placed, Stop, arrange, legs
from apps.provenance.presenting.matrix import KINDS, matrix
from apps.provenance.presenting.paper import alone
from apps.provenance.presenting.place import Box

SVG = "{http://www.w3.org/2000/svg}"


def journey(code: str, kind: str, *stops: tuple[float, float], href: str = "") -> Journey:
    return Journey(
        code,
        f"measure {code}",
        kind,
        tuple(Stop(ni, pe, "mixed", "2024", "1 April: set by the chair") for ni, pe in stops),
        href,
    )


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
    x, y = journey.now.spot
    return Box(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS)


def assert_readable(journeys: list[Journey], placed: list[Placed]) -> None:
    boxes = [label.box for one in placed for label in (one.code, *one.years) if label]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    assert not any(overlap(box, around(journey)) for box in boxes for journey in journeys)
    assert all(PLOT.left <= box.left and box.left + box.width <= PLOT.left + PLOT.width for box in boxes)
    assert all(PLOT.top <= box.top and box.top + box.height <= PLOT.top + PLOT.height for box in boxes)


def test_the_ten_marks_of_the_demo_all_carry_a_readable_label() -> None:
    placed = arrange(DEMO)
    assert all(one.code for one in placed)
    assert_readable(DEMO, placed)


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
    assert len(paths) == 7
    stops = [stop for stop in drawn.iter(f"{SVG}circle") if stop.get("class") == "journey-stop"]
    assert len(stops) == 7


def test_every_step_says_what_moved_the_measure() -> None:
    drawn = ElementTree.fromstring(matrix(DEMO[-1:], "one"))
    steps = [path for path in drawn.iter(f"{SVG}path") if path.get("class") == "journey-path"]
    assert [step.findtext(f"{SVG}title") for step in steps] == ["M10, 1 April: set by the chair"] * 2


def test_a_way_grows_thicker_from_its_origin_to_now() -> None:
    def width(one: tuple[float, float], other: tuple[float, float]) -> float:
        return round(dist(one, other), 6)

    first, last = legs(DEMO[-1])
    widths = [width(leg.outline[at], leg.outline[3 - at]) for leg in (first, last) for at in (0, 1)]
    assert widths[0] == 0.75
    assert widths[1] == widths[2]
    assert widths[0] < widths[1] < widths[3] == 3.0


def test_a_stay_at_a_place_is_one_stop_with_the_year_it_came() -> None:
    stayed = Journey(
        "M1", "stayed", "mixed", (Stop(0, 0, year="2023"), Stop(0, 0, year="2024"), Stop(1, 1, year="2025"))
    )
    assert [stop.year for stop in stayed.left] == ["2023"]
    assert len(legs(stayed)) == 1


def test_a_measure_that_went_and_came_back_has_moved() -> None:
    assert journey("M1", "mixed", (0.5, 0.5), (0.2, 0.5), (0.5, 0.5)).has_moved
    assert not journey("M1", "mixed", (0.5, 0.5), (0.5, 0.5)).has_moved


def test_kinds_differ_by_shape_before_they_differ_by_hue() -> None:
    drawn = matrix([journey(kind, kind, (0.5, 0.5)) for kind in KINDS], "kinds")
    shapes = {
        path.get("d")
        for path in ElementTree.fromstring(drawn).iter(f"{SVG}path")
        if "journey-mark" in path.get("class", "")
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


def test_a_crowd_is_small_marks_alone_and_says_so() -> None:
    crowd = [journey(f"M{at}", "mixed", (0, 0), (at % 20 / 19, at // 20 / 19)) for at in range(400)]
    drawn = matrix(crowd, "four hundred", middle=Middle(0.5, 0.5, 0.1, 0.1))
    assert drawn.count("scale(0.5)") == 400
    assert "400 marks have no room for a label" in drawn
    assert not any(name in drawn for name in ("journey-path", "journey-stop", "journey-year", "journey-code"))
    assert drawn.index("middle-ring") > drawn.rindex("journey-mark"), "the middle lies above the crowd"


def test_the_middle_is_drawn_with_arms_as_long_as_the_spread_and_never_beyond_the_lines() -> None:
    drawn = ElementTree.fromstring(matrix(DEMO, "ten", middle=Middle(0.5, 0.9, 0.25, 0.2, "The middle.")))
    (ring,) = [one for one in drawn.iter(f"{SVG}circle") if one.get("class") == "middle-ring"]
    assert (ring.get("cx"), ring.get("cy")) == ("180", "69.2")
    (arms,) = [one for one in drawn.iter(f"{SVG}path") if one.get("class") == "middle-arms"]
    assert arms.get("d") == "M100 69.2H260M180 127.6V40"
    assert drawn.findtext(f".//{SVG}g[@class='middle']/{SVG}title") == "The middle."


def test_years_stand_beside_the_stops_that_have_been_left() -> None:
    drawn = ElementTree.fromstring(matrix(DEMO[:1], "one"))
    assert [word.text for word in drawn.iter(f"{SVG}text") if word.get("class") == "journey-year"] == ["2024"]


def test_a_drawing_that_stands_alone_needs_no_style_sheet() -> None:
    everything = [journey(kind, kind, (0.1, 0.1), (0.5, 0.5)) for kind in KINDS]
    drawn = alone(matrix(everything, "all", middle=Middle(0.5, 0.5, 0.1, 0.1)))
    assert "class=" not in drawn
    assert "<style" not in drawn
    root = ElementTree.fromstring(drawn.split("\n", 1)[1])
    assert root.findtext(f"{SVG}title") == "all"
    shapes = [one for one in root.iter(f"{SVG}path") if one.get("d") and one.get("fill") is None]
    assert shapes == []


def test_what_people_wrote_is_no_class_in_a_drawing_that_stands_alone() -> None:
    hostile = Journey("M1", ' class="matrix"', "mixed", (Stop(0.5, 0.5),))
    root = ElementTree.fromstring(alone(matrix([hostile], "x")).split("\n", 1)[1])
    assert root.findtext(f".//{SVG}g/{SVG}title") == 'M1  class="matrix"'

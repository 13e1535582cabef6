from fractions import Fraction
from xml.etree import ElementTree

from apps.pages.drawing.bar import Choice, choices_bar, position_bar, range_bar

SVG = "{http://www.w3.org/2000/svg}"


def shapes(drawn: str, name: str) -> list[ElementTree.Element]:
    return [shape for shape in ElementTree.fromstring(drawn).iter() if name in shape.get("class", "").split()]


def test_the_position_is_stretched_along_the_page() -> None:
    (dot,) = shapes(position_bar(Fraction(57, 100), 1, "mixed"), "bar-dot")
    assert (dot.get("cx"), dot.get("cy")) == ("57%", "6")


def test_a_measure_that_moved_shows_whence() -> None:
    (tail,) = shapes(position_bar(0.75, 0.5, "negotiated", origin=(0.25, 0.5)), "bar-tail")
    assert (tail.get("x1"), tail.get("x2")) == ("25%", "75%")


def test_a_measure_that_stayed_has_no_tail() -> None:
    assert not shapes(position_bar(0.5, 0.5, "mixed", origin=(0.5, 0.5)), "bar-tail")


def test_choices_fill_the_bar_in_their_order() -> None:
    drawn = choices_bar([Choice("for", "for", 3), Choice("against", "against", 1)], "x")
    assert [(s.get("x"), s.get("width")) for s in shapes(drawn, "choice")] == [("0%", "75%"), ("75%", "25%")]


def test_a_choice_nobody_made_is_not_drawn() -> None:
    assert len(shapes(choices_bar([Choice("for", "for", 3), Choice("against", "against", 0)], "x"), "choice")) == 1


def test_a_bar_without_votes_is_drawn_empty() -> None:
    drawn = choices_bar([Choice("for", "for", 0)], "nobody voted", Fraction(1, 2), Fraction(0))
    assert not shapes(drawn, "choice")
    assert shapes(drawn, "choice-tick")[0].get("x1") == "50%"


def test_the_threshold_and_turnout_stand_at_their_shares() -> None:
    drawn = choices_bar([Choice("for", "for", 5)], "x", Fraction(7, 10), Fraction(5, 7))
    assert shapes(drawn, "choice-tick")[0].get("x1") == "70%"
    assert shapes(drawn, "turnout-line")[0].get("width") == "71.43%"


def test_a_range_is_drawn_within_its_scale() -> None:
    (part,) = shapes(range_bar((25, 35), (0, 50), "25 to 35 hours", "new"), "range-part")
    assert (part.get("x1"), part.get("x2")) == ("50%", "70%")


def test_a_range_beyond_its_scale_ends_at_its_edge() -> None:
    (part,) = shapes(range_bar((-10, 80), (0, 50), "x", "old"), "range-part")
    assert (part.get("x1"), part.get("x2")) == ("0%", "100%")

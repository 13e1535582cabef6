from xml.etree import ElementTree

import pytest

from apps.pages.drawing.mark import mark

SVG = "{http://www.w3.org/2000/svg}"


def test_the_dot_stands_where_the_measure_stands() -> None:
    dot = ElementTree.fromstring(mark(1, 0)).find(f"{SVG}circle")
    assert dot is not None
    assert (dot.get("cx"), dot.get("cy")) == ("12.5", "12.5")


@pytest.mark.parametrize("corner", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_the_dot_stays_inside_the_square(corner: tuple[int, int]) -> None:
    dot = ElementTree.fromstring(mark(*corner)).find(f"{SVG}circle")
    assert dot is not None
    for centre in (float(dot.get("cx", 0)), float(dot.get("cy", 0))):
        assert centre - float(dot.get("r", 0)) >= 0
        assert centre + float(dot.get("r", 0)) <= 16


def test_without_a_position_there_is_no_dot() -> None:
    drawn = ElementTree.fromstring(mark(None, None))
    assert drawn.find(f"{SVG}circle") is None
    assert "mark-none" in drawn.get("class", "")


def test_it_speaks_only_where_no_words_stand_beside_it() -> None:
    assert ElementTree.fromstring(mark(0.5, 0.5)).get("aria-hidden") == "true"
    speaking = ElementTree.fromstring(mark(0.5, 0.5, "mixed & <moved>"))
    assert speaking.get("role") == "img"
    assert speaking.findtext(f"{SVG}title") == "mixed & <moved>"


def test_nothing_is_styled_inline() -> None:
    assert "style=" not in mark(0.5, 0.5, "x")

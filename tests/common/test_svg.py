from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from apps.common.svg import element, number, percent, titled


@given(st.text())
def test_any_title_gives_well_formed_markup(title: str) -> None:
    drawn = ElementTree.fromstring(element("svg", titled(title, title) + element("g", id=title, x=1.0)))
    assert drawn.find("title") is not None


def test_markup_in_a_title_stays_text() -> None:
    drawn = ElementTree.fromstring(element("svg", titled('<script>alert("1")</script>')))
    assert drawn.findtext("title") == '<script>alert("1")</script>'
    assert drawn.find(".//script") is None


def test_numbers_carry_no_noise() -> None:
    assert [number(value) for value in (12.5, 3.0, 1 / 3, -0.001, 100)] == ["12.5", "3", "0.33", "0", "100"]
    assert percent(1 / 8) == "12.5%"


def test_attributes_left_out_do_not_appear() -> None:
    assert element("rect", class_="a", role=None, aria_hidden="true") == '<rect class="a" aria-hidden="true"/>'

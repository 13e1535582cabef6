"""A QR code is drawn square by square, with its quiet margin, dark on light."""

import re

from apps.pages.drawing.code import MARGIN, code

DRAWN = code("http://127.0.0.1:8000/r/0123abcd/", "Opens <the round>")


def test_its_three_corners_are_there_inside_a_quiet_margin() -> None:
    size = int(re.findall(r'viewBox="0 0 (\d+) ', DRAWN)[0])
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", DRAWN)}
    far = size - MARGIN - 7
    for left, top in ((MARGIN, MARGIN), (far, MARGIN), (MARGIN, far)):
        assert all((left + step, top) in dark and (left, top + step) in dark for step in range(7))
    assert all(MARGIN <= x < size - MARGIN and MARGIN <= y < size - MARGIN for x, y in dark)


def test_its_title_is_text() -> None:
    assert "<title>Opens &lt;the round&gt;</title>" in DRAWN

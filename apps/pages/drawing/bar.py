"""Bars that stretch with the page: the position under a title, and the choices of one group in a result.

Coordinates along the page are percentages, so a bar has no width of its own and nothing is distorted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from apps.common.svg import element, number, percent, titled
from apps.provenance.presenting.place import UNIT, Number, place

POSITION_HEIGHT = 32
CHOICES_HEIGHT = 24
_INSET = 6.0


@dataclass(frozen=True)
class Choice:
    """How many chose one thing. `kind` is for, against, high, middle, low, stand_aside or abstain; `label` is the page's word."""

    kind: str
    label: str
    count: int


def position_bar(ni: Number, pe: Number, title: str, origin: tuple[Number, Number] | None = None) -> str:
    """The mark stretched: the dot at (NI, PE), and a line from where the measure began (`origin`) if it has moved."""
    x, y = _stretched(ni, pe)
    came = "" if origin is None or origin == (ni, pe) else _came_from(_stretched(*origin), (x, y))
    dot = element("circle", class_="bar-dot", cx=x, cy=y, r=6)
    middle = element("line", class_="bar-line", x1="0%", x2="100%", y1=POSITION_HEIGHT / 2, y2=POSITION_HEIGHT / 2)
    cross = element("line", class_="bar-line", x1="50%", x2="50%", y1=0, y2=POSITION_HEIGHT)
    return _svg("position-bar", POSITION_HEIGHT, titled(title) + middle + cross + came + dot)


def choices_bar(
    choices: Sequence[Choice], title: str, threshold: Fraction | None = None, turnout: Fraction | None = None
) -> str:
    """One group's choices side by side, the threshold as a tick on them, turnout (0..1) as a thin line below.

    Widths are shares of all counts given; leave out choices that the threshold does not count.
    """
    total = sum(choice.count for choice in choices)
    tick = "" if threshold is None else _tick(threshold)
    thin = "" if turnout is None else _turnout(turnout)
    return _svg("choices-bar", CHOICES_HEIGHT, titled(title) + _track() + _segments(choices, total) + tick + thin)


def range_bar(part: tuple[float, float], scale: tuple[float, float], title: str, kind: str) -> str:
    """A range drawn within its scale; `kind` is old or new."""
    low, whole = scale[0], (scale[1] - scale[0]) or 1
    start, end = (max(0.0, min(1.0, (value - low) / whole)) for value in part)
    line = element("line", class_="range-scale", x1="0%", x2="100%", y1=6, y2=6)
    drawn = element("line", class_=f"range-part range-{kind}", x1=percent(start), x2=percent(end), y1=6, y2=6)
    ends = "".join(
        element("line", class_="range-end", x1=percent(at), x2=percent(at), y1=1, y2=11) for at in (start, end)
    )
    return _svg("range-bar", 12, titled(title) + line + drawn + ends)


def _stretched(ni: Number, pe: Number) -> tuple[str, float]:
    x, y = place(ni, pe, UNIT)
    return percent(x), _INSET + y * (POSITION_HEIGHT - 2 * _INSET)


def _came_from(start: tuple[str, float], end: tuple[str, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    tail = element("line", class_="bar-tail", x1=x1, y1=y1, x2=x2, y2=y2)
    return tail + element("circle", class_="bar-origin", cx=x1, cy=y1, r=3)


def _track() -> str:
    return element("rect", class_="choice-track", x=0, y=4, width="100%", height=12)


def _segments(choices: Sequence[Choice], total: int) -> str:
    before, drawn = 0, []
    for choice in choices:
        if choice.count:
            x, width = percent(before / total), percent(choice.count / total)
            drawn.append(element("rect", class_=f"choice choice-{choice.kind}", x=x, y=4, width=width, height=12))
        before += choice.count
    return "".join(drawn)


def _tick(threshold: Fraction) -> str:
    at = percent(float(threshold))
    return element("line", class_="choice-tick", x1=at, x2=at, y1=0, y2=20)


def _turnout(share: Fraction) -> str:
    line = element("rect", class_="turnout-track", x=0, y=21, width="100%", height=2)
    return line + element("rect", class_="turnout-line", x=0, y=21, width=percent(float(share)), height=2)


def _svg(name: str, height: int, content: str) -> str:
    return element(
        "svg",
        content,
        xmlns="http://www.w3.org/2000/svg",
        class_=name,
        width="100%",
        height=number(height),
        overflow="visible",
        role="img",
    )

"""The matrix: every measure as a mark on the two continua, with the path it has taken.

Shapes and codes come before hues. The same content as a table stands beside the drawing. Colours and type come from
classes in the style sheet; `apps.provenance.presenting.paper` makes of the same drawing one that stands alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.common.svg import element, number, text, titled
from apps.provenance.presenting.journeys import (
    HEIGHT,
    INSIDE,
    PLOT,
    WIDTH,
    Journey,
    Leg,
    Middle,
    Placed,
    Stop,
    arrange,
    is_crowd,
    legs,
)
from apps.provenance.presenting.labels import Label
from apps.provenance.presenting.place import place

TARGET = 13.5  # 24 px across on the narrowest screen
SMALL = 0.5  # marks of a crowd
SHAPES = {
    "negotiated": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
    "mixed": "M0 -7.5L7.5 0L0 7.5L-7.5 0z",
    "imposed": "M-5.5 -5.5h11v11h-11z",
    "outside": "M0 -7L7 5.5H-7z",
}
# What a shape means, in the page's words.
KINDS = {
    "negotiated": "negotiated",
    "mixed": "mixed",
    "imposed": "imposed",
    "outside": "required from outside",
}


@dataclass(frozen=True)
class Axes:
    """The words at the four ends."""

    imposed: str = "imposed"
    negotiated: str = "negotiated"
    planned: str = "planned"
    emergent: str = "emergent"


def matrix(
    journeys: Sequence[Journey],
    title: str,
    description: str = "",
    axes: Axes | None = None,
    name: str = "matrix",
    middle: Middle | None = None,
) -> str:
    """The whole drawing as SVG text; `name` makes its ids unique on a page.

    Marks without room for a label are counted in its description.
    """
    places, crowd = arrange(journeys), is_crowd(journeys)
    left_out = sum(placed.code is None for placed in places)
    note = f" {left_out} marks have no room for a label; the table names them." if left_out else ""
    if crowd:
        drawn = [_marked(journey, None, small=True) for journey in journeys]
    else:
        drawn = [_tail(journey, placed) for journey, placed in zip(journeys, places, strict=True)]
        drawn += [_marked(journey, placed.code) for journey, placed in zip(journeys, places, strict=True)]
    if middle:
        drawn.insert(len(drawn) if crowd else 0, _middle(middle))
    head = element("title", text(title), id=f"{name}-title") + element(
        "desc", text(description + note), id=f"{name}-desc"
    )
    return element(
        "svg",
        head + _ground(axes or Axes()) + "".join(drawn),
        xmlns="http://www.w3.org/2000/svg",
        class_="matrix",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        direction="ltr",
        role="group" if any(journey.href for journey in journeys) else "img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
    )


def sample(kind: str) -> str:
    """The shape of a kind alone, for a legend; words stand beside it."""
    shape = element("path", class_="journey-mark", d=SHAPES[kind])
    return element("svg", shape, class_=f"kind-{kind}", viewBox="-8 -8 16 16", width=16, height=16, aria_hidden="true")


def _tail(journey: Journey, placed: Placed) -> str:
    """The way it came: every step says what moved it, and where there is room every stop it has left says when."""
    if not journey.has_moved:
        return ""
    drawn = "".join(_leg(journey, leg) for leg in legs(journey))
    drawn += "".join(_stop(journey, stop, year) for stop, year in zip(journey.left, placed.years, strict=True))
    return element("g", drawn, class_=journey.look)


def _leg(journey: Journey, leg: Leg) -> str:
    outline = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in leg.outline) + "z"
    said = leg.end.what or leg.end.words
    return element("path", titled(f"{journey.code}, {said}") if said else "", class_="journey-path", d=outline)


def _stop(journey: Journey, stop: Stop, year: Label | None) -> str:
    x, y = stop.spot
    said = titled(f"{journey.code}, {stop.what or stop.words}") if stop.what or stop.words else ""
    dot = element("circle", said, class_="journey-stop", cx=x, cy=y, r=2.5)
    if year is None:
        return dot
    box = year.box
    words = element(
        "text",
        text(stop.year),
        class_="journey-year",
        x=box.left + box.width / 2,
        y=box.top + box.height - 2,
        text_anchor="middle",
    )
    return dot + words


def _marked(journey: Journey, label: Label | None, small: bool = False) -> str:
    x, y = journey.now.spot
    said = f"{journey.code} {journey.title}" + (f". {journey.now.words}" if journey.now.words else "")
    look = "journey-mark journey-hollow" if journey.kind == "outside" or journey.beside else "journey-mark"
    placed = f"translate({number(x)} {number(y)})" + (f" scale({SMALL})" if small else "")
    shape = element("path", class_=look, d=SHAPES[journey.kind], transform=placed)
    target = element("circle", class_="journey-target", cx=x, cy=y, r=TARGET * SMALL if small else TARGET)
    drawn = titled(said) + target + _led(x, y, label) + shape + _lettered(journey.code, label)
    group = element("g", drawn, class_=journey.look)
    return element("a", group, href=journey.href, aria_label=said) if journey.href else group


def _led(x: float, y: float, label: Label | None) -> str:
    if label is None or not label.led:
        return ""
    box = label.box
    return element(
        "line", class_="journey-leader", x1=x, y1=y, x2=box.left + box.width / 2, y2=box.top + box.height / 2
    )


def _lettered(code: str, label: Label | None) -> str:
    if label is None:
        return ""
    box = label.box
    x, y = box.left + box.width / 2, box.top + box.height - 3
    return element("text", text(code), class_="journey-code", x=x, y=y, text_anchor="middle")


def _middle(middle: Middle) -> str:
    """The mean as a ring, with an arm on each line as long as the spread."""
    (left, right), (low, high) = middle.reach
    x, y = place(middle.ni, middle.pe, INSIDE)
    (x1, y1), (x2, y2) = place(left, low, INSIDE), place(right, high, INSIDE)
    way = f"M{number(x1)} {number(y)}H{number(x2)}M{number(x)} {number(y1)}V{number(y2)}"
    arms = element("path", class_="middle-arms", d=way)
    ring = element("circle", class_="middle-ring", cx=x, cy=y, r=4)
    return element("g", titled(middle.words) + arms + ring, class_="middle")


def _ground(axes: Axes) -> str:
    """The square, the middle band of both lines, and the words at their ends."""
    low_x, high_y = place(0.4, 0.6, INSIDE)
    high_x, low_y = place(0.6, 0.4, INSIDE)
    bottom, middle = PLOT.top + PLOT.height, PLOT.left + PLOT.width / 2
    return "".join(
        [
            element("rect", class_="matrix-frame", x=PLOT.left, y=PLOT.top, width=PLOT.width, height=PLOT.height, rx=4),
            element("rect", class_="matrix-band", x=low_x, y=PLOT.top, width=high_x - low_x, height=PLOT.height),
            element("rect", class_="matrix-band", x=PLOT.left, y=high_y, width=PLOT.width, height=low_y - high_y),
            _word("▴ " + axes.emergent, middle, PLOT.top - 9, "middle"),
            _word("▾ " + axes.planned, middle, bottom + 20, "middle"),
            _word("◂ " + axes.imposed, PLOT.left, bottom + 20, "start"),
            _word(axes.negotiated + " ▸", PLOT.left + PLOT.width, bottom + 20, "end"),
        ]
    )


def _word(said: str, x: float, y: float, anchor: str) -> str:
    return element("text", text(said), class_="matrix-word", x=x, y=y, text_anchor=anchor)

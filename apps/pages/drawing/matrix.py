"""The matrix: every measure as a mark on the two continua, with the path it has taken.

Shapes and codes come before hues. The same content as a table stands beside the drawing (`parts/matrix.html`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.pages.drawing.labels import Label, Room
from apps.pages.drawing.place import Box, Number, place
from apps.pages.drawing.svg import element, number, text, titled

WIDTH, HEIGHT = 360, 376
PLOT = Box(8, 28, 344, 316)
RADIUS = 6.0
TARGET = 13.5  # 24 px across on the narrowest screen
_INSIDE = Box(PLOT.left + 12, PLOT.top + 12, PLOT.width - 24, PLOT.height - 24)
_TEXT_HEIGHT, _LETTER = 13.0, 7.6
_SHAPES = {
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


@dataclass(frozen=True)
class Stop:
    """A position on the way, and what brought the measure there ("1 April 2024: set by the independent chair")."""

    ni: Number
    pe: Number
    words: str = ""


@dataclass(frozen=True)
class Journey:
    """One measure: `code` is its short label, `kind` negotiated, mixed, imposed or outside (required from outside);
    `stops` from origin to now, at least one; `href` leads to its page."""

    code: str
    title: str
    kind: str
    stops: tuple[Stop, ...]
    href: str = ""

    @property
    def now(self) -> Stop:
        """Where it stands."""
        return self.stops[-1]

    @property
    def has_moved(self) -> bool:
        """Whether it ever stood elsewhere than now."""
        return any((stop.ni, stop.pe) != (self.now.ni, self.now.pe) for stop in self.stops)


def matrix(
    journeys: Sequence[Journey], title: str, description: str = "", axes: Axes | None = None, name: str = "matrix"
) -> str:
    """The whole drawing as SVG text; `name` makes its ids unique on a page.

    Marks without room for a label are counted in its description.
    """
    labels = arrange(journeys)
    left_out = sum(label is None for label in labels)
    note = f" {left_out} marks have no room for a label; the table names them." if left_out else ""
    drawn = [_tail(journey) for journey in journeys]
    drawn += [_marked(journey, label) for journey, label in zip(journeys, labels, strict=True)]
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
    shape = element("path", class_="journey-mark", d=_SHAPES[kind])
    return element("svg", shape, class_=f"kind-{kind}", viewBox="-8 -8 16 16", width=16, height=16, aria_hidden="true")


def spot(stop: Stop) -> tuple[float, float]:
    """Where a stop lies in the matrix, in its units."""
    return place(stop.ni, stop.pe, _INSIDE)


def arrange(journeys: Sequence[Journey]) -> list[Label | None]:
    """A place for every label, in the order given."""
    room = Room(PLOT)
    for journey in journeys:
        x, y = spot(journey.now)
        room.take(Box(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS))
        for start, end in _legs(journey):
            room.take_line(start, end)
    return [
        room.seat(*spot(journey.now), len(journey.code) * _LETTER + 2, _TEXT_HEIGHT, gap=RADIUS + 3)
        for journey in journeys
    ]


def _legs(journey: Journey) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    return [(spot(start), spot(end)) for start, end in zip(journey.stops, journey.stops[1:], strict=False)]


def _tail(journey: Journey) -> str:
    if not journey.has_moved:
        return ""
    points = [spot(stop) for stop in journey.stops]
    way = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    drawn = element("path", class_="journey-path", d=way)
    for stop, (x, y) in zip(journey.stops[:-1], points, strict=False):
        said = titled(f"{journey.code}: {stop.words}") if stop.words else ""
        drawn += element("circle", said, class_="journey-stop", cx=x, cy=y, r=2.5)
    return element("g", drawn, class_=f"journey kind-{journey.kind}")


def _marked(journey: Journey, label: Label | None) -> str:
    x, y = spot(journey.now)
    said = f"{journey.code} {journey.title}" + (f". {journey.now.words}" if journey.now.words else "")
    shape = element(
        "path", class_="journey-mark", d=_SHAPES[journey.kind], transform=f"translate({number(x)} {number(y)})"
    )
    target = element("circle", class_="journey-target", cx=x, cy=y, r=TARGET)
    drawn = titled(said) + target + _led(x, y, label) + shape + _lettered(journey.code, label)
    group = element("g", drawn, class_=f"journey kind-{journey.kind}")
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


def _ground(axes: Axes) -> str:
    """The square, the middle band of both lines, and the words at their ends."""
    low_x, high_y = place(0.4, 0.6, _INSIDE)
    high_x, low_y = place(0.6, 0.4, _INSIDE)
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

"""What the matrix shows, and where: stops, journeys, their middle, and the places of their labels.

The browser computes the same places (frontend/src/islands/matrix/geometry.ts); frontend/src/islands/matrix/same.json holds
both to it.
"""

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from itertools import pairwise
from math import dist

from apps.provenance.presenting.labels import Label, Room
from apps.provenance.presenting.place import Box, Number, place

WIDTH, HEIGHT = 360, 376
PLOT = Box(8, 28, 344, 316)
INSIDE = Box(PLOT.left + 12, PLOT.top + 12, PLOT.width - 24, PLOT.height - 24)
RADIUS = 6.0
CROWD = 60
"""Beyond so many marks there is room for small marks alone: no ways, no labels. The table names them all."""
_TEXT_HEIGHT, _LETTER = 13.0, 7.6
_YEAR_HEIGHT, _DIGIT = 10.0, 5.2
_STOP = 2.5
_THIN, _THICK = 0.75, 3.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Stop:
    """A position on the way: `words` says where that is ("mixed, planned"), `what` what brought the measure there
    ("1 April 2024: set by the independent chair"). `year` is written beside a stop that has been left.
    """

    ni: Number
    pe: Number
    words: str = ""
    year: str = ""
    what: str = ""

    @property
    def spot(self) -> tuple[float, float]:
        """Where it lies in the matrix, in its units."""
        return place(self.ni, self.pe, INSIDE)


@dataclass(frozen=True)
class Journey:
    """One measure: `code` is its short label, `kind` negotiated, mixed, imposed or outside (required from outside);
    `stops` from origin to now, at least one; `href` leads to its page. `beside` is drawn hollow: none of the framework's
    own.
    """

    code: str
    title: str
    kind: str
    stops: tuple[Stop, ...]
    href: str = ""
    beside: bool = False

    @property
    def look(self) -> str:
        """The classes of everything drawn of it."""
        return f"journey kind-{self.kind}" + (" journey-beside" if self.beside else "")

    @property
    def now(self) -> Stop:
        """Where it stands."""
        return self.stops[-1]

    @property
    def places(self) -> list[Stop]:
        """The places it came through: the first stop at each, wherever it then stayed."""
        before: list[Stop | None] = [None, *self.stops]
        return [stop for was, stop in zip(before, self.stops, strict=False) if was is None or was.spot != stop.spot]

    @property
    def has_moved(self) -> bool:
        """Whether it ever stood elsewhere than now."""
        return len(self.places) > 1

    @property
    def left(self) -> list[Stop]:
        """The places it has left."""
        return self.places[:-1]


@dataclass(frozen=True)
class Leg:
    """One step of a way, from place to place. The way grows from thin to thick, so that one sees which end is now;
    `outline` are the four corners of this part of it.
    """

    start: Stop
    end: Stop
    outline: tuple[Point, Point, Point, Point]


@dataclass(frozen=True)
class Middle:
    """The mean of several measures with its spread: one standard deviation to each side, cut off at the ends of a line."""

    ni: Number
    pe: Number
    spread_ni: float
    spread_pe: float
    words: str = ""

    @property
    def reach(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """From where to where the spread reaches on each line."""
        return _around(float(self.ni), self.spread_ni), _around(float(self.pe), self.spread_pe)


@dataclass(frozen=True)
class Placed:
    """Where the labels of one journey stand: its code, and the year at each stop it has left."""

    code: Label | None
    years: tuple[Label | None, ...] = ()


def legs(journey: Journey) -> list[Leg]:
    """The steps of a way, in order."""
    found = [*pairwise(journey.places)]
    lengths = [dist(start.spot, end.spot) for start, end in found]
    whole, gone, drawn = sum(lengths), 0.0, []
    for (start, end), length in zip(found, lengths, strict=True):
        widths = _width(gone / whole), _width((gone + length) / whole)
        drawn.append(Leg(start, end, _outline(start.spot, end.spot, length, widths)))
        gone += length
    return drawn


def is_crowd(journeys: Sized) -> bool:
    """Whether there are too many marks to draw their ways and labels."""
    return len(journeys) > CROWD


def arrange(journeys: Sequence[Journey]) -> list[Placed]:
    """A place for every label: first the codes, in the order given, then the years at the stops that have been left.

    In a crowd there is none.
    """
    if is_crowd(journeys):
        return [Placed(None)] * len(journeys)
    room = Room(PLOT)
    for journey in journeys:
        _take(room, journey)
    codes = [
        room.seat(*journey.now.spot, len(journey.code) * _LETTER + 2, _TEXT_HEIGHT, gap=RADIUS + 3)
        for journey in journeys
    ]
    return [Placed(code, _years(room, journey)) for code, journey in zip(codes, journeys, strict=True)]


def _take(room: Room, journey: Journey) -> None:
    x, y = journey.now.spot
    room.take(Box(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS))
    points = [stop.spot for stop in journey.places]
    for start, end in pairwise(points):
        room.take_line(start, end)


def _years(room: Room, journey: Journey) -> tuple[Label | None, ...]:
    """Years stand close to their stop or not at all: a year far from its stop would be taken for another's."""
    seats = (
        room.seat(*stop.spot, len(stop.year) * _DIGIT, _YEAR_HEIGHT, gap=_STOP + 2) if stop.year else None
        for stop in journey.left
    )
    return tuple(seat if seat and not seat.led else None for seat in seats)


def _width(along: float) -> float:
    return _THIN + (_THICK - _THIN) * along


def _outline(start: Point, end: Point, length: float, widths: tuple[float, float]) -> tuple[Point, Point, Point, Point]:
    across = (start[1] - end[1]) / length / 2, (end[0] - start[0]) / length / 2
    (x1, y1), (x2, y2), (u, v) = start, end, across
    thin, thick = widths
    return (
        (x1 + u * thin, y1 + v * thin),
        (x2 + u * thick, y2 + v * thick),
        (x2 - u * thick, y2 - v * thick),
        (x1 - u * thin, y1 - v * thin),
    )


def _around(middle: float, spread: float) -> tuple[float, float]:
    return max(0.0, middle - spread), min(1.0, middle + spread)

"""Finding room for short labels beside marks, so that none covers a mark or another label."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from apps.pages.drawing.place import Box

CELL = 3.0
Cell = tuple[int, int]
# Preferred sides of a mark, best first: right, left, above, below, then the corners.
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
_RINGS = (0.0, 10.0, 20.0, 30.0)


@dataclass(frozen=True)
class Label:
    """A placed label: its box, and whether it stands far enough away to need a thin line to its mark."""

    box: Box
    led: bool


@dataclass
class Room:
    """What is taken in the plot, in cells of three units: firmly (marks, labels) or lightly (paths)."""

    plot: Box
    firm: set[Cell] = field(default_factory=set)
    light: set[Cell] = field(default_factory=set)

    def take(self, box: Box) -> None:
        """Keep labels off `box`."""
        self.firm.update(_cells(box))

    def take_line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Keep labels off a line where there is another place for them."""
        steps = max(1, int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / CELL))
        for step in range(steps + 1):
            along = step / steps
            x, y = start[0] + (end[0] - start[0]) * along, start[1] + (end[1] - start[1]) * along
            self.light.add((int(x // CELL), int(y // CELL)))

    def seat(self, x: float, y: float, width: float, height: float, gap: float) -> Label | None:
        """The best free place for a label of that size around the mark at (x, y); None where there is none."""
        free = [label for label in _candidates(x, y, width, height, gap) if self._holds(label.box)]
        clear = (label for label in free if not self.light.intersection(_cells(label.box)))
        chosen = next(clear, free[0] if free else None)
        if chosen:
            self.take(chosen.box)
        return chosen

    def _holds(self, box: Box) -> bool:
        plot = self.plot
        across = plot.left <= box.left and box.left + box.width <= plot.left + plot.width
        down = plot.top <= box.top and box.top + box.height <= plot.top + plot.height
        return across and down and not any(cell in self.firm for cell in _cells(box))


def _cells(box: Box) -> Iterable[Cell]:
    columns = range(int(box.left // CELL), int((box.left + box.width) // CELL) + 1)
    rows = range(int(box.top // CELL), int((box.top + box.height) // CELL) + 1)
    return ((column, row) for column in columns for row in rows)


def _candidates(x: float, y: float, width: float, height: float, gap: float) -> Iterator[Label]:
    for ring in _RINGS:
        for right, down in _SIDES:
            centre_x = x + right * (gap + ring + width / 2)
            centre_y = y + down * (gap + ring + height / 2)
            yield Label(Box(centre_x - width / 2, centre_y - height / 2, width, height), led=ring > 0)

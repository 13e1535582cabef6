"""Finding room for short labels beside marks, so that none covers a mark or another label.

The browser does the same (frontend/src/islands/matrix/labels.ts): what is changed here is changed there, and
frontend/src/islands/matrix/same.json holds both to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from apps.provenance.presenting.place import Box

CELL = 3.0
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
    """What is taken in the plot, in cells of three units: firmly (marks, labels) or lightly (paths).

    A row of cells is one number whose bits are its columns, so that a whole label is looked up at once.
    """

    plot: Box
    firm: dict[int, int] = field(default_factory=dict)
    light: dict[int, int] = field(default_factory=dict)

    def take(self, box: Box) -> None:
        """Keep labels off `box`."""
        rows, columns = _cells(box)
        for row in rows:
            self.firm[row] = self.firm.get(row, 0) | columns

    def take_line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Keep labels off a line where there is another place for them."""
        steps = max(1, int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / CELL))
        for step in range(steps + 1):
            along = step / steps
            x, y = start[0] + (end[0] - start[0]) * along, start[1] + (end[1] - start[1]) * along
            row = int(y // CELL)
            self.light[row] = self.light.get(row, 0) | 1 << int(x // CELL)

    def seat(self, x: float, y: float, width: float, height: float, gap: float) -> Label | None:
        """The best free place for a label of that size around the mark at (x, y); None where there is none."""
        free = None
        for label in _candidates(x, y, width, height, gap):
            if not self._inside(label.box) or _meets(self.firm, label.box):
                continue
            free = free or label
            if not _meets(self.light, label.box):
                free = label
                break
        if free:
            self.take(free.box)
        return free

    def _inside(self, box: Box) -> bool:
        plot = self.plot
        across = plot.left <= box.left and box.left + box.width <= plot.left + plot.width
        return across and plot.top <= box.top and box.top + box.height <= plot.top + plot.height


def _cells(box: Box) -> tuple[range, int]:
    """The rows of cells a box covers, and the columns it covers in each."""
    first, last = int(box.left // CELL), int((box.left + box.width) // CELL)
    rows = range(int(box.top // CELL), int((box.top + box.height) // CELL) + 1)
    return rows, ((1 << (last - first + 1)) - 1) << first


def _meets(taken: dict[int, int], box: Box) -> bool:
    rows, columns = _cells(box)
    return any(taken.get(row, 0) & columns for row in rows)


def _candidates(x: float, y: float, width: float, height: float, gap: float) -> Iterator[Label]:
    for ring in _RINGS:
        for right, down in _SIDES:
            centre_x = x + right * (gap + ring + width / 2)
            centre_y = y + down * (gap + ring + height / 2)
            yield Label(Box(centre_x - width / 2, centre_y - height / 2, width, height), led=ring > 0)

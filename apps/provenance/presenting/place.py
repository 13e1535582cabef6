"""Where a position lies in a drawing. Every drawing, here and in the browser, uses this one function."""

from dataclasses import dataclass
from fractions import Fraction

from apps.common.errors import Invalid

Number = Fraction | float | int


@dataclass(frozen=True)
class Box:
    """A rectangle in a drawing's units; y grows downwards."""

    left: float
    top: float
    width: float
    height: float


UNIT = Box(0, 0, 1, 1)


def place(ni: Number, pe: Number, box: Box = UNIT) -> tuple[float, float]:
    """The point (x, y) of a position in `box`.

    Imposed (NI 0) lies left, negotiated (1) right, planned (PE 0) below, emergent (1) above.
    """
    if not (0 <= ni <= 1 and 0 <= pe <= 1):
        raise Invalid("position.out_of_range", "A position lies between 0 and 1 on both lines.")
    return box.left + float(ni) * box.width, box.top + (1 - float(pe)) * box.height

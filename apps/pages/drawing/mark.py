"""The mark: a 16 px square with a dot at the measure's position. Learn it once, read it everywhere."""

from functools import lru_cache

from apps.common.svg import element, titled
from apps.provenance.presenting.place import Box, Number, place

SIZE = 16
_INSIDE = Box(3.5, 3.5, 9, 9)


@lru_cache(maxsize=4096)
def mark(ni: Number | None, pe: Number | None, title: str = "") -> str:
    """The mark as SVG text. Without a position yet (None) the square is dashed and empty.

    Words stand beside a mark, so it is hidden from screen readers unless `title` makes it speak for itself.
    """
    frame = element("rect", class_="mark-frame", x=0.5, y=0.5, width=15, height=15, rx=2)
    lines = element("path", class_="mark-lines", d="M8 1v14M1 8h14")
    return element(
        "svg",
        (titled(title) if title else "") + frame + lines + _dot(ni, pe),
        xmlns="http://www.w3.org/2000/svg",
        class_="mark" if ni is not None and pe is not None else "mark mark-none",
        viewBox=f"0 0 {SIZE} {SIZE}",
        width=SIZE,
        height=SIZE,
        role="img" if title else None,
        aria_hidden=None if title else "true",
    )


def _dot(ni: Number | None, pe: Number | None) -> str:
    if ni is None or pe is None:
        return ""
    x, y = place(ni, pe, _INSIDE)
    return element("circle", class_="mark-dot", cx=x, cy=y, r=3)

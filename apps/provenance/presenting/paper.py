"""The drawing that stands alone, for print and mail: every shape carries its own colours; no style sheet is needed.

Attributes rather than a style element: mail programs drop styles, and the pages' content policy forbids them.
"""

import re
from typing import Final

INK, SOFT, EDGE, WHITE, BAND = "#211e1a", "#5b554b", "#837a6b", "#ffffff", "#f4efe4"
KINDS: Final = {"negotiated": "#14634f", "mixed": "#87490e", "imposed": "#46506d", "outside": SOFT}
SIZE: Final = 'width="720" height="752" font-family="sans-serif"'
_TEXT = 'stroke="#ffffff" stroke-width="3" paint-order="stroke"'
_LOOKS: Final = {
    "matrix": SIZE,
    "matrix-frame": f'fill="{WHITE}" stroke="{EDGE}"',
    "matrix-band": f'fill="{BAND}" opacity="0.7"',
    "matrix-word": f'fill="{SOFT}" font-size="10.5"',
    "middle": f'color="{INK}"',
    "middle-arms": 'fill="none" stroke="currentColor" stroke-width="1" stroke-dasharray="2 2"',
    "middle-ring": f'fill="{WHITE}" stroke="currentColor" stroke-width="1.25"',
    "journey-mark": f'fill="currentColor" stroke="{WHITE}" stroke-width="1"',
    "journey-mark journey-hollow": f'fill="{WHITE}" stroke="currentColor" stroke-width="1.75"',
    "journey-path": 'fill="currentColor" opacity="0.6"',
    "journey-stop": f'fill="{WHITE}" stroke="currentColor" stroke-width="1.25"',
    "journey-leader": f'stroke="{EDGE}" stroke-width="0.75"',
    "journey-target": 'fill="none"',
    "journey-code": f'fill="{INK}" font-size="10.5" font-weight="600" {_TEXT}',
    "journey-year": f'fill="{SOFT}" font-size="8" {_TEXT}',
}
_CLASS: Final = re.compile(r' class="([a-z -]+)"')


def alone(drawing: str) -> str:
    """A drawing of `presenting.matrix` as a file of its own."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _CLASS.sub(lambda found: " " + _look(found[1]), drawing) + "\n"


def _look(classes: str) -> str:
    """The attributes that stand for classes; what a group is of colours everything in it."""
    kind = next((name.removeprefix("kind-") for name in classes.split() if name.startswith("kind-")), "")
    return f'color="{KINDS[kind]}"' if kind else _LOOKS[classes]

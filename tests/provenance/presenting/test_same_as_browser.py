"""The server and the browser's island put everything in the same place: islands/matrix/picture.test.ts reads the same file.

`python -m tests.provenance.presenting.test_same_as_browser` writes the file anew.
"""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from apps.provenance.presenting.journeys import Journey, Middle, Stop
from apps.provenance.presenting.matrix import matrix

SAME = Path(__file__).resolve().parents[3] / "frontend/src/islands/matrix/same.json"
NAMES = {
    "circle": ("cx", "cy", "r"),
    "line": ("x1", "y1", "x2", "y2"),
    "path": ("d", "transform"),
    "rect": ("x", "y", "width", "height"),
    "text": ("x", "y"),
}


def lines(drawn: str) -> list[str]:
    """Every shape with its place, sorted: what must be the same wherever the picture is drawn."""
    return sorted(_line(shape) for shape in ElementTree.fromstring(drawn).iter() if _tag(shape) in NAMES)


def _line(shape: ElementTree.Element) -> str:
    tag = _tag(shape)
    place = [shape.get(name, "") for name in NAMES[tag]]
    return " ".join([tag, shape.get("class", ""), *place, (shape.text or "") if tag == "text" else ""]).strip()


def _tag(shape: ElementTree.Element) -> str:
    return shape.tag.split("}")[1]


def drawing(case: dict[str, Any]) -> str:
    journeys = [
        Journey(told["code"], told["title"], told["kind"], tuple(Stop(**stop) for stop in told["stops"]))
        for told in case["journeys"]
    ]
    middle = case["middle"]
    return matrix(journeys, "same", middle=Middle(*middle) if middle else None)


def test_every_shape_lies_where_the_browser_puts_it() -> None:
    for name, case in json.loads(SAME.read_text()).items():
        assert lines(drawing(case)) == case["lines"], name


def _told(code: str, kind: str, *stops: tuple[float, float, str]) -> dict[str, Any]:
    return {
        "code": code,
        "title": f"Measure {code}",
        "kind": kind,
        "stops": [{"ni": ni, "pe": pe, "year": year, "words": "mixed", "what": "so"} for ni, pe, year in stops],
    }


def _cases() -> dict[str, Any]:
    ten = [
        _told("M1", "mixed", (0.2019, 0.5, "2024"), (0.4235, 0.6429, "2025")),
        _told("M2", "negotiated", (0.9708, 1, "2024")),
        _told("M3", "negotiated", (0.7083, 0.1667, "2023")),
        _told("M4", "negotiated", (0.7878, 0, "2023"), (0.8182, 0.1429, "2025")),
        _told("M5", "mixed", (0.4354, 0, "2024"), (0.5746, 0.2857, "2025")),
        _told("M6", "imposed", (0.35, 1, "2024"), (0.25, 0.7143, "2025")),
        _told("M7", "outside", (0, 0, "2023")),
        _told("M8", "imposed", (0.39, 0, "2025")),
        _told("M9", "mixed", (0.7944, 0.1667, "2023"), (0.6809, 0.1429, "2025"), (0.5674, 0.119, "2025")),
        _told("M10", "negotiated", (0.2, 0, "2023"), (0.6393, 0.5714, "2024"), (0.6955, 0.5714, "2025")),
    ]
    heap = [_told(f"K{n}", "mixed", (0.5, 0.5, "2024"), (0.5 + n % 3 / 9, 0.5, "2025")) for n in range(14)]
    crowd = [_told(f"M{n}", "imposed", (n / 70, 0.25, "2020"), (n % 9 / 8, n % 7 / 6, "2021")) for n in range(70)]
    return {
        "ten": {"journeys": ten, "middle": [0.6, 0.4, 0.1875, 0.3]},
        "heap": {"journeys": heap, "middle": None},
        "crowd": {"journeys": crowd, "middle": [0.02, 0.97, 0.1, 0.1]},
        "none": {"journeys": [], "middle": None},
    }


if __name__ == "__main__":
    told = {name: case | {"lines": lines(drawing(case))} for name, case in _cases().items()}
    SAME.write_text(json.dumps(told, indent=1) + "\n")

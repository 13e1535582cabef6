"""The scripts of a page, as built, packed as a server sends them: a phone on a weak line gets the room quickly."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

DIST = Path(__file__).resolve().parents[2] / "frontend" / "dist"
MOST = 40_000  # bytes
"""All scripts of a page together."""


def files(manifest: Mapping[str, Any], name: str) -> Iterator[str]:
    """What a module needs, itself included."""
    yield manifest[name]["file"]
    for other in manifest[name].get("imports", ()):
        yield from files(manifest, other)


def packed(island: str) -> dict[str, int]:
    """The scripts of a page with this island: those of every page, and its own."""
    manifest = json.loads((DIST / "manifest.json").read_text())
    wanted = {*files(manifest, "src/main.ts"), *files(manifest, f"src/islands/{island}/index.ts")}
    return {file: len(gzip.compress((DIST / file).read_bytes(), 6)) for file in sorted(wanted)}


@pytest.mark.parametrize("island", ["room", "console", "hall"])
def test_all_scripts_of_a_page_fit_into_40_kilobytes(island: str) -> None:
    sizes = packed(island)
    print(f"{island}: {sum(sizes.values())} bytes: {sizes}")
    assert len(sizes) > 1
    assert sum(sizes.values()) < MOST

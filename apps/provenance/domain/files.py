"""`score history.json`: the verdict on a history from a file, without database, engine or secret."""

import argparse
import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from apps.common.errors import Invalid
from apps.provenance.domain import reading
from apps.provenance.domain.history import read_history
from apps.provenance.domain.scoring import score


class _Arguments(argparse.ArgumentParser):
    """Arguments that are wrong are told in one line, like everything else here."""

    def error(self, message: str) -> NoReturn:
        raise Invalid("arguments.invalid", message)


def main(argv: Sequence[str]) -> int:
    """Prints one JSON document and gives 0; on refusal prints one line with file, place and reason and gives 2."""
    try:
        arguments = _parser().parse_args(argv)
        verdict = score_file(Path(arguments.history), arguments.id)
    except Invalid as refusal:
        print(_one_line(refusal.message), file=sys.stderr)
        return 2
    print(json.dumps(verdict, indent=1))
    return 0


def score_file(path: Path, history_id: str | None = None) -> dict[str, Any]:
    """The verdict on the history in a file, as JSON data; `history_id` picks one where the file holds several."""
    try:
        return score(read_history(_chosen(_read(path), history_id))).to_json()
    except Invalid as refusal:
        raise Invalid(refusal.code, f"{path}: {refusal.message}", refusal.fields) from refusal


def _parser() -> argparse.ArgumentParser:
    parser = _Arguments(prog="score", description="Where a measure stands: imposed or negotiated, planned or emergent.")
    parser.add_argument("history", help="a JSON file with one history")
    parser.add_argument("--id", help="which history, where the file holds several")
    return parser


def _chosen(document: object, history_id: str | None) -> object:
    """The history meant: the file itself, or the one with the given id out of its `histories`."""
    several = isinstance(document, dict) and "histories" in document
    if not several:
        if history_id is not None and (not isinstance(document, dict) or document.get("id") != history_id):
            raise reading.refusal("id", f"the file does not hold the history {reading.shown(history_id)}")
        return document
    histories = reading.sequence(document["histories"], "histories")  # type: ignore[index]
    named = [found for found in histories if isinstance(found, dict) and isinstance(found.get("id"), str)]
    ids = ", ".join(reading.escaped(found["id"]) for found in named)
    if history_id is None:
        raise reading.refusal("histories", f"the file holds {len(histories)} histories; choose one with --id ({ids})")
    chosen = [found for found in named if found["id"] == history_id]
    if len(chosen) != 1:
        raise reading.refusal("histories", f"{len(chosen)} histories are called {reading.shown(history_id)} ({ids})")
    return chosen[0]


def _read(path: Path) -> object:
    """The decoded file; numbers with a point stay exact, and no key may stand twice in an object."""
    try:
        return json.loads(
            path.read_text(encoding="utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_without_doubles,
        )
    except OSError as error:
        raise Invalid("file.unreadable", f"cannot be read: {error.strerror}.") from error
    except json.JSONDecodeError as error:
        raise Invalid(
            "file.unreadable", f"line {error.lineno}, column {error.colno}: not JSON: {error.msg}."
        ) from error
    except UnicodeDecodeError as error:
        raise Invalid("file.unreadable", f"byte {error.start}: not UTF-8.") from error
    except RecursionError as error:
        raise Invalid("file.unreadable", "is nested too deeply.") from error
    except ValueError as error:
        raise Invalid("file.unreadable", f"not JSON that can be read: {error}.") from error


def _no_number(name: str) -> NoReturn:
    raise Invalid("file.unreadable", f"{name} is not a number in JSON.")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise reading.refusal(reading.escaped(key), "stands twice in one object")
        found[key] = value
    return found


def _one_line(message: str) -> str:
    """A message without line breaks and control characters, whatever the file or its name contains."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in message)

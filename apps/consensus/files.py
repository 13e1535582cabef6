"""The command `tally`: rule and ballots as files in, one JSON document out. It needs no database, engine or secret."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import orjson

from apps.common.errors import Invalid
from apps.consensus.parsing import parse_rule
from apps.consensus.rules import Rule
from apps.consensus.tables import read_ballots, read_entitled, read_text
from apps.consensus.tallying import tally_ballots


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message: str) -> NoReturn:
        """Refuse like a malformed file."""
        raise Invalid("file.arguments", f"tally: {message}")


def arguments(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The command's arguments, added to a parser."""
    parser.add_argument("--rule", type=Path, required=True, help="the decision rule, rule.json of version 1")
    parser.add_argument("--ballots", type=Path, required=True, help="item,group,seat,choice[,weight]")
    parser.add_argument("--entitled", type=Path, help="group,seats or group,seat; without it, those in the ballots")
    return parser


def main(argv: Sequence[str]) -> int:
    """Tally the files named in `argv` and print the result: 0. A malformed file: one line on stderr, nothing else, 2."""
    try:
        options = arguments(_Parser(prog="tally", allow_abbrev=False)).parse_args(list(argv))
        document = tally_files(options.rule, options.ballots, options.entitled)
    except Invalid as refused:
        print(refused.message, file=sys.stderr)
        return 2
    sys.stdout.buffer.write(document)
    sys.stdout.flush()
    return 0


def tally_files(rule: Path, ballots: Path, entitled: Path | None = None) -> bytes:
    """The result as a JSON document. `Invalid` names file, row or place, and reason in one line."""
    parsed = read_rule(rule)
    seats = read_entitled(entitled) if entitled else None
    result = tally_ballots(parsed, read_ballots(ballots, parsed.method.canonical, seats))
    return orjson.dumps(result.to_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_rule(path: Path) -> Rule:
    """The rule in a file; errors begin with the file's name."""
    try:
        document = json.loads(read_text(path), object_pairs_hook=_no_repeated_keys, parse_constant=_no_constant)
        return parse_rule(document)
    except json.JSONDecodeError as error:
        raise Invalid("file.not_json", f"{path.name}: row {error.lineno}: is not JSON: {error.msg}") from None
    except RecursionError:
        raise Invalid("rule.too_deep", f"{path.name}: row 1: nested too deep") from None
    except Invalid as refused:
        prefix = "" if refused.message.startswith(f"{path.name}: ") else f"{path.name}: "
        raise Invalid(refused.code, prefix + " ".join(refused.message.split()), refused.fields) from None


def _no_repeated_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise Invalid("rule.duplicate", f"{repeated}: this key stands here twice")
    return read


def _no_constant(name: str) -> NoReturn:
    raise Invalid("rule.float", f"rule: {name} is not a number that can be written down exactly")

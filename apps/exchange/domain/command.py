"""The command that verifies a dossier: `manage.py record verify DOSSIER`, and `python verify.py DOSSIER` outside the platform."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from apps.common.errors import Invalid, Refusal
from apps.exchange.domain.report import Report
from apps.exchange.domain.verifying import verify_archive, verify_files

HERE = Path(sys.argv[0]).resolve().parent
OWN_CODE = {"__pycache__"}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message: str) -> NoReturn:
        raise Invalid("arguments.invalid", f"verify: {message}")


def main(argv: Sequence[str]) -> int:
    """Verifies and prints what was found. 0: verified; 1: something is wrong; 2: the call itself was wrong, told in one line."""
    try:
        options = _arguments().parse_args(list(argv))
        report = verify_path(Path(options.dossier), options.key, [_read(Path(file)) for file in options.checkpoint])
    except Refusal as refusal:
        print(" ".join(refusal.message.split()), file=sys.stderr)
        return 2
    print(
        json.dumps(report.to_json(), indent=1) if options.json else report.to_text(), end="\n" if options.json else ""
    )
    return 0 if report.is_verified else 1


def verify_path(path: Path, keys: Sequence[str] = (), kept: Sequence[str] = ()) -> Report:
    """Verifies a dossier at a path: the archive as it was downloaded, or the folder it was unpacked to."""
    if path.is_dir():
        return verify_files(_folder(path), keys, kept)
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise Invalid("file.unreadable", f"{path}: cannot be read: {error.strerror}") from error
    try:
        return verify_archive(packed, keys, kept)
    except Refusal as refusal:
        raise Invalid(refusal.code, f"{path}: {refusal.message}") from refusal


def _arguments() -> argparse.ArgumentParser:
    parser = _Parser(prog="verify", description="Verify a dossier: the ZIP file, or the folder it was unpacked to.")
    parser.add_argument(
        "dossier", nargs="?", default=str(HERE), help="the file or folder; none: where this program lies"
    )
    parser.add_argument("--key", action="append", default=[], help="a public key you trust, instead of the one inside")
    parser.add_argument("--checkpoint", action="append", default=[], help="a file with a checkpoint you kept")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    return parser


def _folder(path: Path) -> dict[str, bytes]:
    files = (file for file in sorted(path.rglob("*")) if file.is_file() and not OWN_CODE & set(file.parts))
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in files if not file.name.startswith(".")}


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid("file.unreadable", f"{path} cannot be read") from error

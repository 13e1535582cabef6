"""A file as rows of cells: encodings, separators, quotes. What is no table is refused with the reason."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import chain, islice

from apps.common.errors import Invalid

LARGEST = 2_000_000
"""Bytes of a file."""
MOST_ROWS = 3_000
MOST_COLUMNS = 200
SEPARATORS = (",", ";", "\t", "|")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

csv.field_size_limit(LARGEST)


@dataclass(frozen=True)
class Table:
    """The header, and each row with its number as a spreadsheet counts (the header is row 1). `encoding` and `separator`
    say how the file was read.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str
    separator: str

    def column(self, index: int) -> list[str]:
        """All cells of a column; a row that is too short has an empty one."""
        return [cells[index] if index < len(cells) else "" for _, cells in self.rows]


def read_table(raw: bytes | str) -> Table:
    """The table in a file. Raises `Invalid` with codes that begin with `table.`."""
    text, encoding = (raw, "text") if isinstance(raw, str) else _decode(raw)
    _require_table(text)
    separator = _separator(text)
    body = text.split("\n", 1)[1] if _names_separator(text) else text
    rows = _rows(body, separator)
    first = next(rows, None)
    if first is None:
        raise Invalid("table.empty", "The file is empty.")
    header = tuple(name.strip() or f"column {number}" for number, name in enumerate(_trimmed(first), 1))
    if len(header) > MOST_COLUMNS:
        raise Invalid("table.columns", f"The file has {len(header)} columns; at most {MOST_COLUMNS} are read.")
    found = tuple((number, tuple(cells)) for number, cells in enumerate(rows, 2))
    if len(found) > MOST_ROWS:
        raise Invalid("table.rows", f"The file has {len(found)} rows; at most {MOST_ROWS} are read at once. Divide it.")
    if not any(any(cell.strip() for cell in cells) for _, cells in found):
        raise Invalid("table.empty", "The file has a header and no rows.")
    return Table(header, found, encoding, separator)


def _decode(raw: bytes) -> tuple[str, str]:
    """The text of a file: as its mark says, else UTF-8, else Windows-1252."""
    if len(raw) > LARGEST:
        raise Invalid(
            "table.large", f"The file has {len(raw):,} bytes; at most {LARGEST:,} are read at once. Divide it."
        )
    if raw.startswith(b"PK"):
        raise Invalid("table.spreadsheet", "This is a spreadsheet or an archive. Save the sheet as CSV first.")
    marked = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Invalid("table.encoding", "The letters of this file cannot be read. Save it as CSV in UTF-8.")


def _require_table(text: str) -> None:
    if "\x00" in text:
        raise Invalid("table.binary", "This is not a text file. Save the sheet as CSV first.")
    start = text.lstrip()[:1]
    if not start:
        raise Invalid("table.empty", "The file is empty.")
    if start in {"{", "[", "<"}:
        raise Invalid("table.other_format", "This is no table with rows and columns. Save it as CSV first.")


def _names_separator(text: str) -> bool:
    """A first line `sep=;`, as spreadsheets write it."""
    return re.match(r"sep=.\r?\n", text, re.IGNORECASE) is not None


def _separator(text: str) -> str:
    """The one the file names, else the one that gives the header most columns; the first of those that tie."""
    if _names_separator(text):
        return text[4]
    counts = {one: len(next(_rows(text, one), [])) for one in SEPARATORS}
    return max(SEPARATORS, key=lambda one: counts[one])


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    """Rows of cells; line ends inside quotes belong to the cell. Empty rows keep their numbers."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            why = "a quote that is opened in it is never closed, or is followed by more text"
            raise Invalid("table.quotes", f"Row {row} cannot be read: {why}.") from error
        yield cells


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end, which spreadsheets leave behind."""
    filled = [number for number, cell in enumerate(cells, 1) if cell.strip()]
    return list(islice(chain(cells), filled[-1] if filled else 0))

"""Writing a table in the form somebody asked for.

Cells are text, whole numbers, dates or yes and no. What a spreadsheet would run as a formula stays text: XLSX and ODS say of
each cell that it is text, and in CSV, which cannot say so, such a cell begins with an apostrophe (OWASP, CSV injection).
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import odswriter
import xlsxwriter

from apps.common.errors import NotFound

Cell = str | int | bool | date | datetime | None
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FORMATS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


@dataclass(frozen=True)
class Table:
    """A name (also of the sheet), a head and rows."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def write(table: Table, format: str) -> bytes:
    """The table as the bytes of a file. Raises `NotFound` (format.unknown)."""
    if format not in WRITERS:
        raise NotFound("format.unknown", f"This can be taken as {', '.join(FORMATS)}.")
    return WRITERS[format](table)


def safe(cell: str) -> str:
    """A text that no spreadsheet takes for a formula when it reads CSV."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _plain(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


def _csv(table: Table) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _whole(table):
        writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(table: Table) -> bytes:
    out = io.BytesIO()
    about = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, **about}) as book:
        sheet, bold = book.add_worksheet(table.name[:31]), book.add_format({"bold": True})
        for number, row in enumerate(_whole(table)):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell[:32_767], bold if number == 0 else None)
                else:
                    sheet.write_number(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return out.getvalue()


def _ods(table: Table) -> bytes:
    out = io.BytesIO()
    with odswriter.writer(out) as book:
        sheet = book.new_sheet(table.name[:31], cols=len(table.head))
        for row in _whole(table):
            sheet.writerow(row)
    return out.getvalue()


def _whole(table: Table) -> Iterable[list[str | int]]:
    yield list(table.head)
    for row in table.rows:
        yield [_plain(cell) for cell in row]


WRITERS = {"csv": _csv, "xlsx": _xlsx, "ods": _ods}

"""A file as rows of cells: every encoding and separator that spreadsheets write, and a clear no to what is no table."""

import pytest

from apps.common.errors import Invalid
from apps.frameworks.domain.importing import LARGEST, MOST_ROWS, read_table

ROWS = "code;title\nM1;Café, née Müller – 5 €\nM2;Zufriedenheit\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_are_read_whatever_the_encoding(encoding: str) -> None:
    table = read_table(ROWS.encode(encoding))
    assert table.header == ("code", "title")
    assert table.rows[0] == (2, ("M1", "Café, née Müller – 5 €"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_divides_the_header(separator: str) -> None:
    text = "\n".join(separator.join(cells) for cells in (["code", "title", "unit"], ["M1", "Loneliness", "%"]))
    assert read_table(text).rows == ((2, ("M1", "Loneliness", "%")),)


def test_a_spreadsheet_may_name_its_separator_in_a_first_line() -> None:
    table = read_table("sep=|\ncode|title, in words\nM1|A")
    assert (table.header, table.rows) == (("code", "title, in words"), ((2, ("M1", "A")),))


def test_line_ends_separators_and_quotes_inside_quotes_belong_to_the_cell() -> None:
    table = read_table(b'code,title\r\nM1,"one, two\r\nthree ""four"""\r\nM2,five\r\n')
    assert table.rows == ((2, ("M1", 'one, two\r\nthree "four"')), (3, ("M2", "five")))


def test_rows_keep_the_numbers_a_spreadsheet_gives_them() -> None:
    assert [number for number, _ in read_table("title\nA\n\nB\n").rows] == [2, 3, 4]


def test_empty_cells_at_the_end_of_the_header_are_no_columns() -> None:
    assert read_table("code,title,,\nM1,A,,\n").header == ("code", "title")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "table.empty"),
        (b"  \n \n", "table.empty"),
        (b"\xef\xbb\xbf", "table.empty"),
        (b"code,title\n", "table.empty"),
        (b"code,title\n,\n\n", "table.empty"),
        (b"PK\x03\x04sheet", "table.spreadsheet"),
        (b"%PDF\x00\x01", "table.binary"),
        (b'{"a": 1}', "table.other_format"),
        (b"<html>", "table.other_format"),
        (b"title\n\x81\x8d", "table.encoding"),
        (b'title\n"never closed\nM2\n', "table.quotes"),
        (b'title\n"a"b\n', "table.quotes"),
        (b"x" * (LARGEST + 1), "table.large"),
        (b"title\n" + b"A\n" * (MOST_ROWS + 1), "table.rows"),
        ((",".join("abc" * 100) + "\nA").encode(), "table.columns"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(raw: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_table(raw)
    assert refused.value.code == code


def test_a_huge_cell_is_read_and_left_to_its_field() -> None:
    huge = "x" * 500_000
    assert read_table(f"title,unit\nA,{huge}\n").rows[0][1][1] == huge

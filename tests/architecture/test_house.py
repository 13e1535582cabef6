"""The repository keeps its own rules: small files, short functions, numbered decisions, named migrations, no foreign words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from apps.frameworks.domain import fields
from apps.partnerships.services import PARTS
from apps.provenance.domain.rule import RULE_1

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path
    for folder in ("apps", "negotiator")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_at_most_300_lines_and_no_function_over_60(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300
    assert [function.name for function in functions(path) if length(function) > 60] == []


def test_the_median_function_is_short() -> None:
    assert median(length(function) for path in SOURCES for function in functions(path)) <= 9


def test_decisions_are_numbered_without_a_gap_and_their_titles_agree() -> None:
    files = sorted((ROOT / "docs" / "adr").glob("*.md"))
    for number, file in enumerate(files, 1):
        assert file.name.startswith(f"{number:04d}-")
        assert file.read_text().startswith(f"# {number}. ")


def test_migrations_are_named_by_people() -> None:
    names = [path.stem for path in (ROOT / "apps").glob("*/migrations/0*.py")]
    assert [name for name in names if "_auto_" in name] == []


def test_every_test_lies_under_tests() -> None:
    strays = [path for path in ROOT.glob("*/**/test_*.py") if path.relative_to(ROOT).parts[0] in {"apps", "negotiator"}]
    assert strays == []


def test_lock_and_requirement_files_name_no_registry() -> None:
    for path in (*ROOT.glob("requirements*.txt"), *ROOT.glob("deploy/*.txt"), ROOT / "frontend" / "package-lock.json"):
        assert not re.search(
            r'"resolved"|--index-url|--extra-index-url|://registry|://pypi|://files', path.read_text()
        ), path


def test_the_parts_of_a_measure_are_the_same_in_every_room() -> None:
    assert tuple(fields.PARTS) == PARTS
    assert set(PARTS) == set(RULE_1.document()["parts"])

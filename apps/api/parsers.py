"""Reading a body: JSON of a bounded size and depth, with nothing in it that could not be stored."""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from apps.api.problems import BodyTooLarge

DEPTH = 32


class StrictJSON(BaseParser):
    """JSON as RFC 8259 has it. Too large is a 413; broken, too deep or holding unstorable characters is a 400."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise BodyTooLarge(f"At most {limit} bytes are read at once.")
        try:
            value = json.loads(raw.decode(), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError(f"This is not JSON as it should be: {type(error).__name__}.") from error
        require_storable(value)
        return value


def require_storable(value: Any) -> None:
    """Refuse values nested too deeply, and texts the database cannot hold (NUL, lone surrogates)."""
    level = [value]
    for _ in range(DEPTH):
        if any(isinstance(item, str) and not _is_storable(item) for item in level):
            raise ParseError("A text holds characters that cannot be stored.")
        level = [child for item in level for child in _children(item)]
        if not level:
            return
    raise ParseError(f"This is nested more than {DEPTH} levels deep.")


def _children(item: Any) -> list[Any]:
    if isinstance(item, dict):
        return [*item.keys(), *item.values()]
    return item if isinstance(item, list) else []


def _is_storable(text: str) -> bool:
    try:
        return "\x00" not in text and bool(text.encode() or True)
    except UnicodeEncodeError:
        return False


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")

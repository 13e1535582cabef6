"""References of a scenario (`$name.id`) and what an answer is expected to hold."""

from collections.abc import Mapping
from typing import Any

from apps.common.errors import Invalid


def resolve(value: Any, known: Mapping[str, Any]) -> Any:
    """The same value with every `$name.path` replaced by what was kept under it."""
    if isinstance(value, str) and value.startswith("$"):
        return look(known, value[1:], value)
    if isinstance(value, list):
        return [resolve(each, known) for each in value]
    if isinstance(value, dict):
        return {key: resolve(each, known) for key, each in value.items()}
    return value


def look(value: Any, path: str, told: str) -> Any:
    """What lies at a dotted path (`items.0.id`). Raises `Invalid` (scenario.reference) naming the reference."""
    for step in path.split("."):
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, ValueError, TypeError) as error:
            raise Invalid("scenario.reference", f"'{told}' leads nowhere: there is no '{step}'.") from error
    return value


def unmet(expect: Mapping[str, Any], status: int, body: Any) -> str:
    """What an answer lacks of what is expected, or an empty text. Without a `status` any success will do."""
    wanted = expect.get("status")
    if (wanted is None and status >= 400) or (wanted is not None and status != wanted):
        said = body.get("detail", "") if isinstance(body, dict) else ""
        return f"status {status}{f', {said}' if said else ''} instead of {wanted or 'success'}"
    for path, value in expect.items():
        if path == "status":
            continue
        try:
            found = look(body, path, path)
        except Invalid:
            return f"'{path}' is not there"
        if found != value:
            return f"'{path}' is {found!r} instead of {value!r}"
    return ""

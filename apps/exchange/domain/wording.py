"""Numbers and the words about them, held apart: the page that travels in a dossier checks the numbers, this program both."""

from collections.abc import Mapping
from typing import Any

OTHER_WORDS = "its reasons in words say something else than its numbers"
OTHER_HEADLINE = "its headline says something else than the acts"


def without_words(value: Any) -> Any:
    """A document without its reasons in words, which follow from its numbers."""
    if isinstance(value, list | tuple):
        return [without_words(inner) for inner in value]
    if isinstance(value, Mapping):
        return {
            key: without_words(inner)
            for key, inner in value.items()
            if not (key in {"why", "reason"} and isinstance(inner, str))
        }
    return value

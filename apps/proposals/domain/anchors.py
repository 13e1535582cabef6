"""What becomes of a comment when the text moves on: it stays where it was, follows its passage, or is about an earlier version."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Anchor(StrEnum):
    """Where a comment hangs now."""

    WHOLE = "whole"
    """On the text as a whole: it never comes loose."""
    HERE = "here"
    """On a field that reads as it did."""
    FOLLOWED = "followed"
    """On a field that reads otherwise, but still holds the passage the comment is about."""
    EARLIER = "earlier"
    """On a field that reads otherwise: the comment is about an earlier version."""


def anchor(field: str, then: Mapping[str, Any], now: Mapping[str, Any], quote: str = "") -> Anchor:
    """Where a comment on `field`, made on the fields `then`, hangs in the fields `now`."""
    if not field:
        return Anchor.WHOLE
    if then.get(field) == now.get(field):
        return Anchor.HERE
    text = now.get(field)
    return Anchor.FOLLOWED if quote and isinstance(text, str) and quote in text else Anchor.EARLIER

"""The groups of a partnership as parties to its meetings."""

from collections.abc import Mapping
from typing import Any

from apps.deliberation.domain.parties import Party
from apps.partnerships.models import GroupKind, Standing


def party(group: Mapping[str, Any], key: str) -> Party:
    """A group (a row with its `seat_count`) as a party, by this `key`."""
    decides = group["standing"] == Standing.DECIDES and group["kind"] != GroupKind.OBSERVER
    return Party(key, group["name"], group["seat_count"], decides)

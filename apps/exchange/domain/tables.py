"""The tables and documents of a dossier that follow from its entries: made when it is written, made again when it is checked."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from apps.exchange.domain.recounting import Counted

Plain = Mapping[str, Any]


def ballots_table(counted: Counted) -> bytes:
    """The ballots that were counted, as `manage.py tally --ballots` reads them, in a fixed order; those of a secret round as one
    line for all who chose alike, with their number as its weight."""
    if counted.secret:
        return table(("item", "group", "seat", "choice", "weight"), sorted(counted.rows))
    ordered = sorted((row.item, row.group, row.seat, row.choice) for row in counted.rows)
    return table(("item", "group", "seat", "choice"), ordered)


def entitled_table(counted: Counted) -> bytes:
    """How many seats of each group could vote, as `manage.py tally --entitled` reads it."""
    return table(("group", "seats"), sorted(counted.opened.data["entitled"].items()))


def document(value: object) -> bytes:
    """A JSON document, indented to be read, keys in order."""
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def table(header: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """A CSV table in UTF-8, lines ended by a line feed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue().encode()

"""Bringing in a framework from a table: read the file, recognise its columns, make drafts, hold them against what is there.

Nothing here writes. `read_table` takes bytes, `recognise` proposes what each column means, `drafts_of` turns rows into
drafts and says of each row it cannot take why not, and `plan` says of each draft whether it is new, changes something or is
there already. A preview and the import itself run the same functions on the same bytes.
"""

from apps.frameworks.domain.importing.columns import TARGETS, Mapping, Target, recognise, targets_of
from apps.frameworks.domain.importing.drafts import Draft, Drafts, Skipped, drafts_of
from apps.frameworks.domain.importing.matching import Item, Plan, Standing, plan
from apps.frameworks.domain.importing.tables import LARGEST, MOST_ROWS, Table, read_table

__all__ = [
    "LARGEST",
    "MOST_ROWS",
    "TARGETS",
    "Draft",
    "Drafts",
    "Item",
    "Mapping",
    "Plan",
    "Skipped",
    "Standing",
    "Table",
    "Target",
    "drafts_of",
    "plan",
    "read_table",
    "recognise",
    "targets_of",
]

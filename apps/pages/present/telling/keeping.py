"""How the record itself is kept: its key, its witnesses, and what they have seen."""

from collections.abc import Mapping

from apps.pages.present.telling.words import Teller

TELLERS: Mapping[str, Teller] = {
    "witness.added": lambda entry, names: f"{entry.data['name']} was chosen to sign checkpoints of this record too.",
    "keeper.chosen": lambda entry, names: f"{entry.data['name']} was asked to keep checkpoints of this record.",
    "keeper.confirmed": lambda entry, names: f"{entry.data['name']} said yes and is sent checkpoints of this record.",
    "keeper.tried": lambda entry, names: f"{entry.data['name']} was sent a checkpoint as a trial.",
    "keeper.removed": lambda entry, names: f"{entry.data['name']} is sent no more checkpoints of this record.",
    "witness.removed": lambda entry, names: f"{entry.data['name']} is sent no more checkpoints.",
    "history.disputed": lambda entry, names: (
        f"Alarm: {entry.data['seen_by']} has seen another history of the first {entry.data['size']} entries."
    ),
}

"""The files of a dossier by name, and what its description says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.common.errors import Invalid
from apps.exchange.domain.reading import read_object
from apps.record.domain.entry import is_uuid

VERSION = 2
"""Of the format; raised with whatever a dossier of before cannot satisfy."""
OTHER_VERSION = (
    f"this program reads version {VERSION} of dossiers: the verify.py that lies in a dossier reads that dossier's own"
)
ABOUT = "dossier.json"
CHECKPOINT = "checkpoint.txt"
EARLIER = "checkpoints-before.json"
ENTRIES = "entries.jsonl"
TREE = "tree.json"
TEXTS = "texts.jsonl"
OPENED = "opened.jsonl"
HISTORY = "history.json"
VERDICT = "verdict.json"
KINDS = ("measure", "element", "proposal", "round", "edition")


@dataclass(frozen=True)
class About:
    """What a dossier is of: `kind` and `id`, a `title`, the log and its `origin`, the public keys of log and witnesses."""

    kind: str
    id: str
    title: str
    log: str
    origin: str
    keys: tuple[str, ...]
    witnesses: tuple[str, ...]
    made_at: str

    @property
    def subject(self) -> str:
        """As the list of contents names it."""
        return f"{self.kind} {self.id}"

    def to_data(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "kind": self.kind,
            "id": self.id,
            "title": self.title,
            "log": self.log,
            "origin": self.origin,
            "keys": list(self.keys),
            "witnesses": list(self.witnesses),
            "made_at": self.made_at,
        }

    @classmethod
    def parse(cls, raw: bytes) -> "About":
        """Reads the description. Raises `Invalid` (dossier.malformed)."""
        data: Mapping[str, Any] = read_object(raw)
        texts = ("kind", "id", "title", "log", "origin", "made_at")
        lists = ("keys", "witnesses")
        if data.keys() != {"version", *texts, *lists} or data["version"] != VERSION:
            raise Invalid("dossier.malformed", OTHER_VERSION)
        if (
            not all(isinstance(data[key], str) for key in texts)
            or not is_uuid(data["log"])
            or data["kind"] not in KINDS
        ):
            raise Invalid("dossier.malformed", "it is not as such a file is")
        if not all(isinstance(data[key], list) and all(isinstance(k, str) for k in data[key]) for key in lists):
            raise Invalid("dossier.malformed", "it is not as such a file is")
        return cls(**{key: data[key] for key in texts}, keys=tuple(data["keys"]), witnesses=tuple(data["witnesses"]))


def ballots_csv(round_id: str) -> str:
    """The name of the table of a round's counted ballots."""
    return f"ballots/{round_id}.csv"


def rule_json(round_id: str) -> str:
    """The name of the rule a round was counted under, as the command `tally` reads it."""
    return f"ballots/{round_id}.rule.json"


def entitled_csv(round_id: str) -> str:
    """The name of the table of who could vote."""
    return f"ballots/{round_id}.entitled.csv"

"""One entry of a log: what was done, when, by whom, on what. Its canonical bytes are the leaf that is hashed and
stored.

Texts are not in it: an entry carries the salted digest of a text, so that the text can be erased and every proof still
holds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from apps.common.errors import Invalid
from apps.record.domain.canonical import LARGEST_INTEGER, decode, encode
from apps.record.domain.tree import leaf_hash

SALT_SIZE = 32
SYSTEM_CLOCK: Mapping[str, str] = {"system": "clock"}

_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_TYPE = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
_DIGEST = re.compile("[0-9a-f]{64}")
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_REQUIRED = frozenset({"v", "log", "seq", "at", "type", "by", "on", "data"})
_KEYS = _REQUIRED | {"because"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry as it stands in the record.

    `v` version of the type's schema · `log` UUID of the log · `seq` its place, from 0 · `at` UTC, microseconds (see
    `timestamp`) · `type` noun.past_participle · `by` who (`seat`, `person`: a pseudonym in this log, or `system`) ·
    `on` what it concerns (kind -> id) · `because` the earlier entry that led to it · `data` what the type's schema
    says.
    """

    log: str
    seq: int
    at: str
    type: str
    by: Mapping[str, str]
    on: Mapping[str, str]
    data: Mapping[str, Any] = field(default_factory=dict)
    because: int | None = None
    v: int = 1

    def __post_init__(self) -> None:
        faults = {name: why for name, why in _faults(self) if why}
        if faults:
            raise Invalid("entry.malformed", "; ".join(f"{name} {why}" for name, why in faults.items()), faults)

    def to_bytes(self) -> bytes:
        """The canonical bytes. Raises `Invalid` (canonical.refused) where `data` holds what an entry may not hold."""
        value = {
            "v": self.v,
            "log": self.log,
            "seq": self.seq,
            "at": self.at,
            "type": self.type,
            "by": dict(self.by),
            "on": dict(self.on),
            "data": dict(self.data),
        }
        if self.because is not None:
            value["because"] = self.because
        return encode(value)

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Entry":
        """Reads an entry back. Bytes that `to_bytes` would not have written are `Invalid`: nothing can hide in them."""
        value = decode(raw)
        if not isinstance(value, dict) or not value.keys() >= _REQUIRED or not value.keys() <= _KEYS:
            raise Invalid(
                "entry.malformed", f"An entry has the keys {', '.join(sorted(_REQUIRED))} and at most because."
            )
        if "because" in value and value["because"] is None:
            raise Invalid("entry.malformed", "Without a because an entry leaves it out.")
        return cls(**value)

    def leaf_hash(self) -> bytes:
        return leaf_hash(self.to_bytes())


def timestamp(moment: datetime) -> str:
    """An aware datetime as an entry writes it: `2026-11-23T14:05:09.123456Z`."""
    if moment.tzinfo is None:
        raise Invalid("entry.malformed", "A time without a zone says nothing.")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(at: str) -> datetime:
    """The aware datetime of an entry's `at`."""
    return datetime.fromisoformat(at)


def text_digest(salt: bytes, body: str) -> str:
    """SHA-256 over a 32-byte random salt and the text in UTF-8, as 64 hex digits. Without the salt nobody can guess the
    text.
    """
    if len(salt) != SALT_SIZE:
        raise Invalid("text.malformed", f"A salt has {SALT_SIZE} bytes.")
    return sha256(salt + body.encode()).hexdigest()


@dataclass(frozen=True)
class TextRef:
    """How an entry points to a text: the row's id and the salted digest of what stood there."""

    text: str
    sha256: str

    def __post_init__(self) -> None:
        if not is_uuid(self.text) or not _DIGEST.fullmatch(self.sha256):
            raise Invalid("text.malformed", "A text is named by a UUID and 64 hex digits.")

    @classmethod
    def of(cls, text: str, salt: bytes, body: str) -> "TextRef":
        return cls(text, text_digest(salt, body))

    @classmethod
    def from_data(cls, data: Mapping[str, str]) -> "TextRef":
        if data.keys() != {"text", "sha256"}:
            raise Invalid("text.malformed", "A reference to a text has the keys text and sha256.")
        return cls(data["text"], data["sha256"])

    def to_data(self) -> dict[str, str]:
        """As it stands in an entry's data."""
        return {"text": self.text, "sha256": self.sha256}

    def fits(self, salt: bytes, body: str) -> bool:
        """Whether the stored text is the one that was recorded."""
        return compare_digest(text_digest(salt, body), self.sha256)


def is_uuid(value: object) -> bool:
    """Whether `value` is a UUID in its usual spelling, as text."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def _faults(entry: Entry) -> list[tuple[str, str]]:
    """Each field with what is wrong with it, or an empty text."""
    because = entry.because
    return [
        ("v", "" if _is_count(entry.v) and entry.v > 0 else "is a positive integer"),
        ("log", "" if is_uuid(entry.log) else "is a UUID"),
        ("seq", "" if _is_count(entry.seq) else "is an integer from 0"),
        ("at", "" if _is_time(entry.at) else "is a UTC time with microseconds"),
        ("type", "" if isinstance(entry.type, str) and _TYPE.fullmatch(entry.type) else "is noun.past_participle"),
        ("by", "" if _is_names(entry.by) and entry.by else "names who acted"),
        ("on", "" if _is_names(entry.on) else "names what it is about"),
        ("because", "" if because is None or _is_earlier(because, entry.seq) else "is an earlier entry"),
        ("data", "" if isinstance(entry.data, Mapping) else "is a map"),
    ]


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= LARGEST_INTEGER


def _is_earlier(because: object, seq: object) -> bool:
    return _is_count(because) and _is_count(seq) and because < seq  # type: ignore[operator]


def _is_names(value: object) -> bool:
    return isinstance(value, Mapping) and all(type(item) is str and item for pair in value.items() for item in pair)


def _is_time(at: object) -> bool:
    if not isinstance(at, str) or not _AT.fullmatch(at):
        return False
    try:
        moment(at)
    except ValueError:
        return False
    return True

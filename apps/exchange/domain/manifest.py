"""The signed list of contents: every file of a dossier with its SHA-256, as a signed note of the host's record key.

Its first lines cannot be mistaken for those of a checkpoint, whose second line is a number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from apps.common.errors import Invalid

HEADER = "negotiator dossier v1"
NAME = "manifest.txt"
_LINE = re.compile("([0-9a-f]{64})  ([ -~]+)")
_SUBJECT = re.compile("(measure|element|proposal|round|edition) [0-9a-z-]+")


@dataclass(frozen=True)
class Manifest:
    """`origin` the log, `subject` what the dossier is of (kind and id), `digests` the SHA-256 of every other file by name."""

    origin: str
    subject: str
    digests: Mapping[str, str]

    @classmethod
    def of(cls, origin: str, subject: str, files: Mapping[str, bytes]) -> "Manifest":
        return cls(origin, subject, {name: sha256(files[name]).hexdigest() for name in sorted(files)})

    @classmethod
    def parse(cls, text: str) -> "Manifest":
        """Reads the text of the note. Raises `Invalid` (dossier.malformed)."""
        header, origin, subject, *lines = [*text.removesuffix("\n").split("\n"), "", ""]
        found = [_LINE.fullmatch(line) for line in lines if line]
        if (
            header != HEADER
            or not origin.startswith("log ")
            or not _SUBJECT.fullmatch(subject)
            or not all(found)
            or cls(origin[4:], subject, {m[2]: m[1] for m in found if m}).text != text
        ):
            raise Invalid("dossier.malformed", "The list of contents is not one of a dossier.")
        return cls(origin[4:], subject, {m[2]: m[1] for m in found if m})

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = [HEADER, f"log {self.origin}", self.subject]
        lines += [f"{digest}  {name}" for name, digest in sorted(self.digests.items())]
        return "".join(f"{line}\n" for line in lines)

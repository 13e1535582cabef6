"""The document a mandate rests on: which files are taken, and their fingerprint."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from apps.common.errors import Invalid
from apps.common.texts import clean_line

LARGEST = 5 * 1024 * 1024
"""How many bytes a document may have."""


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda body: body.startswith(marks)


def _is_text(body: bytes) -> bool:
    try:
        return "\x00" not in body.decode()
    except UnicodeDecodeError:
        return False


_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": ("application/pdf", _begins(b"%PDF-")),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "odt": ("application/vnd.oasis.opendocument.text", _begins(b"PK\x03\x04")),
    "docx": (_OFFICE, _begins(b"PK\x03\x04")),
    "txt": ("text/plain; charset=utf-8", _is_text),
}
"""By the end of the name: the media type, and whether the bytes look like it."""


@dataclass(frozen=True)
class Document:
    """A file as it was handed in: `name` without any folder, `body` its bytes."""

    name: str
    media_type: str
    body: bytes

    @property
    def sha256(self) -> str:
        """Its fingerprint: whoever has the file can work out the same."""
        return sha256(self.body).hexdigest()


def read_document(name: object, body: bytes) -> Document:
    """A document out of what was sent. Raises `Invalid` (document.empty, document.too_large, document.kind)."""
    line = clean_line("document", str(name).replace("\\", "/").rsplit("/", 1)[-1], 200)
    if not body:
        raise _wrong("empty", "The document is empty.", "is empty")
    if len(body) > LARGEST:
        raise _wrong("too_large", f"A document has at most {LARGEST // 2**20} MB.", "is too large")
    media_type, fits = KINDS.get(line.rsplit(".", 1)[-1].lower(), ("", lambda _: False))
    if not fits(body):
        raise _wrong("kind", "A document is a PDF, an image, a text or a letter (odt, docx), named as what it is.",
                     "is not such a file")  # fmt: skip
    return Document(line, media_type, body)


def _wrong(reason: str, sentence: str, what: str) -> Invalid:
    return Invalid(f"document.{reason}", sentence, {"document": what})

"""The archive a dossier comes in: a plain ZIP file that any program opens, sealed so that every byte of it counts.

Its comment holds the SHA-256 of everything before the comment. The seal finds damage anywhere, also where unpacking would
not notice (times, flags, padding); it needs no key, and proves nothing against somebody who makes a new archive: that is
what the signed list of contents is for.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from struct import Struct

from apps.common.errors import Invalid

SEAL = b"sha256:"
SEAL_SIZE = len(SEAL) + 64
LARGEST = 1 << 30
"""Bytes a dossier may unpack to."""

_DAY = (1980, 1, 1, 0, 0, 0)
_END = Struct("<4s4H2LH")
_LISTED = Struct("<4s6H3L5H2L")
_LOCAL = Struct("<4s5H3L2H")


def pack(files: Mapping[str, bytes]) -> bytes:
    """The sealed archive of these files; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, body in files.items():
            about = zipfile.ZipInfo(name, _DAY)
            about.external_attr = 0o644 << 16
            archive.writestr(about, body, zipfile.ZIP_DEFLATED)
        archive.comment = SEAL + b"0" * 64
    packed = buffer.getvalue()[:-SEAL_SIZE]
    return packed + SEAL + sha256(packed).hexdigest().encode()


def is_sealed(packed: bytes) -> bool:
    """Whether the seal is there and fits: no byte has changed since the archive was made."""
    return packed[-SEAL_SIZE:] == SEAL + sha256(packed[:-SEAL_SIZE]).hexdigest().encode()


def unpack(packed: bytes) -> tuple[dict[str, bytes], list[str]]:
    """The files in an archive, and the names of those that cannot be unpacked. Raises `Invalid` (dossier.unreadable) where
    there is no list of files to be found.
    """
    end = len(packed) - SEAL_SIZE - _END.size
    if end < 0:
        raise _unreadable("it is too short to be a dossier")
    mark, _, _, _, count, _, place, _ = _END.unpack_from(packed, end)
    if mark != b"PK\x05\x06":
        raise _unreadable("it is not a ZIP archive as dossiers are, or its end is damaged")
    files: dict[str, bytes] = {}
    damaged: list[str] = []
    left = LARGEST
    for number in range(count):
        if place + _LISTED.size > end:
            raise _unreadable("its list of files is damaged")
        listed = _LISTED.unpack_from(packed, place)
        if listed[0] != b"PK\x01\x02":
            raise _unreadable("its list of files is damaged")
        start = place + _LISTED.size
        name = packed[start : start + listed[10]].decode("utf-8", "replace")
        body = _body(packed, method=listed[4], packed_size=listed[8], size=min(listed[9], left), local=listed[16])
        if body is None or name in files:
            damaged.append(name or f"file {number + 1}")
        else:
            files[name] = body
            left -= len(body)
        place = start + listed[10] + listed[11] + listed[12]
    return files, damaged


def _body(packed: bytes, *, method: int, packed_size: int, size: int, local: int) -> bytes | None:
    if local + _LOCAL.size > len(packed):
        return None
    header = _LOCAL.unpack_from(packed, local)
    start = local + _LOCAL.size + header[9] + header[10]
    raw = packed[start : start + packed_size]
    if method == zipfile.ZIP_STORED:
        return raw if len(raw) == size else None
    try:
        unpacked = zlib.decompressobj(-15).decompress(raw, size + 1)
    except zlib.error:
        return None
    return unpacked if len(unpacked) == size else None


def _unreadable(why: str) -> Invalid:
    return Invalid("dossier.unreadable", f"This file cannot be read: {why}.")

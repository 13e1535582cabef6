"""The archive a dossier comes in: a plain ZIP file that any program opens, sealed so that every byte of it counts.

Its comment holds the SHA-256 of everything before the comment. The seal finds damage anywhere; it needs no key, and proves
nothing against somebody who makes a new archive: that is what the signed list of contents is for.

There is one way to write such an archive, and reading accepts no other: files deflated, one after the other from the first
byte, then the list of them, then its end. Every header is compared with the one that would be written here, so that two
programs never read two different things out of one file (frontend/src/verifier/archive.ts reads by the same rules).
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct

from apps.common.errors import Invalid

SEAL = b"sha256:"
SEAL_SIZE = len(SEAL) + 64
LARGEST = 1 << 30
"""Bytes a dossier may unpack to."""

_ZIP_2_0, _UNIX, _DEFLATED, _FIRST_OF_1980, _READABLE = 20, 3, 8, 33, 0o644 << 16
_LOCAL = Struct("<4s5H3L2H")
_LISTED = Struct("<4s2B5H3L5H2L")
_END = Struct("<4s4H2LH")
_NAME = re.compile("[ -~]+")


@dataclass(frozen=True)
class _File:
    """A file as the list at the end of an archive has it: where it lies, and what comes out of unpacking it."""

    name: bytes
    crc: int
    packed: int
    size: int
    place: int

    @property
    def local(self) -> bytes:
        """The header that stands before its bytes."""
        fixed = (b"PK\x03\x04", _ZIP_2_0, 0, _DEFLATED, 0, _FIRST_OF_1980)
        return _LOCAL.pack(*fixed, self.crc, self.packed, self.size, len(self.name), 0) + self.name

    @property
    def listed(self) -> bytes:
        """Its line in the list."""
        fixed = (b"PK\x01\x02", _ZIP_2_0, _UNIX, _ZIP_2_0, 0, _DEFLATED, 0, _FIRST_OF_1980)
        sizes = (self.crc, self.packed, self.size, len(self.name))
        return _LISTED.pack(*fixed, *sizes, 0, 0, 0, 0, _READABLE, self.place) + self.name

    @property
    def end(self) -> int:
        return self.place + _LOCAL.size + len(self.name) + self.packed


def pack(files: Mapping[str, bytes]) -> bytes:
    """The sealed archive of these files; the same files give the same bytes."""
    parts, listed, place = list[bytes](), list[_File](), 0
    for name, body in files.items():
        packing = zlib.compressobj(6, zlib.DEFLATED, -15)
        raw = packing.compress(body) + packing.flush()
        file = _File(name.encode(), zlib.crc32(body), len(raw), len(body), place)
        listed.append(file)
        parts += [file.local, raw]
        place = file.end
    size = sum(len(file.listed) for file in listed)
    packed = b"".join([*parts, *(file.listed for file in listed), _end(len(listed), size, place)])
    return packed + SEAL + sha256(packed).hexdigest().encode()


def is_sealed(packed: bytes) -> bool:
    """Whether the seal is there and fits: no byte has changed since the archive was made."""
    return packed[-SEAL_SIZE:] == SEAL + sha256(packed[:-SEAL_SIZE]).hexdigest().encode()


def unpack(packed: bytes) -> tuple[dict[str, bytes], list[str]]:
    """The files in an archive, and a sentence on each that cannot be unpacked, and on what is not as `pack` writes it.
    Raises `Invalid` (dossier.unreadable) where there is no list of files to be found.
    """
    end = len(packed) - SEAL_SIZE - _END.size
    if end < 0:
        raise _unreadable("it is too short to be a dossier")
    mark, _, _, _, count, _, place, _ = _END.unpack_from(packed, end)
    if mark != b"PK\x05\x06":
        raise _unreadable("it is not a ZIP archive as dossiers are, or its end is damaged")
    listed = _list(packed, count, place, end)
    files, faults, filled = dict[str, bytes](), list[str](), 0
    left = LARGEST
    for number, (file, as_written) in enumerate(listed, 1):
        name = file.name.decode("latin-1")
        body = _body(packed, file, left) if as_written and file.place == filled else None
        if body is None or name in files:
            faults.append(f"{name if _NAME.fullmatch(name) else f'File {number}'} cannot be unpacked.")
        else:
            files[name] = body
            left -= len(body)
        filled = file.end
    if filled != place or packed[end : end + _END.size] != _end(count, end - place, place):
        faults.append("The list of files at its end does not fit the files.")
    return files, faults


def _list(packed: bytes, count: int, place: int, end: int) -> list[tuple[_File, bool]]:
    """The files that are listed, each with whether its line is written as it must be."""
    found = []
    for _ in range(count):
        if place + _LISTED.size > end:
            raise _unreadable("its list of files is damaged")
        line = _LISTED.unpack_from(packed, place)
        start = place + _LISTED.size
        file = _File(packed[start : start + line[11]], line[8], line[9], line[10], line[17])
        if line[0] != b"PK\x01\x02":
            raise _unreadable("its list of files is damaged")
        after = start + line[11] + line[12] + line[13]
        found.append((file, packed[place:after] == file.listed and bool(_NAME.fullmatch(file.name.decode("latin-1")))))
        place = after
    if place != end:
        raise _unreadable("its list of files is damaged")
    return found


def _body(packed: bytes, file: _File, most: int) -> bytes | None:
    """What a file unpacks to; nothing where it is not packed as it must be, or does not give what the list says."""
    start = file.place + len(file.local)
    if packed[file.place : start] != file.local or file.size > most:
        return None
    unpacking = zlib.decompressobj(-15)
    try:
        body = unpacking.decompress(packed[start : start + file.packed], file.size + 1)
    except zlib.error:
        return None
    whole = unpacking.eof and not unpacking.unused_data
    return body if whole and len(body) == file.size and zlib.crc32(body) == file.crc else None


def _end(count: int, size: int, place: int) -> bytes:
    return _END.pack(b"PK\x05\x06", 0, 0, count, count, size, place, SEAL_SIZE)


def _unreadable(why: str) -> Invalid:
    return Invalid("dossier.unreadable", f"This file cannot be read: {why}.")

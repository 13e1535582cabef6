"""An archive is read in one way: whatever is done to it, Python and page get the same files from it and name the same faults."""

import io
import struct
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from apps.common.errors import Invalid
from apps.exchange.domain.archive import SEAL, SEAL_SIZE, is_sealed, pack, unpack
from tests.exchange.asking import ask

FILES = {"manifest.txt": b"one two two two", "empty.csv": b"", "ballots/a.csv": b"item,group\n" * 40}
WHOLE = pack(FILES)


def read_here(packed: bytes) -> dict[str, Any]:
    try:
        files, faults = unpack(packed)
    except Invalid as refusal:
        return {"refused": refusal.message}
    return {"files": files, "faults": faults}


def read_there(archives: Mapping[str, bytes], folder: Path) -> list[dict[str, Any]]:
    """What the code of verify.html gets out of each."""
    answers = ask([{"do": "unpack", "packed": b64encode(each).decode()} for each in archives.values()], folder)
    for answer in answers:
        if "files" in answer:
            answer["files"] = {name: b64decode(body) for name, body in answer["files"]}
    return answers


def hold_alike(archives: Mapping[str, bytes], folder: Path) -> None:
    for (what, packed), there in zip(archives.items(), read_there(archives, folder), strict=True):
        assert read_here(packed) == there, what


def flipped(packed: bytes) -> Iterator[tuple[str, bytes]]:
    for place, byte in enumerate(packed):
        for bit in range(8):
            yield f"bit {bit} of byte {place}", packed[:place] + bytes([byte ^ 1 << bit]) + packed[place + 1 :]


def sealed_anew(packed: bytes) -> bytes:
    return packed[:-SEAL_SIZE] + SEAL + sha256(packed[:-SEAL_SIZE]).hexdigest().encode()


def test_any_zip_program_opens_it() -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == FILES


def test_every_flipped_bit_is_named_alike(tmp_path: Path) -> None:
    hold_alike(dict(flipped(WHOLE)), tmp_path)


def test_every_flipped_bit_outside_the_seal_is_found_without_the_seal() -> None:
    """Except the bits that fill up the last byte of what is packed: no program reads them, and the seal alone finds them."""
    unseen = []
    for what, packed in flipped(WHOLE[:-SEAL_SIZE]):
        read = read_here(sealed_anew(packed + WHOLE[-SEAL_SIZE:]))
        if not read.get("faults") and "refused" not in read:
            assert read["files"] == FILES
            unseen.append(what)
    assert len(unseen) <= 7 * len(FILES)


def test_an_archive_cut_off_or_added_to_is_named_alike(tmp_path: Path) -> None:
    cut = {f"first {size} bytes": WHOLE[:size] for size in range(len(WHOLE))}
    added = {f"{more!r} behind": WHOLE + more for more in (b"\0", b"\n", b"PK\x05\x06", WHOLE)}
    before = {f"{more!r} before": more + WHOLE for more in (b"\0", b"#!/bin/sh\n", WHOLE)}
    hold_alike(cut | added | before, tmp_path)
    assert not any(is_sealed(each) for each in (cut | added).values())


ONE = pack({"a": b"first"})
BODY = zlib.compress(b"first", wbits=-15)


def put_together(*, local: bytes = b"a", listed: bytes = b"a", **other: Any) -> bytes:
    """A small archive written by hand, with one thing other than it should be."""
    raw, size, crc = other.get("raw", BODY), other.get("size", 5), other.get("crc", zlib.crc32(b"first"))
    flags, method, disk, extra = (other.get(key, 0) for key in ("flags", "method", "disk", "extra"))
    method = method or 8
    fixed = (20, flags, method, 0, 33, crc, len(raw), size)
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", *fixed, len(local), extra) + local + bytes(extra)
    line = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 3 << 8 | 20, *fixed, len(listed), 0, 0, disk, 0, 0o644 << 16, 0)
    gap, times = other.get("gap", b""), other.get("times", 1)
    directory = (line + listed) * times
    place = len(head) + len(raw) + len(gap)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", disk, disk, times, times, len(directory), place, SEAL_SIZE)
    return sealed_anew(head + raw + gap + directory + end + bytes(SEAL_SIZE))


CRAFTED = {
    "the same file listed twice": put_together(times=2),
    "another name before the bytes than in the list": put_together(local=b"b"),
    "a name with a line break": put_together(local=b"a\n", listed=b"a\n"),
    "a name that is not ASCII": put_together(local="é".encode(), listed="é".encode()),
    "a file without a name": put_together(local=b"", listed=b""),
    "another checksum": put_together(crc=1),
    "said to be shorter": put_together(size=4),
    "said to be longer": put_together(size=6),
    "said to be larger than a dossier may be": put_together(size=0xFFFFFFFF),
    "bytes after the end of what is packed": put_together(raw=BODY + b"hidden"),
    "what is packed has no end": put_together(raw=BODY[:-1]),
    "nothing packed": put_together(raw=b""),
    "not packed at all": put_together(method=0, raw=b"first"),
    "said to be encrypted": put_together(flags=1),
    "sizes only after the bytes": put_together(flags=8),
    "an extra field": put_together(extra=4),
    "on another disk": put_together(disk=1),
    "bytes between files and list": put_together(gap=b"hidden"),
}


def test_an_archive_put_together_by_hand_is_read_where_it_is_right() -> None:
    assert put_together() == ONE
    assert unpack(ONE) == ({"a": b"first"}, [])


@pytest.mark.parametrize("what", CRAFTED)
def test_whatever_is_not_as_it_must_be_is_found(what: str) -> None:
    read = read_here(CRAFTED[what])
    assert "refused" in read or read["faults"]
    assert read.get("files", {}) in ({}, {"a": b"first"})


def test_whatever_is_not_as_it_must_be_is_named_alike(tmp_path: Path) -> None:
    hold_alike(CRAFTED, tmp_path)

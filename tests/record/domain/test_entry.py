"""Entries: one spelling each, strict both ways, and texts only as salted digests."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.record.domain.canonical import encode
from apps.record.domain.entry import SYSTEM_CLOCK, Entry, TextRef, is_uuid, moment, text_digest, timestamp

LOG = "6f1d6f9e-2f6b-4f0a-9b58-0d3d7b6a1c11"
SEAT = "0d3d7b6a-1c11-4f0a-9b58-6f1d6f9e2f6b"
SALT = bytes(range(32))
AT = "2026-11-23T14:05:09.123456Z"


def entry(**changes: Any) -> Entry:
    values: dict[str, Any] = {
        "log": LOG,
        "seq": 42,
        "at": AT,
        "type": "round.closed",
        "by": {"seat": SEAT},
        "on": {"round": LOG},
        "data": {"turnout": 7},
    }
    return Entry(**{**values, **changes})


def test_the_bytes_are_the_canonical_form_with_no_key_that_says_nothing() -> None:
    assert entry().to_bytes() == rfc8785.dumps(
        {
            "v": 1,
            "log": LOG,
            "seq": 42,
            "at": AT,
            "type": "round.closed",
            "by": {"seat": SEAT},
            "on": {"round": LOG},
            "data": {"turnout": 7},
        }
    )
    assert b'"because":41' in entry(because=41).to_bytes()


@given(
    st.integers(1, 2**53 - 1),
    st.none() | st.just(0),
    st.dictionaries(st.text(st.characters(max_codepoint=127)), st.text(st.characters(exclude_categories=["Cs"]))),
    st.sampled_from([{"seat": SEAT}, {"seat": SEAT, "person": LOG}, dict(SYSTEM_CLOCK)]),
)
def test_an_entry_reads_back_as_it_was_written(
    seq: int, because: int | None, data: dict[str, str], by: dict[str, str]
) -> None:
    written = entry(seq=seq, because=because, data=data, by=by)
    assert Entry.from_bytes(written.to_bytes()) == written
    assert Entry.from_bytes(written.to_bytes()).to_bytes() == written.to_bytes()


def test_the_leaf_hash_is_over_a_zero_byte_and_the_bytes() -> None:
    assert entry().leaf_hash() == sha256(b"\x00" + entry().to_bytes()).digest()


def test_an_entry_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        entry().seq = 5  # type: ignore[misc]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("v", 0),
        ("v", True),
        ("log", "not a uuid"),
        ("log", LOG.upper()),
        ("seq", -1),
        ("seq", "42"),
        ("seq", True),
        ("at", "2026-11-23T14:05:09Z"),
        ("at", "2026-11-23T14:05:09.123456+00:00"),
        ("at", "2026-02-30T14:05:09.123456Z"),
        ("at", 5),
        ("type", "round"),
        ("type", "Round.closed"),
        ("type", "round.closed.again"),
        ("by", {}),
        ("by", {"seat": 5}),
        ("by", {"seat": ""}),
        ("by", "seat"),
        ("on", {"round": None}),
        ("because", 42),
        ("because", 43),
        ("because", -1),
        ("data", []),
    ],
)
def test_a_malformed_field_is_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        entry(**{field: value})
    assert refused.value.code == "entry.malformed"
    assert field in refused.value.fields


@pytest.mark.parametrize("data", [{"share": 0.5}, {"id": moment(AT)}, {"é": 1}, {"big": 2**53}])
def test_data_that_an_entry_may_not_hold_is_refused_with_its_place(data: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        entry(data=data).to_bytes()
    assert refused.value.code == "canonical.refused"
    assert [place.startswith("data") for place in refused.value.fields] == [True]


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b'"seq":42', b'"seq": 42'),
        lambda raw: raw.replace(b'"seq":42', b'"seq":42.0'),
        lambda raw: raw.replace(b'{"at"', b'{"a":1,"at"'),
        lambda raw: raw.replace(b'"v":1', b'"v":1,"v":1'),
        lambda raw: raw.replace(b',"v":1', b""),
        lambda raw: raw.replace(b'"by":', b'"because":null,"by":'),
        lambda raw: raw + b" ",
        lambda raw: raw[:-1],
        lambda raw: b"[" + raw + b"]",
        lambda raw: b"",
    ],
)
def test_other_bytes_for_the_same_entry_are_refused(change: Any) -> None:
    raw = entry().to_bytes()
    assert change(raw) != raw
    with pytest.raises(Invalid):
        Entry.from_bytes(change(raw))


@given(
    st.datetimes(
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]),
        min_value=datetime(1000, 1, 1),  # noqa: DTZ001
    )
)
def test_times_are_written_in_utc_with_microseconds(when: datetime) -> None:
    at = timestamp(when)
    assert moment(at) == when
    assert entry(at=at).at == at


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(Invalid):
        timestamp(datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_text_digest_is_over_salt_and_text() -> None:
    assert text_digest(SALT, "Loneliness, é") == sha256(SALT + "Loneliness, é".encode()).hexdigest()
    assert text_digest(SALT, "a") != text_digest(SALT[::-1], "a")
    with pytest.raises(Invalid):
        text_digest(SALT[:-1], "a")


def test_a_reference_fits_only_its_own_text_and_salt() -> None:
    ref = TextRef.of(LOG, SALT, "on their own after school")
    assert ref.fits(SALT, "on their own after school")
    assert not ref.fits(SALT, "on their own after School")
    assert not ref.fits(SALT[::-1], "on their own after school")


def test_a_reference_reads_back_from_an_entry() -> None:
    ref = TextRef.of(LOG, SALT, "because")
    read = Entry.from_bytes(entry(data={"reason": ref.to_data()}).to_bytes())
    assert TextRef.from_data(read.data["reason"]) == ref


@pytest.mark.parametrize("data", [{}, {"text": LOG}, {"text": LOG, "sha256": "00"}, {"text": "x", "sha256": "0" * 64}])
def test_a_malformed_reference_is_refused(data: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        TextRef.from_data(data)
    assert refused.value.code == "text.malformed"


def test_the_bytes_do_not_hold_the_text() -> None:
    ref = TextRef.of(LOG, SALT, "Samira")
    assert b"Samira" not in encode(entry(data={"reason": ref.to_data()}).data["reason"])


@pytest.mark.parametrize("value", [LOG.upper(), LOG.replace("-", ""), "{" + LOG + "}", "", None, 5])
def test_only_one_spelling_of_a_uuid_counts(value: object) -> None:
    assert is_uuid(LOG)
    assert not is_uuid(value)

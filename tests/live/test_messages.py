"""What clients send is read strictly: one of the messages exactly, or a refusal that says what is wrong."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.live.decoding import LARGEST, decode, id_of
from apps.live.messages import Call, Cast, Ping, RaiseHand, Resume

ID = "0b0e4f0e-7d0c-4b53-8df5-6f6d1f7a2c11"
CAST = f'{{"t":"cast","id":"a","item":"{ID}","choice":"for","key":"{ID}"}}'

MALFORMED: dict[str, str | None] = {
    "bytes": None,
    "nothing": "",
    "no JSON": "vote!",
    "cut off": CAST[:-1],
    "two at once": CAST + CAST,
    "a list": "[]",
    "a number": "7",
    "null": "null",
    "NaN": '{"t":"resume","from":NaN}',
    "no t": "{}",
    "t is null": '{"t":null}',
    "t is a list": '{"t":["cast"]}',
    "unknown t": '{"t":"state","at":1}',
    "t of another case": '{"t":"Ping"}',
    "unknown key": '{"t":"ping","hello":1}',
    "missing key": '{"t":"resume"}',
    "from is text": '{"t":"resume","from":"1"}',
    "from is true": '{"t":"resume","from":true}',
    "from is a fraction": '{"t":"resume","from":1.5}',
    "from is negative": '{"t":"resume","from":-1}',
    "from is huge": '{"t":"resume","from":99999999999999999999999999}',
    "from is null": '{"t":"resume","from":null}',
    "item is no UUID": CAST.replace(f'"item":"{ID}"', '"item":"M1"'),
    "item is nested": CAST.replace(f'"item":"{ID}"', f'"item":{{"id":"{ID}"}}'),
    "key is missing": CAST.replace(f',"key":"{ID}"', ""),
    "choice is a list": CAST.replace('"for"', '["for"]'),
    "choice is too long": CAST.replace('"for"', f'"{"f" * 2001}"'),
    "id is a number": CAST.replace('"a"', "1"),
    "id is too long": CAST.replace('"a"', f'"{"a" * 101}"'),
    "up is a word": '{"t":"hand","id":"a","up":"yes"}',
    "up is null": '{"t":"hand","id":"a","up":null}',
    "seat is left out": '{"t":"call","id":"a"}',
    "seat is no UUID": '{"t":"call","id":"a","seat":"C1"}',
    "seconds is text": '{"t":"call","id":"a","seat":null,"seconds":"60"}',
    "half a character": '{"t":"ping","\\ud800":1}',
    "too large": '{"t":"ping"}' + " " * LARGEST,
    "too deep": "[" * 30_000 + "]" * 30_000,
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_malformed_is_refused(text: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        decode(text)
    assert refused.value.code == "frame.malformed"
    assert refused.value.message


@given(st.text() | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(str))
def test_whatever_comes_is_read_or_refused(text: str) -> None:
    with pytest.raises(Invalid):
        decode(text)
    assert isinstance(id_of(text), str)


def test_messages_are_read() -> None:
    assert decode('{"t":"ping"}') == Ping()
    assert decode('{"t":"resume","from":12}') == Resume(12)
    assert decode(CAST) == Cast("a", UUID(ID), "for", UUID(ID))
    assert decode('{"t":"hand","id":"a","up":true}') == RaiseHand("a", up=True)
    assert decode('{"t":"call","id":"a","seat":null}') == Call("a", None)
    assert decode(f'{{"t":"call","id":"a","seat":"{ID}","seconds":60}}') == Call("a", UUID(ID), 60)


def test_a_refused_message_is_named_where_it_has_a_name() -> None:
    assert id_of('{"t":"cast","id":"a"}') == "a"
    assert [id_of(text) for text in (None, "", "[]", '{"id":7}', '{"id":"' + "a" * 101 + '"}')] == [""] * 5


def test_faults_name_the_key() -> None:
    with pytest.raises(Invalid) as refused:
        decode('{"t":"resume","form":1}')
    assert refused.value.fields == {"from": "is missing", "form": "is not known here"}

"""Receipts: what somebody keeps of a vote, and what the page without scripts finds when it is pasted."""

import json
from typing import Any

import pytest
from django.urls import reverse

from apps.record import selectors as record
from apps.record.domain.note import Signer
from tests.deliberation.test_rounds import ALL_FOR
from tests.pages.conftest import Browser
from tests.pages.reading import words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def kept(lismorrow: Lismorrow, browser: Browser, secrecy: str) -> dict[str, Any]:
    """What Ify keeps of a vote in a round of this secrecy, while it is open."""
    round = lismorrow.open(lismorrow.propose(), secrecy=secrecy)
    lismorrow.vote(round, ify="for")
    (cast,) = record.entries(lismorrow.log, types=["ballot.cast"])
    page = browser("ify").get(reverse("receipt", args=[lismorrow.partnership.id, cast.seq]))
    found: dict[str, Any] = json.loads(page.context["text"])
    lismorrow.decide(round, **{name: choice for name, choice in ALL_FOR.items() if name != "ify"})
    return found


def checked(browser: Browser, slip: dict[str, Any], who: str = "", key: str = "") -> str:
    return words(browser(who).post(reverse("check_receipt"), {"receipt": json.dumps(slip), "key": key}))


def test_the_salt_opens_ones_own_sealed_choice(lismorrow: Lismorrow, browser: Browser) -> None:
    slip = kept(lismorrow, browser, "blind")
    text = checked(browser, slip)
    assert "It is in the record" in text
    assert "It holds your choice, sealed: “for” and the salt of your receipt open it." in text
    assert "c2sp.org/tlog-proof@v1" in text


def test_another_choice_does_not_open_it(lismorrow: Lismorrow, browser: Browser) -> None:
    slip = kept(lismorrow, browser, "blind")
    assert "do not open the sealed ballot" in checked(browser, slip | {"choice": "against"})
    assert "is not whole" in checked(browser, slip | {"salt": "zz"})
    assert "has no salt to open it with" in checked(browser, slip | {"salt": ""})


def test_of_a_secret_vote_a_receipt_proves_turnout_and_holds_no_choice(lismorrow: Lismorrow, browser: Browser) -> None:
    slip = kept(lismorrow, browser, "secret")
    assert slip.keys() == {"log", "seq", "leaf_hash", "checkpoint"}
    for claimed in (slip, slip | {"choice": "for", "salt": "00" * 32}):
        text = checked(browser, claimed)
        assert "Your receipt proves that you took part, not how you voted." in text
        assert "“for”" not in text


def test_the_page_of_a_secret_receipt_says_so(lismorrow: Lismorrow, browser: Browser) -> None:
    slip = kept(lismorrow, browser, "secret")
    page = browser("ify").get(reverse("receipt", args=[lismorrow.partnership.id, slip["seq"]]))
    assert "The receipt proves that your seat has voted, not how" in words(page)


def test_a_key_known_from_elsewhere_is_the_one_that_counts(lismorrow: Lismorrow, browser: Browser) -> None:
    slip = kept(lismorrow, browser, "open")
    assert "It is in the record" in checked(browser, slip, key=record.verifier().vkey)
    stranger = Signer(record.verifier().name, bytes(32)).verifier.vkey
    text = checked(browser, slip, key=stranger)
    assert "It is in the record" not in text
    assert "It is in the record" not in checked(browser, slip, key="nonsense")


def test_what_an_entry_of_a_private_partnership_says_is_for_members(lismorrow: Lismorrow, browser: Browser) -> None:
    slip = kept(lismorrow, browser, "open")
    type(lismorrow.partnership).objects.filter(id=lismorrow.partnership.id).update(visibility="members")
    assert "What the entry says is for members" in checked(browser, slip)
    assert "It holds the choice “for”." in checked(browser, slip, who="ify")

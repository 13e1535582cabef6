"""A framework is seen as on a day, and two days are compared."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.deliberation.test_rounds import ALL_FOR
from tests.pages.conftest import Browser
from tests.pages.reading import words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(lismorrow: Lismorrow) -> Lismorrow:
    """In force from 1 January 2098; its source another one from 1 January 2099; retired from 1 January 2100."""
    proposal = lismorrow.propose()
    lismorrow.decide(lismorrow.open(proposal, effective=date(2098, 1, 1)), **ALL_FOR)
    for action, patch, year in (("change", {"data_source": "A new register"}, 2099), ("retire", {}, 2100)):
        more: dict[str, Any] = {"action": action, "element": proposal.element, "kind": "", "patch": patch}
        lismorrow.decide(lismorrow.open(lismorrow.propose(code="", **more), effective=date(year, 1, 1)), **ALL_FOR)
    return lismorrow


def at(changed: Lismorrow, browser: Browser, day: str) -> str:
    return words(browser("").get(reverse("at", args=[changed.framework.id]), {"at": day}))


def test_each_day_shows_what_was_in_force(changed: Lismorrow, browser: Browser) -> None:
    assert "It was empty." in at(changed, browser, "2097-12-31")
    assert "Loneliness" in at(changed, browser, "2098-01-01")
    assert "Loneliness" in at(changed, browser, "2099-12-31")
    assert "It was empty." in at(changed, browser, "2100-01-01")


def test_two_days_are_compared_field_by_field(changed: Lismorrow, browser: Browser) -> None:
    page = reverse("between", args=[changed.framework.id])
    text = words(browser("").get(page, {"since": "2098-06-01", "until": "2099-06-01"}))
    assert "A new register" in text
    assert "Household survey" in text
    assert "No longer in it" in words(browser("").get(page, {"since": "2099-06-01", "until": "2101-01-01"}))


def test_a_day_that_is_none_is_said_to_be_and_today_is_shown(changed: Lismorrow, browser: Browser) -> None:
    text = at(changed, browser, "the day after")
    assert "Write the day like 2026-04-01." in text

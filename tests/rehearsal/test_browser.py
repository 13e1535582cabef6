"""Pages as a browser without scripts reads them."""

from collections.abc import Mapping

import pytest

from apps.common.errors import Invalid
from negotiator.rehearsal.browser import Page, fill_in, forms_of

ROUND = """
<form action="/search/"><input name="item" value="none"></form>
<form method="post">
  <input type="hidden" name="csrfmiddlewaretoken" value="c1"><input type="hidden" name="item" value="i0">
  <input type="radio" name="choice" value="for"><input type="radio" name="choice" value="against" checked>
</form>
<form method="POST" action="/elsewhere/">
  <input type="hidden" name="item" value="i1"><textarea name="why"></textarea>
  <input type="radio" name="choice" value="consent"><button>Send</button>
</form>
<input name="outside" value="x">
"""


class Recorder:
    """A browser that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, str]]] = []

    def open(self, path: str) -> Page:
        return Page(200, path, ROUND)

    def send(self, path: str, fields: Mapping[str, str]) -> Page:
        self.sent.append((path, dict(fields)))
        return Page(200, path, "")


def test_only_forms_that_are_sent_count_and_only_what_stands_in_them() -> None:
    first, second = forms_of(ROUND)
    assert (first.action, second.action) == ("", "/elsewhere/")
    assert first.values == {"csrfmiddlewaretoken": "c1", "item": "i0", "choice": "against"}
    assert second.values == {"item": "i1", "why": "", "choice": ""}


def test_the_form_made_for_these_values_is_filled_in_and_sent_with_all_it_holds() -> None:
    browser = Recorder()
    fill_in(browser, browser.open("/rounds/r/"), {"item": "i0", "choice": "for"})
    fill_in(browser, browser.open("/rounds/r/"), {"item": "i1", "choice": "consent", "why": "Yes."})
    assert browser.sent == [
        ("/rounds/r/", {"csrfmiddlewaretoken": "c1", "item": "i0", "choice": "for"}),
        ("/elsewhere/", {"item": "i1", "why": "Yes.", "choice": "consent"}),
    ]


@pytest.mark.parametrize(
    "wanted",
    [
        {"item": "i2", "choice": "for"},
        {"item": "i0", "choice": "consent"},
        {"item": "i0", "choice": "for", "why": "Yes."},
        {"outside": "x"},
    ],
)
def test_what_the_page_does_not_offer_is_not_sent(wanted: dict[str, str]) -> None:
    browser = Recorder()
    with pytest.raises(Invalid) as refused:
        fill_in(browser, browser.open("/rounds/r/"), wanted)
    assert refused.value.code == "rehearsal.unexpected"
    assert browser.sent == []


def test_a_page_that_refuses_has_no_form_for_anybody() -> None:
    with pytest.raises(Invalid, match="status 403"):
        fill_in(Recorder(), Page(403, "/rounds/r/", ROUND), {"item": "i0", "choice": "for"})

"""The pages on which copies outside are looked after, and on which an alarm shows."""

import pytest
from django.urls import reverse

from apps.record import checkpoints, keeping
from apps.record import selectors as record
from apps.record.domain.checkpoint import Checkpoint
from apps.record.models import Alarm, Keeper
from tests.pages.conftest import Browser
from tests.pages.reading import words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def page(lismorrow: Lismorrow, name: str = "keepers", *more: object) -> str:
    return reverse(name, args=[lismorrow.partnership.id, *more])


def ask(lismorrow: Lismorrow, browser: Browser, **address: str) -> Keeper:
    answer = browser("orla").post(page(lismorrow, "choose_keeper"), {"name": "County audit", **address}, follow=True)
    assert "County audit is asked within a minute" in words(answer)
    return Keeper.objects.get()


def raise_alarm(lismorrow: Lismorrow, browser: Browser) -> str:
    """Somebody without an account holds a checkpoint of another history against the record."""
    forked = Checkpoint(record.origin(lismorrow.log), record.size(lismorrow.log), bytes(32))
    answer = browser("").post(reverse("hold", args=[lismorrow.log]), {"note": str(record.signed(forked.text))})
    return words(answer)


def test_the_convenor_asks_tries_and_ends_it(lismorrow: Lismorrow, browser: Browser) -> None:
    keeper = ask(lismorrow, browser, mail="log@audit.example.org")
    assert "Has not said yes yet" in words(browser("").get(page(lismorrow)))
    browser("").post(reverse("confirm_keeper", args=[keeping.link_of(keeper)]))
    text = words(browser("orla").post(page(lismorrow, "try_keeper", keeper.id), follow=True))
    assert "Keeps them" in text
    assert "A checkpoint goes to County audit within a minute" in text
    gone = browser("orla").post(page(lismorrow, "remove_keeper", keeper.id), follow=True)
    assert "Nothing more is sent to County audit" in words(gone)


def test_no_page_shows_an_address_in_full(lismorrow: Lismorrow, browser: Browser) -> None:
    ask(lismorrow, browser, url="https://hooks.example.org/services/T0/secret?key=k4f9")
    for name in ("orla", "tomasz"):
        shown = browser(name).get(page(lismorrow)).content.decode()
        assert "https://hooks.example.org/..." in shown
        assert "secret" not in shown
        assert "k4f9" not in shown
    assert "hooks.example.org" not in browser("ify").get(page(lismorrow)).content.decode()


def test_an_address_into_a_private_network_is_refused_at_its_field(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("orla").post(page(lismorrow, "choose_keeper"), {"name": "X", "url": "https://10.0.0.7/in"})
    assert answer.status_code == 422
    assert "lies in a private network" in words(answer)
    assert not Keeper.objects.exists()


def test_only_the_convenor_is_offered_to_choose(lismorrow: Lismorrow, browser: Browser) -> None:
    assert "Ask somebody" not in words(browser("tomasz").get(page(lismorrow)))
    assert browser("tomasz").get(page(lismorrow, "choose_keeper")).status_code == 403


def test_a_link_that_is_not_complete_says_so(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("").get(reverse("confirm_keeper", args=["nonsense"]))
    assert answer.status_code == 404
    assert "This link is not complete" in words(answer)


def test_a_kept_checkpoint_is_held_against_the_record(lismorrow: Lismorrow, browser: Browser) -> None:
    note = checkpoints.publish(lismorrow.log).note
    lismorrow.propose()
    hold = reverse("hold", args=[lismorrow.log])
    assert "It belongs to this record" in words(browser("").post(hold, {"note": note.replace("\n", "\r\n")}))
    assert browser("").post(hold, {"note": "nonsense"}).status_code == 422


def test_another_history_alarms_the_convenor_and_the_auditor_at_home(lismorrow: Lismorrow, browser: Browser) -> None:
    assert "The alarm has been raised and stands in the record." in raise_alarm(lismorrow, browser)
    alarm = Alarm.objects.get()
    for name in ("orla", "tomasz"):
        assert "Somebody outside has seen another history" in words(browser(name).get("/"))
    assert "another history" not in words(browser("ify").get("/"))
    assert f"Entry {alarm.seq}" in words(browser("").get(page(lismorrow)))

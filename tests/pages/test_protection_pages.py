"""Somebody asks to be forgotten on a page; the officer answers on one; readers see that something was removed, when and why."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Person
from apps.protection.models import ErasureRequest
from apps.protection.selectors import exemptions, retention
from apps.record import selectors as record
from tests.pages.conftest import Browser, Story
from tests.pages.reading import words
from tests.people import Lismorrow
from tests.protection.story import officer

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def una(lismorrow: Lismorrow) -> Client:
    """The officer's browser."""
    client, person = Client(), officer(lismorrow).person
    assert person is not None
    client.force_login(person, BACKEND)
    return client


def address(lismorrow: Lismorrow, name: str, *more: object) -> str:
    return reverse(name, args=[lismorrow.partnership.id, *more])


def test_from_asking_to_being_erased(lismorrow: Lismorrow, browser: Browser) -> None:
    proposal = lismorrow.propose(lismorrow.samira, rationale="Because of my mother.")
    page = browser("samira").post(address(lismorrow, "ask_erasure"), {"words": "Everything, please."}, follow=True)
    assert "You will be answered within a month." in words(page)
    request = ErasureRequest.objects.get()
    client = una(lismorrow)
    assert "Samira, asked on" in words(client.get(address(lismorrow, "data")))
    assert "Everything, please." in words(client.get(reverse("erasure", args=[request.id])))
    done = client.post(reverse("erase_person", args=[request.id]), {"ground": "consent"}, follow=True)
    assert "Erased. The record says that it was done" in words(done)
    assert "somebody who has been erased" in words(done)
    assert not Person.objects.filter(name="Samira").exists()
    seen = words(browser("").get(reverse("proposal", args=[proposal.id])))
    assert "These words were removed on" in seen
    assert "because the person withdrew their consent; entry" in seen
    assert "Because of my mother" not in words(browser("").get(address(lismorrow, "record")))


def test_refusing_needs_ground_rule_and_reason(lismorrow: Lismorrow, browser: Browser) -> None:
    browser("samira").post(address(lismorrow, "ask_erasure"), {})
    request, client = ErasureRequest.objects.get(), una(lismorrow)
    page = reverse("refuse_erasure", args=[request.id])
    assert client.post(page, {"ground": "claims"}).status_code == 422
    client.post(page, {"ground": "claims", "rule": "office", "reason": "A case is before the court."})
    seen = words(browser("samira").get(reverse("erasure", args=[request.id])))
    assert "legal claims need it (GDPR Art. 17(3)(e))" in seen
    assert "A case is before the court." in seen


def test_a_request_is_for_the_officer_auditors_and_who_asked(lismorrow: Lismorrow, browser: Browser) -> None:
    browser("samira").post(address(lismorrow, "ask_erasure"), {})
    page = reverse("erasure", args=[ErasureRequest.objects.get().id])
    assert [browser(name).get(page).status_code for name in ("samira", "tomasz", "orla", "ify")] == [200, 200, 404, 404]
    assert "Samira" not in words(browser("orla").get(address(lismorrow, "data")))


def test_while_a_round_is_open_the_page_says_that_erasing_waits(lismorrow: Lismorrow, browser: Browser) -> None:
    lismorrow.open(lismorrow.propose(lismorrow.samira))
    browser("samira").post(address(lismorrow, "ask_erasure"), {})
    page = reverse("erase_person", args=[ErasureRequest.objects.get().id])
    answer = una(lismorrow).post(page, {"ground": "consent"})
    assert answer.status_code == 409
    assert "erase after it has been counted" in words(answer)


def test_the_officer_finds_words_in_the_record_and_erases_or_marks_them(lismorrow: Lismorrow, browser: Browser) -> None:
    lismorrow.propose(rationale="My neighbour's child is not safe.")
    (entry,) = record.entries(lismorrow.log, types=["proposal.submitted"])
    text, client = entry.data["rationale"]["text"], una(lismorrow)
    assert address(lismorrow, "words", text) in client.get(address(lismorrow, "entry", entry.seq)).content.decode()
    assert (
        address(lismorrow, "words", text)
        not in browser("orla").get(address(lismorrow, "entry", entry.seq)).content.decode()
    )
    client.post(address(lismorrow, "mark_exempt", text), {"ground": "personal"})
    assert exemptions(lismorrow.partnership) == {text: "personal"}
    client.post(address(lismorrow, "lift_exemption", text))
    assert exemptions(lismorrow.partnership) == {}
    client.post(address(lismorrow, "words", text), {"ground": "unlawful"})
    assert record.texts([text]) == {text: None}
    assert client.get(address(lismorrow, "words", text)).status_code == 404


def test_periods_are_shown_to_all_and_set_by_the_officer(lismorrow: Lismorrow, browser: Browser) -> None:
    page = address(lismorrow, "period", "proposal.rationale")
    assert browser("orla").post(page, {"years": 3}).status_code == 403
    una(lismorrow).post(page, {"years": 3})
    assert retention(lismorrow.partnership)["proposal.rationale"] == 3
    assert "Reasons for proposals: 3 years" in words(browser("").get(address(lismorrow, "data")))
    assert una(lismorrow).post(page, {"years": 0}).status_code == 422


def test_nobody_asks_without_being_somebody_here(story: Story, browser: Browser) -> None:
    page = address(story.lismorrow, "ask_erasure")
    assert browser("").get(page).status_code == 302
    assert browser("stan").post(page, {}).status_code == 403

"""Refusals and errors as pages: a clear answer, the right status, nothing changed."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults
from django.views.csrf import csrf_failure

from apps.common.errors import NotSignedIn, TooMany
from apps.pages.urls import urlpatterns
from apps.pages.web import answered
from tests.pages.conftest import Browser, Story
from tests.pages.reading import words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["partnership", "framework", "element", "proposal", "round", "record", "matrix", "answer"]
)
def test_what_does_not_exist_is_answered_in_words(name: str, lismorrow: Lismorrow, browser: Browser) -> None:
    for who in ("", "ify"):
        answer = browser(who).get(reverse(name, args=[uuid4()]), follow=True)
        assert answer.status_code in ({404} if who or name != "answer" else {200})


def test_a_stranger_learns_nothing_of_a_members_only_framework(story: Story, browser: Browser) -> None:
    type(story.lismorrow.partnership).objects.update(visibility="members")
    pages = {
        "framework": story.lismorrow.framework.id,
        "matrix": story.lismorrow.framework.id,
        "element": story.element.id,
        "proposal": story.proposal.id,
        "round": story.round.id,
        "record": story.lismorrow.partnership.id,
    }
    for name, id in pages.items():
        for who in ("", "stan"):
            answer = browser(who).get(reverse(name, args=[id]))
            assert answer.status_code == 404, name
            assert "Lismorrow" not in words(answer)
        assert browser("ify").get(reverse(name, args=[id])).status_code == 200, name


def test_an_address_that_never_was(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("ify").get("/no/such/page/")
    assert answer.status_code == 404
    assert "There is no such page" in words(answer)


def test_a_form_from_elsewhere_is_refused(lismorrow: Lismorrow) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lismorrow.people["Orla"], backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = client.post(reverse("found"), {"name": "Northgate", "visibility": "public"})
    assert answer.status_code == 403
    assert "This form was too old" in words(answer)


def test_pages_for_what_breaks_stand_alone() -> None:
    request = RequestFactory().get("/")
    for answer in (defaults.server_error(request), csrf_failure(request)):
        assert "<h1>" in answer.content.decode()


def test_who_is_not_signed_in_comes_back_to_the_page_with_the_form(story: Story, browser: Browser) -> None:
    page = reverse("round", args=[story.round.id])
    answer = browser("").post(
        reverse("close_round", args=[story.round.id]), headers={"referer": f"http://testserver{page}"}
    )
    assert answer["Location"].endswith(f"?next={page}")
    foreign = browser("").post(
        reverse("close_round", args=[story.round.id]), headers={"referer": "https://evil.example/x"}
    )
    assert foreign["Location"].endswith("?next=/")


def test_every_refusal_keeps_its_status(lismorrow: Lismorrow) -> None:
    def too_often(request: Any) -> Any:
        raise TooMany("code.too_often", "Wait a minute, then try again.")

    request = RequestFactory().get("/x/")
    request.user = lismorrow.people["Ify"]
    answer = answered(too_often)(request)
    assert answer.status_code == 429
    assert "Wait a minute, then try again." in words(answer)


def test_signing_in_is_asked_for_and_nothing_else() -> None:
    def private(request: Any) -> Any:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")

    assert answered(private)(RequestFactory().get("/x/"))["Location"] == "/accounts/login/?next=/x/"


def test_every_page_answers_refusals() -> None:
    assert all(hasattr(pattern.callback, "__wrapped__") for pattern in urlpatterns)


@pytest.mark.parametrize("name", ["home", "account_login"])
def test_pages_carry_a_strict_policy_and_no_inline_scripts_or_styles(
    name: str, lismorrow: Lismorrow, browser: Browser
) -> None:
    answer = browser("").get(reverse(name))
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    page = answer.content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert "onclick" not in page

"""Coming in: by a link with a name, or by a code sent by mail."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from apps.pages.outbox import mails
from apps.partnerships.services import add_group, invite_group, vacate_seat
from tests.pages.conftest import Browser
from tests.pages.reading import words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def link(lismorrow: Lismorrow, browser: Browser, **more: str) -> str:
    """The path of an invitation to a new group with two seats, made by form."""
    add_group(by=lismorrow.orla, key="Y", name="Youth forum", kind="community", seats=2)
    page = reverse("invite", args=[lismorrow.partnership.id, "Y"])
    answer = browser("orla").post(page, {"uses": "2", "days": "7"} | more)
    found = re.search(r'value="http://testserver(/join/[^"]+)"', answer.content.decode())
    assert found
    return found[1]


def test_a_link_seats_somebody_by_name_alone(lismorrow: Lismorrow, browser: Browser) -> None:
    path = link(lismorrow, browser)
    client = Client()
    assert "Join Youth forum" in words(client.get(path))
    answer = client.post(path, {"name": "Nadia"}, follow=True)
    assert "You hold seat Y1 of Youth forum. Welcome." in words(answer)
    assert "Signed in as Nadia, Youth forum" in words(answer)


def test_joining_without_a_name_says_so(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = Client().post(link(lismorrow, browser), {"name": "  "})
    assert answer.status_code == 422
    assert "Your name – Fill this in." in words(answer)


def test_a_used_up_link_says_what_to_do(lismorrow: Lismorrow, browser: Browser) -> None:
    path = link(lismorrow, browser, uses="1")
    Client().post(path, {"name": "Nadia"})
    answer = Client().get(path)
    assert answer.status_code == 409
    assert "Ask whoever sent it for a new one." in words(answer)


def test_an_invented_link_is_unknown(lismorrow: Lismorrow) -> None:
    assert Client().get(reverse("join", args=["never-made"])).status_code == 404


def test_who_is_signed_in_joins_without_typing_a_name(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("stan").post(link(lismorrow, browser), follow=True)
    assert "Signed in as Stan, Youth forum" in words(answer)


def test_who_holds_a_seat_already_is_told_so(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("ify").post(link(lismorrow, browser))
    assert answer.status_code == 409
    assert "already holds a seat" in words(answer)


def test_a_link_without_limits_is_refused(lismorrow: Lismorrow, browser: Browser) -> None:
    page = reverse("invite", args=[lismorrow.partnership.id, "C"])
    answer = browser("orla").post(page, {"uses": "0", "days": "7"})
    assert answer.status_code == 422


def test_the_token_itself_is_shown_once_and_kept_nowhere(lismorrow: Lismorrow, browser: Browser) -> None:
    path = link(lismorrow, browser)
    record = words(browser("orla").get(reverse("record", args=[lismorrow.partnership.id])))
    assert "Invited 2 people to Youth forum" in record
    assert path.split("/")[2] not in record


def code_for(address: str, client: Client) -> str:
    client.post(reverse("account_login"), {"login": address})
    found = re.search(r"^([0-9A-Z]{2,}(?:-[0-9A-Z]+)?)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def test_signing_in_by_a_code(lismorrow: Lismorrow) -> None:
    client = Client()
    page = words(client.get(reverse("account_login")))
    assert "There is no password." in page
    code = code_for("ify@example.org", client)
    answer = client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)
    assert "Signed in as Ify" in words(answer)


def test_a_wrong_code_is_refused(lismorrow: Lismorrow) -> None:
    client = Client()
    code_for("ify@example.org", client)
    answer = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert "There is something to put right" in words(answer)
    assert "Signed in" not in words(answer)


def test_an_unknown_address_is_not_told_apart(lismorrow: Lismorrow) -> None:
    answers = [
        Client().post(reverse("account_login"), {"login": who}, follow=True)
        for who in ("ify@example.org", "no@example.org")
    ]
    first, second = (words(answer).replace("ify@", "X@").replace("no@", "X@") for answer in answers)
    assert first == second


def test_nobody_signs_up_by_themselves(lismorrow: Lismorrow) -> None:
    assert Client().get(reverse("account_signup")).status_code == 404


def test_signing_out(lismorrow: Lismorrow, browser: Browser) -> None:
    client = browser("ify")
    assert "Sign out" in words(client.get(reverse("account_logout")))
    assert "Sign in" in words(client.post(reverse("account_logout"), follow=True))


def test_the_outbox_shows_mails_newest_first(tmp_path: Path, settings: Any, lismorrow: Lismorrow) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.OUTBOX_DIR = str(tmp_path / "outbox")
    for number in (1, 2):
        mail.send_mail(f"Mail {number}", "<b>Code</b> 123", "a@example.org", ["ify@example.org"])
    assert [mail.subject for mail in mails(Path(settings.OUTBOX_DIR))] == ["Mail 2", "Mail 1"]
    page = Client().get(reverse("outbox"))
    assert "&lt;b&gt;Code" in page.content.decode()


def test_an_invitation_to_a_full_group_is_refused(lismorrow: Lismorrow) -> None:
    group = lismorrow.partnership.groups.get(key="C")
    token = invite_group(by=lismorrow.orla, group=group, uses=5)
    answer = Client().post(reverse("join", args=[token]), {"name": "Nadia"})
    assert answer.status_code == 409
    assert "All seats of Community are taken." in words(answer)
    vacate_seat(by=lismorrow.orla, seat=group.seats.order_by("label")[0])
    assert Client().post(reverse("join", args=[token]), {"name": "Nadia"}).status_code == 302

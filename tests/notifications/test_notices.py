"""Everybody is told of what is set alone, once, in the application and by mail; no words of anybody are kept or sent."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Person
from apps.common import clock
from apps.notifications.mail import TRIES, send_due
from apps.notifications.models import Notice
from apps.notifications.readers import notify
from apps.notifications.selectors import notices_for, shown
from apps.notifications.services import forget_notices, mark_read
from apps.notifications.tasks import send_mail
from apps.partnerships.services import vacate_seat
from apps.record import selectors as record
from tests.deliberation.test_impositions import decree, mandate
from tests.people import Lismorrow, found_lismorrow

pytestmark = pytest.mark.django_db
WORDS = "Fifteen years of asking."
SEATED = ("Gareth", "Moira", "Colm", "Ify", "Ruth", "Samira", "Pat", "Jamie", "Margaret", "Tomasz")


@pytest.fixture(autouse=True)
def _mailbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def set_alone(lismorrow: Lismorrow) -> int:
    """Moira sets M1; returns the number of the entry."""
    decision = decree(lismorrow, mandate(lismorrow), proposal=lismorrow.propose(code="M1"), reason=WORDS)
    lismorrow.settle()
    return decision.seq


def test_all_groups_are_told_and_the_record_says_how_many(lismorrow: Lismorrow) -> None:
    seq = set_alone(lismorrow)
    told = set(Notice.objects.filter(seq=seq).values_list("person__name", flat=True))
    assert told == {*SEATED, "Orla Devane"}
    (given,) = record.entries(lismorrow.log, types=["notice.given"])
    assert given.because == seq
    assert given.data["groups"] == {"A": 2, "C": 2, "F": 1, "O": 1, "P": 1, "T": 1, "U": 2}
    assert given.data["others"] == 1
    (notice,) = shown(list(notices_for(lismorrow.people["Ify"])))
    assert notice.told.subject.startswith("The independent chair has set 6 parts of M1 Loneliness")
    assert "To be reviewed by: 1 April 2999" in notice.told.lines
    assert notice.told.path.startswith("/elements/")


def test_nobody_is_told_twice_however_often_the_reader_begins_anew(lismorrow: Lismorrow) -> None:
    set_alone(lismorrow)
    (entry,) = record.entries(lismorrow.log, types=["imposition.made"])
    before = Notice.objects.count()
    notify(entry)
    assert Notice.objects.count() == before


def test_each_gets_one_mail_with_facts_and_none_of_anybodys_words(lismorrow: Lismorrow) -> None:
    set_alone(lismorrow)
    send_mail()
    send_mail()
    assert sorted(to for message in mail.outbox for to in message.to) == sorted(
        f"{name.split()[0].lower()}@example.org" for name in (*SEATED, "Orla")
    )
    body = str(mail.outbox[0].body)
    assert "Under: MD3, Direction LD 7/2024" in body
    assert f"{settings.BASE_URL}/elements/" in body
    assert WORDS not in body
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_a_mail_that_could_not_be_sent_is_tried_again_later_but_not_for_ever(
    lismorrow: Lismorrow, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_alone(lismorrow)
    Notice.objects.exclude(person=lismorrow.people["Ify"]).delete()

    def broken(*_: object, **__: object) -> int:
        raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", broken)
        assert send_due() == 0
        notice = Notice.objects.get()
        assert (notice.tries, notice.mailed_at) == (1, None)
        assert notice.mail_due is not None
        assert notice.mail_due > clock.now() + timedelta(seconds=50)
        assert send_due() == 0  # not yet
        Notice.objects.update(mail_due=clock.now(), tries=TRIES - 1)
        assert send_due() == 0
    assert Notice.objects.get().mail_due is None
    Notice.objects.update(mail_due=clock.now(), tries=0)
    assert send_due() == 1


def test_who_has_left_or_has_no_address_gets_none_and_who_is_erased_leaves_no_notice(lismorrow: Lismorrow) -> None:
    vacate_seat(by=lismorrow.orla, seat=lismorrow.colm.require_seat())
    Person.objects.filter(name="Pat").update(email=None)
    set_alone(lismorrow)
    told = set(Notice.objects.values_list("person__name", flat=True))
    assert "Colm" not in told
    assert Notice.objects.get(person__name="Pat").mail_due is None
    Person.objects.filter(name="Ify").update(email=None)  # between being told and the mail
    assert send_due() == len(told) - 2
    Notice.objects.get(person__name="Ify").person.delete()
    assert not Notice.objects.filter(person__name="Ify").exists()


def test_the_people_of_a_demonstration_get_no_mail(db: None) -> None:
    set_alone(found_lismorrow(demo=True))
    assert Notice.objects.exists()
    assert send_due() == 0


def test_marking_as_read_concerns_ones_own(lismorrow: Lismorrow) -> None:
    set_alone(lismorrow)
    foreign = Notice.objects.filter(person__name="Ify")
    assert mark_read(by=lismorrow.people["Ruth"], notices=[foreign.get().id]) == 0
    assert mark_read(by=lismorrow.people["Ify"]) == 1
    assert mark_read(by=lismorrow.people["Ify"]) == 0


def test_the_page_shows_what_is_new(lismorrow: Lismorrow, client: Client) -> None:
    set_alone(lismorrow)
    client.force_login(lismorrow.people["Ify"])
    page = client.get(reverse("home")).content.decode()
    assert "The independent chair has set" in page
    assert "1 notice you have not read." in client.get(reverse("notices")).content.decode()
    assert "No notices you have not read." in client.post(reverse("notices"), follow=True).content.decode()
    assert "What you have been told" not in client.get(reverse("home")).content.decode()


def test_who_is_forgotten_in_a_partnership_is_told_of_it_no_more(lismorrow: Lismorrow) -> None:
    set_alone(lismorrow)
    forget_notices(lismorrow.partnership, lismorrow.people["Ify"])
    assert not Notice.objects.filter(person=lismorrow.people["Ify"]).exists()
    assert Notice.objects.filter(person=lismorrow.people["Ruth"]).exists()

"""Who administers something is recorded when signing in, where auditors read it and nobody whom they audit."""

import pytest
from django.test import Client

from apps.accounts.models import Person
from apps.common.errors import NotAllowed
from apps.deliberation.selectors import visible_host_entries
from apps.record import selectors as record
from apps.record.act import platform_log
from apps.record.verify import verify_log
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(person: Person) -> None:
    Client().force_login(person, BACKEND)


def test_a_convenors_sign_in_stands_in_the_log_of_the_host(lismorrow: Lismorrow) -> None:
    sign_in(lismorrow.people["Orla"])
    (entry,) = visible_host_entries(lismorrow.tomasz)
    assert (entry.type, entry.data) == ("administrator.signed_in", {"role": "convenor"})
    assert entry.on == {"partnership": str(lismorrow.partnership.id)}
    assert list(verify_log(platform_log())) == []


def test_who_looks_after_the_host_is_recorded_and_who_only_takes_part_is_not(lismorrow: Lismorrow) -> None:
    Person.objects.filter(name="Stan").update(is_staff=True)
    sign_in(Person.objects.get(name="Stan"))
    sign_in(lismorrow.people["Samira"])
    assert [entry.data for entry in record.entries(platform_log().id)] == [{"role": "host"}]


def test_only_auditors_read_it(lismorrow: Lismorrow) -> None:
    for somebody in (lismorrow.orla, lismorrow.samira, lismorrow.stan):
        with pytest.raises(NotAllowed):
            visible_host_entries(somebody)

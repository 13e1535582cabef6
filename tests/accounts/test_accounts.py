"""People and tokens."""

from datetime import timedelta

import pytest

from apps.accounts.models import ApiToken, Person
from apps.accounts.selectors import person_by_email, person_by_token
from apps.common import clock

pytestmark = pytest.mark.django_db


def test_a_person_has_no_password_and_may_have_no_address() -> None:
    pat = Person.objects.create_user(name="Pat McGlone")
    assert pat.email is None
    assert not pat.has_usable_password()
    Person.objects.create_user(name="Another without an address")


def test_addresses_are_found_in_any_case() -> None:
    ify = Person.objects.create_user(email="Ify@Example.org", name="Ify")
    assert person_by_email(" IFY@example.ORG ") == ify


def test_a_token_speaks_for_its_person_and_only_its_digest_is_kept() -> None:
    ify = Person.objects.create_user(email="ify@example.org")
    token = ApiToken.make(ify, "a program")
    assert person_by_token(token) == ify
    assert token not in str(ApiToken.objects.values())
    assert person_by_token(token + "x") is None
    assert person_by_token("") is None


def test_a_token_ends_and_does_not_outlive_the_person() -> None:
    ify = Person.objects.create_user(email="ify@example.org")
    assert person_by_token(ApiToken.make(ify, "old", ends_at=clock.now() - timedelta(seconds=1))) is None
    token = ApiToken.make(ify, "new")
    Person.objects.update(is_active=False)
    assert person_by_token(token) is None

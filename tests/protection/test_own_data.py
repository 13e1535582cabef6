"""Everything that is kept about somebody comes as one document: no table that knows a person is forgotten."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from apps.accounts.models import ApiToken
from apps.frameworks.models import ImportDraft
from apps.notifications.models import Notice
from apps.protection.own import own_data
from apps.protection.services import ask_erasure
from tests.deliberation.test_impositions import decree, mandate
from tests.people import Lismorrow
from tests.protection.test_where_words_may_stand import LINKS

pytestmark = pytest.mark.django_db
TOLD_AS = {
    "account_emailaddress.user_id": ("account", "addresses"),
    "mfa_authenticator.user_id": ("account", "second_factors"),
    "frameworks_importdraft.person_id": ("account", "tables_brought_in"),
    "accounts_apitoken.person_id": ("account", "tokens"),
    "partnerships_pseudonym.person_id": ("here", "pseudonym"),
    "partnerships_holding.person_id": ("here", "seats"),
    "partnerships_role.person_id": ("here", "roles"),
    "partnerships_mandate.holder_id": ("here", "mandates"),
    "notifications_notice.person_id": ("here", "notices"),
    "protection_erasurerequest.person_id": ("here", "requests"),
}
"""Every link to a person, and where one's own data tells of it."""


@pytest.fixture
def told(lismorrow: Lismorrow) -> dict[str, dict[str, Any]]:
    """What is kept about Moira, who holds a mandate, decided alone, signs in with a program, and asked to be forgotten."""
    decree(lismorrow, mandate(lismorrow), proposal=lismorrow.propose(lismorrow.jamie, code="M1"))
    lismorrow.settle()
    moira, now = lismorrow.people["Moira"], datetime.now(UTC)
    ApiToken.make(moira, "At home")
    Authenticator.objects.create(user=moira, type="totp", data={"secret": "zqsecret"})
    ImportDraft.objects.create(
        framework=lismorrow.framework,
        person=moira,
        name="plan.csv",
        raw=b"x",
        way="drafts",
        rows_are="measure",
        made_at=now,
    )
    Notice.objects.create(person=moira, partnership=lismorrow.partnership, seq=3, at=now)
    ask_erasure(by=lismorrow.moira)
    document = own_data(moira)
    here = next(one for one in document["partnerships"] if one["log"] == str(lismorrow.log))
    return {"account": document["account"], "here": here}


def test_every_link_to_a_person_is_told_of() -> None:
    assert TOLD_AS.keys() == LINKS.keys()


def test_each_comes_with_what_it_holds(told: dict[str, dict[str, Any]]) -> None:
    assert told["account"]["tables_brought_in"][0]["name"] == "plan.csv"
    assert told["account"]["second_factors"][0]["type"] == "totp"
    assert told["here"]["mandates"] == ["MD3"]
    assert 3 in [notice["entry"] for notice in told["here"]["notices"]]
    assert [request["state"] for request in told["here"]["requests"]] == ["open"]
    everywhere = {"account": {"addresses"}, "here": {"roles"}}  # Moira has neither
    assert all(told[where][key] for where, key in TOLD_AS.values() if key not in everywhere[where])


def test_no_secret_is_in_it(told: dict[str, dict[str, Any]]) -> None:
    assert "zqsecret" not in json.dumps(told)

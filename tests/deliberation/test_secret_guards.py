"""What the database refuses to do with sealed ballots, and what is found where its owner does it all the same."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from apps.common.errors import Conflict
from apps.deliberation import readers
from apps.deliberation.models import Ballot, Round, RoundKey
from apps.deliberation.services import close_round
from apps.record import selectors as record
from tests.deliberation.test_rounds import ALL_FOR
from tests.deliberation.test_secret_rounds import AGAINST, cast, findings
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    return lismorrow.open(lismorrow.propose(), secrecy="secret")


def refused(change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_neither_key_nor_ballots_go_before_the_count(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.vote(round, **ALL_FOR)
    for state in ("open", "closed"):
        assert Round.objects.get().state == state
        refused(lambda: Ballot.objects.all().delete())
        refused(lambda: RoundKey.objects.all().delete())
        refused(lambda: RoundKey.objects.update(key=b"another"))
        refused(lambda: Ballot.objects.update(sealed=None))
        refused(lambda: Ballot.objects.update(choice="for"))
        if state == "open":
            close_round(by=lismorrow.orla, round=round)


def test_a_key_does_not_go_without_its_ballots(
    lismorrow: Lismorrow, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    lismorrow.vote(round, **ALL_FOR)
    close_round(by=lismorrow.orla, round=round)
    monkeypatch.setattr(readers, "forget", lambda round: RoundKey.objects.filter(round=round).delete())
    (closed,) = record.entries(lismorrow.log, types=["round.closed"])
    refused(lambda: readers.count_round(closed))
    assert RoundKey.objects.exists()


def test_no_ballot_is_both_sealed_and_readable(lismorrow: Lismorrow, round: Round) -> None:
    cast(lismorrow, round, "Ify", "for")
    ballot = Ballot.objects.get()
    ballot.pk, ballot.key, ballot.choice = None, uuid4(), "for"
    refused(ballot.save)


def as_owner(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET ROLE NONE")
        for table in ("deliberation_ballot", "deliberation_roundkey", "record_entry"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        assert cursor.rowcount, statement


SWAPPED = """
UPDATE deliberation_ballot AS one SET sealed = other.sealed FROM deliberation_ballot AS other
WHERE one.group_key = 'F' AND other.group_key = 'T'
"""


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        (SWAPPED, "ballot of entry"),
        ("UPDATE deliberation_ballot SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)", "ballot of entry"),
        ("UPDATE deliberation_ballot SET sealed = NULL, choice = 'for'", "ballot of entry"),
        ("DELETE FROM deliberation_ballot WHERE group_key = 'F'", "a ballot was recorded, but there is no ballot"),
        ("UPDATE deliberation_roundkey SET key = sha256(key)", "ballot of entry"),
        ("DELETE FROM deliberation_roundkey", "ballot of entry"),
    ],
)
def test_sealed_ballots_that_were_touched_are_named(
    lismorrow: Lismorrow, round: Round, statement: str, where: str
) -> None:
    lismorrow.vote(round, ify="for", ruth="against")
    assert findings(lismorrow) == []
    as_owner(statement)
    assert any(where in one for one in findings(lismorrow)), findings(lismorrow)


def test_what_does_not_open_is_never_counted(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.vote(round, ify="for", ruth="against")
    as_owner(SWAPPED)
    close_round(by=lismorrow.orla, round=round)
    (closed,) = record.entries(lismorrow.log, types=["round.closed"])
    with pytest.raises(Conflict) as stopped, transaction.atomic():
        readers.count_round(closed)
    assert stopped.value.code == "ballot.sealed_otherwise"
    assert Ballot.objects.count() == 2


REWRITE = "UPDATE record_entry SET body = convert_to({}, 'UTF8') WHERE type = 'round.tallied'"


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        (
            """regexp_replace(convert_from(body, 'UTF8'), '"choice":"against"', '"choice":"abstain"')""",
            "the secret votes written there are not those whose digest stands beside them",
        ),
        (
            """regexp_replace(convert_from(body, 'UTF8'), '"count":2', '"count":1')""",
            "secret votes of C on",
        ),
        (
            """regexp_replace(convert_from(body, 'UTF8'), '"multiset":[[].*?[]],', '"multiset":[1],')""",
            "does not say what is left of the secret ballots",
        ),
    ],
)
def test_a_count_that_was_rewritten_is_named(lismorrow: Lismorrow, round: Round, statement: str, where: str) -> None:
    lismorrow.decide(round, **AGAINST)
    as_owner(REWRITE.format(statement))
    assert any(where in one for one in findings(lismorrow)), findings(lismorrow)


def test_a_key_or_ballot_that_comes_back_is_named(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.vote(round, ify="for")
    (key,), (ballot,) = RoundKey.objects.all(), Ballot.objects.all()
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    RoundKey.objects.create(round=round, key=bytes(key.key))
    ballot.pk = None
    ballot.save()
    found = " ".join(findings(lismorrow))
    assert "its key is still there" in found
    assert "this ballot is still there" in found

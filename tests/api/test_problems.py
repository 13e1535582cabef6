"""What becomes of errors, foreseen or not."""

import logging
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, OperationalError, ProgrammingError
from django.http import Http404

from apps.accounts.models import Person
from apps.api.problems import problem_of
from apps.common import errors
from tests.api.caller import Caller

FAMILY = (
    (errors.Invalid, 422),
    (errors.NotSignedIn, 401),
    (errors.NotAllowed, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.TooMany, 429),
)


@pytest.mark.parametrize(("kind", "status"), FAMILY)
def test_a_refusal_keeps_its_code_words_and_fields(kind: type[errors.Refusal], status: int) -> None:
    problem = problem_of(kind("thing.wrong", "It is wrong.", {"name": "is wrong"}))
    assert problem.to_json("/api/me/") == {
        "type": "urn:negotiator:problem:thing.wrong",
        "title": problem.to_json()["title"],
        "status": status,
        "detail": "It is wrong.",
        "code": "thing.wrong",
        "fields": {"name": "is wrong"},
        "instance": "/api/me/",
    }


OTHERS: tuple[tuple[Exception, int, str], ...] = (
    (Http404(), 404, "path.unknown"),
    (PermissionDenied(), 403, "request.forged"),
    (IntegrityError("duplicate key (email)=(x@example.org)"), 409, "state.moved_on"),
    (DataError("a NUL"), 422, "body.invalid"),
    (OperationalError("host 10.0.0.7"), 503, "database.away"),
    (ProgrammingError("SELECT secret"), 500, "server.failed"),
    (ZeroDivisionError("secret"), 500, "server.failed"),
)


@pytest.mark.parametrize(("error", "status", "code"), OTHERS, ids=lambda value: type(value).__name__)
def test_other_errors_have_a_code_and_tell_nothing_of_the_inside(error: Exception, status: int, code: str) -> None:
    problem = problem_of(error)
    assert (problem.status, problem.code) == (status, code)
    assert not str(error) or str(error) not in problem.detail


@pytest.mark.django_db
def test_what_nobody_foresaw_is_logged_and_shown_to_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("apps.partnerships.services.found_partnership", fail)
    stan = Caller(Person.objects.create_user(name="Stan"))
    with caplog.at_level(logging.ERROR):
        said = stan("found_partnership", name="X")
    assert (said.status, said.code) == (500, "server.failed")
    assert "secret" not in str(said.body)
    assert "a secret of the inside" in caplog.text


@pytest.mark.django_db
def test_nothing_on_the_way_may_keep_an_answer() -> None:
    for said in (Caller()("list_partnerships"), Caller()("me")):
        assert said.headers["Cache-Control"] == "private, no-store"

"""`rehearse` from the outside: one clear line and an exit code for everything that keeps it from playing."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from apps.accounts.models import ApiToken
from negotiator.management.commands.rehearse import founder_token, token_in
from tests.rehearsal.story import story

NOWHERE = "http://127.0.0.1:1"


def rehearse(*arguments: str) -> tuple[int, str]:
    """Exit code and what was said on the error stream."""
    err = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("rehearse", *arguments, stdout=StringIO(), stderr=err)
    return int(str(left.value.code)), err.getvalue()


def tokens(folder: Path) -> str:
    file = folder / "tokens.json"
    file.write_text('{"founder": "abc"}')
    return str(file)


@pytest.mark.parametrize("content", ["{", "[]", '{"version": 1}', json.dumps(story(version=3))])
def test_a_bad_file_is_one_line_and_exit_2(tmp_path: Path, content: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(content)
    code, said = rehearse(str(file), "--url", NOWHERE)
    assert code == 2
    assert said.startswith(f"{file}: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("url", [NOWHERE, "not an address", "http://[", "ftp://127.0.0.1"])
def test_a_server_that_is_not_there_is_one_line_and_exit_2(tmp_path: Path, url: str) -> None:
    code, said = rehearse("--url", url, "--tokens", tokens(tmp_path))
    assert code == 2
    assert said.startswith(f"There is no answer from {url}")
    assert said.count("\n") == 1


@pytest.mark.parametrize("content", ["", "[]", "{}", "null"])
def test_a_tokens_file_without_a_founder_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "tokens.json"
    file.write_text(content)
    with pytest.raises(Exception, match="it must be a file that holds"):
        token_in(file)


def test_a_tokens_file_gives_the_founders_token(tmp_path: Path) -> None:
    assert token_in(Path(tokens(tmp_path))) == "abc"


@pytest.mark.django_db
def test_the_founder_of_rehearsals_gets_a_token_that_ends() -> None:
    first, second = founder_token(), founder_token()
    assert first != second
    made = ApiToken.objects.all()
    assert {token.person.email for token in made} == {"rehearsal@example.org"}
    assert all(token.ends_at is not None for token in made)


@pytest.mark.django_db
def test_without_the_demonstration_there_is_nobody_to_sign_in_as() -> None:
    out = StringIO()
    call_command("cast", stdout=out)
    assert out.getvalue() == "The demonstration is not loaded: manage.py load_demo loads it.\n"

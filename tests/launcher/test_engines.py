"""The embedded engines: real PostgreSQL and Valkey, started, killed and started again."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from negotiator.launcher import Trouble, places, postgres, valkey
from negotiator.launcher.engines import Engines, engines, quiet, sweep
from negotiator.launcher.processes import living_in, stop

pytestmark = [pytest.mark.services, pytest.mark.timeout(60)]

HOLD = """
import sys, time
from pathlib import Path
from negotiator.launcher.engines import engines
with engines("run", data=Path(sys.argv[1])) as e:
    print(*[process.pid for process in e.processes.values()], flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def no_engines_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run of the tests has engines of its own; those under test must not see them."""
    for name in ("DATABASE_URL", "REDIS_URL", "DATA_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder the engines' user can reach, unlike pytest's own when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="try-", dir=places.home()))
    yield folder
    shutil.rmtree(folder)


def write_row(e: Engines, word: str) -> None:
    with psycopg.connect(e.dsn) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [word])


def rows(e: Engines) -> list[str]:
    with psycopg.connect(e.dsn) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM kept ORDER BY word")]


def setting(e: Engines, name: str) -> str:
    with psycopg.connect(e.dsn) as connection:
        found = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert found is not None
    return str(found[0])


def is_alive(pid: int) -> bool:
    """A zombie is not alive: it waits only for its parent to read its exit code."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def soon(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_both_engines_answer_on_private_sockets_and_nowhere_else() -> None:
    with engines("test") as e:
        assert e.place is not None
        assert setting(e, "listen_addresses") == ""
        assert setting(e, "server_encoding") == "UTF8"
        assert setting(e, "data_checksums") == "on"
        with redis.Redis.from_url(e.redis_url) as client:
            assert client.ping()
            assert client.config_get("port") == {"port": "0"}
        assert e.place.sockets.stat().st_mode & 0o777 == 0o700
        assert all(len(str(path)) < 107 for path in e.place.sockets.iterdir())


def test_what_is_kept_is_durable_and_what_is_thrown_away_is_fast(data: Path) -> None:
    with engines("run", data=data) as kept, engines("test") as thrown_away:
        assert setting(kept, "fsync") == "on"
        assert setting(kept, "synchronous_commit") == "on"
        assert setting(thrown_away, "fsync") == "off"


def test_the_application_s_role_can_be_taken_and_is_no_owner() -> None:
    with engines("test") as e, psycopg.connect(e.dsn, options="-c role=negotiator_app") as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("negotiator_app",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (word text)")


def test_nothing_is_left_behind(data: Path) -> None:
    with engines("run", data=data) as e:
        assert e.place is not None
        pids = [process.pid for process in e.processes.values()]
        sockets = e.place.sockets
        assert len(pids) == 2
    assert not any(is_alive(pid) for pid in pids)
    assert not sockets.exists()
    assert living_in(data / "postgres") == []


def test_a_throw_away_folder_is_thrown_away() -> None:
    with engines("test") as e:
        assert e.data.is_dir()
    assert not e.data.exists()


def test_data_outlive_a_kill_of_every_process_of_the_database(data: Path) -> None:
    with engines("run", data=data) as e:
        write_row(e, "committed")
        for pid in [e.processes["postgres"].pid, *living_in(data / "postgres")]:
            os.kill(pid, signal.SIGKILL)
    assert (data / "postgres" / "postmaster.pid").exists()
    with engines("run", data=data) as e:
        assert rows(e) == ["committed"]


def test_the_engines_end_with_a_launcher_that_is_killed(data: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, data], cwd=places.ROOT, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    pids = [int(pid) for pid in holder.stdout.readline().split()]
    assert len(pids) == 2
    assert all(is_alive(pid) for pid in pids)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert soon(lambda: not any(is_alive(pid) for pid in pids))
    with engines("run", data=data) as e:
        write_row(e, "after")
        assert rows(e) == ["after"]


def test_a_database_that_outlived_its_launcher_is_stopped_first(data: Path) -> None:
    place = places.place_at(data)
    orphan = postgres.start(place, durable=True, say=quiet)
    with engines("run", data=data) as e:
        assert orphan.poll() is not None
        write_row(e, "fresh")
        assert rows(e) == ["fresh"]


def test_a_pid_file_that_names_somebody_else_s_process_does_not_stop_the_start(data: Path) -> None:
    with engines("run", data=data) as e:
        write_row(e, "before")
    (data / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{data / 'postgres'}\n")
    with engines("run", data=data) as e:
        assert rows(e) == ["before"]


def test_a_cluster_whose_making_was_interrupted_is_made_again(data: Path) -> None:
    (data / "postgres.unfinished" / "base").mkdir(parents=True)
    with engines("run", data=data) as e:
        write_row(e, "whole")
        assert rows(e) == ["whole"]


def test_one_folder_has_one_holder(data: Path) -> None:
    with engines("run", data=data) as e:
        with pytest.raises(Trouble, match="already runs from this folder"), engines("run", data=data):
            pass
        write_row(e, "undisturbed")


def test_a_given_database_means_none_is_started(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/other")
    with engines("run", data=data) as e:
        assert e.database_url == "postgres://somebody@elsewhere/other"
        assert set(e.processes) == {"valkey"}
        assert not (data / "postgres").exists()


def test_a_given_redis_means_none_is_started(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/3")
    with engines("run", data=data) as e:
        assert e.redis_url == "redis://elsewhere:6379/3"
        assert set(e.processes) == {"postgres"}


def test_with_both_given_nothing_is_started(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/other")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/3")
    with engines("run", data=data) as e:
        assert e.processes == {}
        assert sorted(path.name for path in data.iterdir()) == ["lock", "logs", "static"]


def test_valkey_can_vanish_and_come_back() -> None:
    with engines("test") as e, redis.Redis.from_url(e.redis_url) as client:
        assert e.place is not None
        stop(e.processes["valkey"], (signal.SIGKILL, 5.0))
        with pytest.raises(redis.ConnectionError):
            client.ping()
        e.processes["valkey"] = valkey.start(e.place)
        assert client.ping()


def test_folders_left_by_killed_tests_are_swept_and_held_ones_are_not() -> None:
    left = Path(tempfile.mkdtemp(prefix="test-", dir=places.home()))
    with engines("test") as held:
        sweep(places.home())
        assert not left.exists()
        assert setting(held, "fsync") == "off"


def test_a_folder_of_sockets_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    with pytest.raises(Trouble, match="not a private folder"):
        places.private_folder(tmp_path / "open", None)


def test_a_link_in_place_of_the_folder_of_sockets_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(Trouble, match="not a private folder"):
        places.private_folder(tmp_path / "link", None)

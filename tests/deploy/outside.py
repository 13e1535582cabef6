"""A small production made outside containers: a cluster with the deployment's own logins, and the environment of each process."""

import os
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from negotiator.launcher import postgres
from negotiator.launcher.engines import Engines
from negotiator.launcher.places import Place
from tests.deploy.composing import DEPLOY, FILLED, ROOT, environment_of, services

HBA = "local all postgres trust\nlocal all all scram-sha-256\n"


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL on which deploy/postgres/logins.sh has been run; passwords count as they do over the network."""

    place: Place
    redis_url: str

    def connect(self, user: str, password: str = "", *, role: str = "") -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=str(self.place.sockets),
            dbname=postgres.DATABASE,
            user=user,
            password=password,
            options=f"-c role={role}" if role else "",
            autocommit=True,
        )

    def url(self, user: str, password: str) -> str:
        return f"postgres://{user}:{password}@{quote(str(self.place.sockets), safe='')}/{postgres.DATABASE}"


def prepared(e: Engines) -> Cluster:
    assert e.place is not None
    start_anew(e.place)
    logins(e.place)
    with psycopg.connect(postgres.dsn(e.place, "postgres", "postgres"), autocommit=True) as admin:
        found = admin.execute("SHOW hba_file").fetchone()
        assert found
        Path(str(found[0])).write_text(HBA)
        admin.execute("SELECT pg_reload_conf()")
    return Cluster(e.place, e.redis_url)


def start_anew(place: Place) -> None:
    """As the image leaves it before its init scripts: an empty database of the superuser's."""
    with psycopg.connect(postgres.dsn(place, "postgres", "postgres"), autocommit=True) as admin:
        admin.execute("DROP DATABASE negotiator")
        admin.execute("DROP ROLE negotiator_app")
        admin.execute("DROP ROLE negotiator")
        admin.execute("ALTER ROLE postgres PASSWORD 'what the image was given'")
        admin.execute("CREATE DATABASE negotiator")


def logins(place: Place) -> None:
    """Run the script with the environment it has in its container."""
    told = services()["postgres"]["environment"] | {"POSTGRES_USER": "postgres", "PGHOST": str(place.sockets)}
    path = f"{postgres.binary('psql', place.binaries).parent}:{os.environ['PATH']}"
    subprocess.run([DEPLOY / "postgres" / "logins.sh"], env=told | {"PATH": path}, check=True)


def production(service: str, cluster: Cluster, folders: Path) -> dict[str, str]:
    """The environment of a service as the compose file gives it; only addresses and folders are those of this machine."""
    login = ("negotiator", "OWNER") if service == "migrate" else ("negotiator_web", "APP")
    here = {
        "DATABASE_URL": cluster.url(login[0], FILLED[f"DATABASE_{login[1]}_PASSWORD"]),
        "REDIS_URL": cluster.redis_url,
        "RECORD_KEY_FILE": str(folders / "key" / "record.key"),
        "CHECKPOINT_DIR": str(folders / "checkpoints"),
        "DATA_DIR": str(folders),
        "STATIC_ROOT": str(folders / "static"),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return environment_of(service) | here


def run(command: list[str], env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run something to its end in the checkout."""
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

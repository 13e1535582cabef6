"""The two logins, made by the deployment's own script on a real cluster: the application's cannot become the owner."""

import sys

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests.deploy.composing import FILLED
from tests.deploy.outside import Cluster, production, run

pytestmark = pytest.mark.services
OWNER, WEB = ("negotiator", FILLED["DATABASE_OWNER_PASSWORD"]), ("negotiator_web", FILLED["DATABASE_APP_PASSWORD"])
APP = "negotiator_app"


@pytest.fixture(scope="module")
def migrated(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    """The cluster after the `migrate` service has done its work."""
    env = production("migrate", cluster, tmp_path_factory.mktemp("volumes"))
    done = run([sys.executable, "-m", "deploy.prepare"], env)
    assert done.returncode == 0, done.stderr
    return cluster


@pytest.mark.parametrize(("user", "password"), [OWNER, WEB])
def test_a_login_needs_its_own_password(cluster: Cluster, user: str, password: str) -> None:
    cluster.connect(user, password).close()
    for wrong in ("", "guessed", OWNER[1] if user == WEB[0] else WEB[1]):
        with pytest.raises(psycopg.OperationalError):
            cluster.connect(user, wrong)


def test_passwords_are_kept_as_scram_and_the_superuser_has_none(cluster: Cluster) -> None:
    with cluster.connect("postgres") as admin:
        found = admin.execute("SELECT rolname, rolpassword FROM pg_authid WHERE rolcanlogin")
        kept = {str(name): word for name, word in found}
    assert str(kept[OWNER[0]]).startswith("SCRAM-SHA-256$")
    assert str(kept[WEB[0]]).startswith("SCRAM-SHA-256$")
    assert kept["postgres"] is None


def test_neither_login_has_powers_over_the_cluster(cluster: Cluster) -> None:
    powers = "rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
    with cluster.connect("postgres") as admin:
        found = admin.execute(
            f"SELECT rolname FROM pg_roles WHERE rolname LIKE 'negotiator%' AND ({powers})"
        ).fetchall()
    assert found == []


def test_the_application_works_as_its_role_and_only_adds_to_the_record(migrated: Cluster) -> None:
    with migrated.connect(*WEB, role=APP) as web:
        assert web.execute("SELECT current_user").fetchone() == (APP,)
        web.execute("SELECT count(*) FROM record_entry")
        for forbidden in ("UPDATE record_entry SET seq = 1", "DELETE FROM record_entry", "TRUNCATE record_entry",
                          "DELETE FROM django_migrations", "ALTER TABLE record_entry DISABLE TRIGGER ALL",
                          "CREATE TABLE mine (id int)", "DROP TABLE record_entry"):  # fmt: skip
            with pytest.raises(InsufficientPrivilege):
                web.execute(forbidden)


def test_without_its_role_the_application_can_read_nothing(migrated: Cluster) -> None:
    with migrated.connect(*WEB) as web:
        for statement in (
            "SELECT 1 FROM record_entry",
            "SELECT 1 FROM accounts_person",
            "CREATE TEMP TABLE t (id int)",
        ):
            with pytest.raises(InsufficientPrivilege):
                web.execute(statement)


@pytest.mark.parametrize("start", ["", APP])
@pytest.mark.parametrize("attempt", ["SET ROLE negotiator", "SET ROLE postgres", "SET SESSION AUTHORIZATION negotiator",
                                     "GRANT negotiator TO negotiator_web", "ALTER ROLE negotiator PASSWORD 'x'"])  # fmt: skip
def test_the_application_cannot_become_the_owner(migrated: Cluster, start: str, attempt: str) -> None:
    with migrated.connect(*WEB, role=start) as web, pytest.raises(InsufficientPrivilege):
        web.execute(attempt)


def test_giving_up_its_role_gains_nothing(migrated: Cluster) -> None:
    with migrated.connect(*WEB, role=APP) as web:
        web.execute("RESET ROLE")
        web.execute("SET ROLE NONE")
        with pytest.raises(InsufficientPrivilege):
            web.execute("SELECT 1 FROM record_entry")


def test_the_owner_migrates_and_still_cannot_change_an_entry_unseen(migrated: Cluster) -> None:
    with migrated.connect(*OWNER) as owner:
        assert owner.execute("SELECT count(*) > 10 FROM django_migrations").fetchone() == (True,)
        with pytest.raises(InsufficientPrivilege):
            owner.execute("TRUNCATE record_entry")


def test_nobody_else_may_enter(migrated: Cluster) -> None:
    with migrated.connect("postgres") as admin:
        admin.execute("CREATE ROLE stranger LOGIN PASSWORD 'strange'")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        migrated.connect("stranger", "strange")

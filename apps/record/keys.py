"""The keys that sign checkpoints. They lie in a file that only the server can read, made on the first run in development.

One key to a line. While a key is being replaced there are two, and every checkpoint carries both signatures, so that whoever
knows only the old one learns of the new one from entries that the old one has signed.
"""

import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from apps.common.errors import Conflict, NotFound
from apps.record.domain.note import Signer


def origin() -> str:
    """The host's name on its checkpoints."""
    return str(settings.RECORD_ORIGIN)


def signers() -> tuple[Signer, ...]:
    """The signers of this host, oldest first. In production a key must be there; elsewhere it is made, readable by its
    owner only. The file is read anew when it has changed.
    """
    path = Path(settings.RECORD_KEY_FILE)
    if not path.exists():
        if settings.PRODUCTION:
            raise ImproperlyConfigured(
                f"There is no key at RECORD_KEY_FILE ({path}). Make one with: manage.py record newkey"
            )
        make(path)
    return _read(path, path.stat().st_mtime_ns)


def make(path: Path) -> None:
    """Write a new key to a file that does not exist yet; two processes starting at once end up with the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path, [_new()])
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def add() -> Signer:
    """Begin to replace the key: from now on a new one signs beside it."""
    known = signers()
    if len(known) > 1:
        raise Conflict("key.two", "The key is being replaced already: drop the old one first.")
    path, new = Path(settings.RECORD_KEY_FILE), _new()
    _draft(path, [*known, new]).replace(path)
    return new


def to_drop() -> Signer:
    """The key that has been replaced and still signs beside the new one."""
    known = signers()
    if len(known) < 2:
        raise NotFound("key.one", "There is only one key, and a record without a key cannot be signed.")
    return known[0]


def drop_oldest() -> Signer:
    """End the overlap: the old key signs no more. Its public half stays known, from the entry that announced the change."""
    old, path = to_drop(), Path(settings.RECORD_KEY_FILE)
    _draft(path, signers()[1:]).replace(path)
    return old


def _new() -> Signer:
    return Signer(origin(), secrets.token_bytes(32))


def _draft(path: Path, keys: "tuple[Signer, ...] | list[Signer]") -> Path:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text("".join(f"{key.skey}\n" for key in keys))
    return draft


@cache
def _read(path: Path, changed: int) -> tuple[Signer, ...]:
    return tuple(Signer.parse(line) for line in path.read_text().split())

"""The key that signs checkpoints. It lies in a file that only the server can read, made on the first run in development."""

import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from apps.record.domain.note import Signer


def origin() -> str:
    """The host's name on its checkpoints."""
    return str(settings.RECORD_ORIGIN)


@cache
def signer() -> Signer:
    """The signer of this host. In production the key must be there; elsewhere it is made, readable by its owner only."""
    path = Path(settings.RECORD_KEY_FILE)
    if not path.exists():
        if settings.PRODUCTION:
            raise ImproperlyConfigured(
                f"There is no key at RECORD_KEY_FILE ({path}). Make one with: manage.py record newkey"
            )
        make(path)
    return Signer.parse(path.read_text().strip())


def make(path: Path) -> None:
    """Write a new key to a file that does not exist yet; two processes starting at once end up with the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(Signer(origin(), secrets.token_bytes(32)).skey + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()

"""What the launcher tells its children: the contract of negotiator/settings.py, spelled out in their environment."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from negotiator.launcher.engines import Engines


def told(e: Engines, base_url: str, kind: str = "development") -> dict[str, str]:
    """The variables a child gets besides its inherited environment. What the user has set stands."""
    environment = os.environ.get("NEGOTIATOR_ENV", kind)
    defaults = {
        "NEGOTIATOR_ENV": environment,
        "DATA_DIR": str(e.data),
        "RECORD_KEY_FILE": str(e.data / "record.key"),
        "BASE_URL": base_url,
    }
    if environment != "production":  # production brings its own secret, or settings refuse
        defaults["SECRET_KEY"] = development_secret(e.data / "secret.key")
    fixed = {
        "DATABASE_URL": e.database_url,
        "REDIS_URL": e.redis_url,
        "DJANGO_SETTINGS_MODULE": "negotiator.settings",
        "PYTHONUNBUFFERED": "1",
    }
    return {name: os.environ.get(name) or value for name, value in defaults.items()} | fixed


def development_secret(path: Path) -> str:
    """A secret for this checkout, made once, readable by its owner only."""
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()

"""A real dump of the database under test, and everything that can be read in it."""

import base64
import os
import re
import subprocess
import zlib

from django.db import connection

from negotiator.launcher.postgres import binary

_BYTES = re.compile(r"\\\\x((?:[0-9a-f]{2})+)")
_PACKED = re.compile(r"\.?[A-Za-z0-9_-]{24,}")


def dump() -> str:
    """All of the database as `pg_dump` writes it, with what lies in bytes and in sessions beside it, readable."""
    about = connection.settings_dict
    given = {"PGHOST": about["HOST"], "PGPORT": about["PORT"], "PGUSER": about["USER"], "PGPASSWORD": about["PASSWORD"]}
    environment = {**os.environ, **{key: str(value) for key, value in given.items() if value}}
    command = [str(binary("pg_dump")), "--format=plain", about["NAME"]]
    text = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    hidden = [bytes.fromhex(found).decode(errors="replace") for found in _BYTES.findall(text)]
    packed = [_unpacked(found) for found in _PACKED.findall(text)]
    return "\n".join([text, *hidden, *packed])


def _unpacked(packed: str) -> str:
    """What Django packs into a session or the cache: base64, sometimes compressed. Anything else is nothing."""
    body = packed.removeprefix(".")
    try:
        raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        return (zlib.decompress(raw) if packed.startswith(".") else raw).decode(errors="replace")
    except (ValueError, zlib.error):
        return ""

"""`python -m deploy.prepare`: what must be done before a version starts, once, with the owner's login.

Checks the settings, brings the database to this version and makes the record's key on the very first start. Doing it again
changes nothing.
"""

import sys
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

KEY_LOST = (
    "The record has signed checkpoints, but their key is not at {path}. Restore it from the backup; "
    "with a new key nobody could tell this host from another."
)


def ensure_key() -> None:
    """Make the key if the record has never been signed; refuse to replace one that was lost."""
    path = Path(settings.RECORD_KEY_FILE)
    if path.exists():
        return
    if apps.get_model("record", "Checkpoint").objects.exists():
        sys.exit(KEY_LOST.format(path=path))
    call_command("record", "newkey")


def main() -> None:
    django.setup()
    call_command("check", deploy=True)
    call_command("migrate", interactive=False)
    ensure_key()


if __name__ == "__main__":
    main()

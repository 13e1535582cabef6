"""`python3 deploy/new_env.py outcomes.example.org` writes .env from deploy/env.example, every secret of ours made anew.

Standard library only, since it runs on the host. The mail server's password stays "change-me": only the operator knows it.
"""

import os
import re
import secrets
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLE_HOST = "outcomes.example.org"


def filled(example: str, host: str) -> str:
    """The text of env.example for `host`, with a new secret wherever a whole value is "change-me"."""
    return re.sub(r"(?<==)change-me$", lambda _: secrets.token_urlsafe(48), example, flags=re.MULTILINE).replace(
        EXAMPLE_HOST, host
    )


def write(path: Path, text: str) -> None:
    """Write a file that must not exist yet, readable by its owner only."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("Usage: python3 deploy/new_env.py HOST", file=sys.stderr)
        return 2
    path = HERE.parent / ".env"
    try:
        write(path, filled((HERE / "env.example").read_text(), arguments[0]))
    except FileExistsError:
        print(f"{path} exists already; a key in use is never overwritten.", file=sys.stderr)
        return 1
    print(f"{path}: now put the mail server's address into EMAIL_URL.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

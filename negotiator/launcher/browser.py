"""A Chromium for the browser tests."""

import os
import shutil
import subprocess

from negotiator.launcher import Trouble
from negotiator.launcher.places import is_root

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTRUCTION = "The browser tests need Chromium. On Debian or Ubuntu type: sudo apt-get install chromium"


def find_chromium() -> str | None:
    """The path of a Chromium on this machine; `CHROMIUM` in the environment says otherwise."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure_chromium() -> str:
    """The same, installed from Debian's packages when we are root and may. Raises Trouble with what to type."""
    found = find_chromium()
    if found is None and is_root() and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests ...", flush=True)
        _apt("update")
        _apt("install", "-y", "--no-install-recommends", "chromium")
        found = find_chromium()
    if found is None:
        raise Trouble(INSTRUCTION)
    return found


def _apt(*arguments: str) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-q", *arguments], env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)

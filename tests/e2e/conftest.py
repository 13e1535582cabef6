"""A whole server for browser tests: web with sockets, worker and beat as real processes, and browsers signed in as the cast."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from apps.accounts.models import Person
from negotiator.launcher.browser import ensure_chromium

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]


@dataclass
class Server:
    """The processes of one server, each of which a test may kill and start again."""

    url: str
    env: dict[str, str]
    folder: Path
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Start web, worker or beat."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(self._command(name), env=self.env, stdout=log, stderr=log)
        if name == "web":
            self._wait()

    def kill(self, name: str) -> None:
        """End a process without warning."""
        process = self.running.pop(name)
        process.kill()
        process.wait()

    def said(self, name: str) -> str:
        """What a process has printed."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def _command(self, name: str) -> list[str]:
        python, port = sys.executable, self.url.rsplit(":", 1)[1]
        celery = [python, "-m", "celery", "-A", "negotiator"]
        return {
            "web": [
                python,
                "-m",
                "uvicorn",
                "negotiator.asgi:application",
                "--ws",
                "apps.live.protocol:Protocol",
                "--port",
                port,
            ],
            "worker": [*celery, "worker", "--pool", "solo", "-l", "error", "-Q", self.env["CELERY_QUEUE"]],
            "beat": [*celery, "beat", "-l", "error", "-s", str(self.folder / "beat"), "--pidfile="],
        }[name]

    def _wait(self) -> None:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.url}/livez", timeout=2).close()
                return
            except (URLError, OSError):
                assert self.running["web"].poll() is None, self.said("web")
                time.sleep(0.1)
        raise AssertionError(f"the server did not come up: {self.said('web')}")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="package")
def standing() -> Iterator[list[Server]]:
    """The one server of this worker's tests here, which the first of them starts."""
    made: list[Server] = []
    yield made
    for server in made:
        for name in list(server.running):
            server.kill(name)


@pytest.fixture
def server(
    standing: list[Server], child_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory, settings: Any
) -> Server:
    """Everything that `make run` starts, on the database of this worker's tests, which is a fresh one for each."""
    if not standing:
        port, folder = free_port(), tmp_path_factory.mktemp("server")
        own = {"BASE_URL": f"http://127.0.0.1:{port}", "CELERY_QUEUE": f"e2e{port}", "DATA_DIR": str(folder)}
        own["CHECKPOINT_DIR"] = str(folder / "checkpoints")
        standing.append(Server(f"http://127.0.0.1:{port}", child_environment | own, folder))
    (here,) = standing
    settings.OUTBOX_DIR, settings.CHECKPOINT_DIR = here.folder / "outbox", here.folder / "checkpoints"
    for name in ("web", "worker", "beat"):
        if name not in here.running:
            here.start(name)
    return here


@pytest.fixture
def browser(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """A headless Chromium. Playwright keeps an event loop in this thread, beside which the test itself uses the database."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=ensure_chromium(), args=QUIET)
        yield chromium
        chromium.close()
        connections.close_all()
        # Beside a running loop Django keeps another connection, which later tests would inherit; a test may have needed none.
        with suppress(AttributeError):
            del connections["default"]


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """`visit(person, "/path/")`: a fresh browser, signed in as that person, at that page. Errors on the page fail the test."""
    faults: list[str] = []
    with ExitStack() as stack:

        def go(person: Person | None, path: str, *, phone: bool = False, **more: Any) -> Page:
            context = stack.enter_context(
                browser.new_context(base_url=server.url, viewport=PHONE if phone else DESKTOP, **more)  # type: ignore[arg-type]
            )
            if person is not None:
                sign_in(context, server.url, person)
            page = context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.goto(path)
            return page

        yield go
    assert faults == []


def sign_in(context: BrowserContext, url: str, person: Person) -> None:
    """Give a browser the session of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": url}])

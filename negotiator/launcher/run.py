"""`run`: engines, migrations, the demonstration, then web, worker and beat until Ctrl-C."""

import argparse
import errno
import http.client
import os
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from negotiator.launcher import Trouble, valkey
from negotiator.launcher.children import LAST_LINES, Children, obituary
from negotiator.launcher.django import commands, manage, migrate, must_manage
from negotiator.launcher.engines import Engines, engines
from negotiator.launcher.processes import last_lines
from negotiator.launcher.running import word_of
from negotiator.launcher.settings_for import told

HOST = "127.0.0.1"
ROOT_IS_FINE = "ignore:You're running the worker with superuser privileges"
VALKEY_PAUSE = 10.0
PATIENCE = 60.0  # seconds the web server has to answer


def say(line: str) -> None:
    print(line, flush=True)


def run(arguments: Sequence[str]) -> int:
    """Run until stopped (0) or until a child ends by itself (1)."""
    options = _options(arguments)
    _require_free(options.port)
    url = f"http://{HOST}:{options.port}"
    with ExitStack() as stack:
        e = stack.enter_context(engines("run", say=say))
        env = told(e, url)
        known = _prepare(env, demo=options.demo)
        children = Children(e.data / "logs", say)
        stack.callback(children.stop)
        stack.callback(say, "Stopping ...")
        _start(children, env, options.port)
        if not _web_answers(children, options.port):
            return 1
        stack.enter_context(word_of(e.data, url, env))
        _welcome(url, env, known)
        return _watch(children, e)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bootstrap.py run", description="Start Negotiator.")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000, help="the port of the pages (8000)")
    parser.add_argument("--no-demo", dest="demo", action="store_false", help="do not load the demonstration")
    return parser.parse_args(arguments)


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise Trouble(_why_not(port, error)) from None


def _why_not(port: int, error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use. End what uses it, or take another: make run PORT={port + 1}"
    return f"Port {port} cannot be used ({error}). Take another: make run PORT=8000"


def _prepare(env: Mapping[str, str], *, demo: bool) -> frozenset[str]:
    """Everything that must be done before the first page; returns the commands manage.py has."""
    say("Preparing the database ...")
    migrate(env)
    known = commands(env)
    if env["NEGOTIATOR_ENV"] == "production":  # elsewhere static files are served from where they are
        must_manage("collectstatic", "--no-input", "--verbosity", "0", env=env)
    if demo and env["NEGOTIATOR_ENV"] != "production" and "load_demo" in known:
        say("Loading the demonstration ...")
        if manage("load_demo", env=env) != 0:
            say("The demonstration could not be loaded; Negotiator starts without it.")
    return known


def _start(children: Children, env: Mapping[str, str], port: int) -> None:
    celery = [sys.executable, "-m", "celery", "-q", "-A", "negotiator"]
    level = os.environ.get("LOG_LEVEL", "WARNING")
    sockets = ["--ws", "apps.live.protocol:Protocol", "--ws-max-size", "65536", "--ws-per-message-deflate", "false"]
    web = ["negotiator.asgi:application", *sockets, "--host", HOST, "--port", str(port)]
    quiet = ["--log-level", level.lower(), "--no-access-log", "--timeout-graceful-shutdown", "5", "--lifespan", "off"]
    say("Starting web, worker and beat ...")
    children.start("web", [sys.executable, "-m", "uvicorn", *web, *quiet], env)
    worker = ["worker", "--loglevel", level, "--concurrency", "2", "--without-gossip", "--without-mingle"]
    children.start("worker", [*celery[:1], "-W", ROOT_IS_FINE, *celery[1:], *worker], env)
    children.start("beat", [*celery, "beat", "--loglevel", level], env)


def _web_answers(children: Children, port: int) -> bool:
    """Wait for the first answer. False, and said why, when a child ended instead."""
    deadline = time.monotonic() + PATIENCE
    while not _answers(port):
        children.relay(0.1)
        if dead := children.dead():
            say(obituary(dead.name, dead.process, dead.last))
            return False
        if time.monotonic() > deadline:
            raise Trouble(f"The web server does not answer on port {port} within {PATIENCE:.0f} seconds.")
    return True


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/livez")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _welcome(url: str, env: Mapping[str, str], known: frozenset[str]) -> None:
    say(f"\nNegotiator runs at {url}\n")
    if "cast" in known:
        manage("cast", env=env)
    say("\nCtrl-C stops it.")


def _watch(children: Children, e: Engines) -> int:
    """Relay until something that cannot be missed ends by itself."""
    while True:
        children.relay(0.5)
        if dead := children.dead():
            say(obituary(dead.name, dead.process, dead.last))
            return 1
        if _has_ended(e, "postgres"):
            return 1
        if _has_ended(e, "valkey"):
            _replace_valkey(children, e)


def _has_ended(e: Engines, name: str) -> bool:
    """Whether that engine of ours has ended; if so it is said, with its last lines."""
    process = e.processes.get(name)
    if process is None or process.poll() is None:
        return False
    say(obituary(name, process, last_lines(e.data / "logs" / f"{name}.log", LAST_LINES)))
    return True


def _replace_valkey(children: Children, e: Engines) -> None:
    """Valkey may vanish: nothing is lost, only slower. It is started again, aloud and not in haste."""
    say(f"Votes still count; live updates are delayed. Valkey is started again in {VALKEY_PAUSE:.0f} seconds.")
    again = time.monotonic() + VALKEY_PAUSE
    while time.monotonic() < again and not children.dead():
        children.relay(0.5)
    assert e.place is not None
    e.processes["valkey"] = valkey.start(e.place)
    say("Valkey runs again.")

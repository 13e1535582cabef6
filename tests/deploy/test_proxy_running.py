"""The proxy's configuration, tried with a real nginx where there is one."""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.sync.server import serve

from tests.deploy.composing import HOST
from tests.deploy.outside import free_port
from tests.deploy.proxying import Echo, Running, ask, echo, nginx, running, trusting

pytestmark = [pytest.mark.services, pytest.mark.skipif(nginx() is None, reason="there is no nginx on this machine")]


@pytest.fixture(scope="module")
def behind_it() -> Iterator[tuple[int, int]]:
    """An application that repeats what reaches it: the ports of its pages and of its sockets."""
    pages = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    rooms = serve(echo, "127.0.0.1", 0)
    for server in (pages, rooms):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield int(pages.server_address[1]), int(rooms.socket.getsockname()[1])
    pages.shutdown()
    rooms.shutdown()


@pytest.fixture(params=["tls", "behind"])
def proxy(request: pytest.FixtureRequest, tmp_path: Path, behind_it: tuple[int, int]) -> Iterator[Running]:
    with running(request.param, tmp_path, *behind_it) as it:
        yield it


FORGED = {"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example.org",
          "Forwarded": "for=198.51.100.9", "X-Real-IP": "198.51.100.9", "Upgrade": "h2c", "Connection": "Upgrade"}  # fmt: skip


def test_the_application_hears_who_asks_from_the_proxy_and_from_nobody_else(proxy: Running) -> None:
    for path in ("/", "/api/me/", "/static/main.js", "/readyz"):
        status, _, body = proxy.ask(path, FORGED)
        heard = json.loads(body)
        assert (status, heard["path"]) == (200, path)
        headers = [(name.lower(), value) for name, value in heard["headers"]]
        claimed = [pair for pair in headers if pair[0] in {name.lower() for name in FORGED}]
        trusted = "127.0.0.1" if proxy.https else FORGED["X-Forwarded-For"]  # whoever stands in front of it is believed
        assert dict(claimed).pop("connection") == "close"
        assert set(claimed) - {("connection", "close")} == {
            ("x-forwarded-for", trusted),
            ("x-forwarded-proto", "https"),
        }
        assert ("host", HOST) in headers


def test_sockets_pass_through_it_at_their_own_place_only(proxy: Running) -> None:
    scheme, port, tls = ("wss", proxy.https, trusting()) if proxy.https else ("ws", proxy.http, None)
    with connect(f"{scheme}://127.0.0.1:{port}/live/rounds/1/", ssl=tls, additional_headers=FORGED_FOR) as room:
        heard = json.loads(room.recv(5))
        assert heard["path"] == "/live/rounds/1/"
        assert ["X-Forwarded-Proto", "https"] in heard["headers"]
        room.send("heard?")
        assert room.recv(5) == "heard?"
    with pytest.raises(InvalidStatus):
        connect(f"{scheme}://127.0.0.1:{port}/elsewhere/", ssl=tls)


FORGED_FOR = {"X-Forwarded-Proto": "http"}


def test_a_body_far_too_large_is_answered_by_the_proxy(proxy: Running) -> None:
    status, headers, body = proxy.ask("/api/ballots/", data=b"x" * (3 * 2**20 + 1))
    assert (status, headers["Content-Type"], json.loads(body)["code"]) == (
        413,
        "application/problem+json",
        "body.too_large",
    )
    assert proxy.ask("/proposals/1/", data=b"x" * (3 * 2**20 + 1))[0] == 413
    assert proxy.ask("/api/ballots/", data=b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))[0] == 200


def flood(port: int, request: str, times: int) -> str:
    """All answers to a request sent many times without waiting."""
    head = f"{request} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 0\r\n"
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall((f"{head}\r\n" * (times - 1) + f"{head}Connection: close\r\n\r\n").encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def test_a_flood_is_turned_away_and_a_meeting_is_not(tmp_path: Path) -> None:
    with running(
        "behind", tmp_path, free_port(), free_port()
    ) as it:  # nobody is behind it: what is let through is a 503
        meeting = flood(it.http, "GET /api/me/", 150)
        assert meeting.count("HTTP/1.1 503") == 150
        said = flood(it.http, "GET /api/me/", 900)
        assert (
            said.count('"code":"request.too_often"') == said.count("HTTP/1.1 429") == said.count("Retry-After: 5") > 0
        )
        assert said.count("HTTP/1.1 503") >= 50


def test_guessing_codes_is_slowed_down_while_looking_at_the_page_is_not(tmp_path: Path) -> None:
    with running("behind", tmp_path, free_port(), free_port()) as it:
        said = flood(it.http, "POST /accounts/login/code/", 150)
        assert 60 <= said.count("HTTP/1.1 503") < 100
        assert said.count("HTTP/1.1 429") == 150 - said.count("HTTP/1.1 503")
        assert flood(it.http, "GET /accounts/login/", 20).count("HTTP/1.1 503") == 20


def test_secrets_in_addresses_stay_out_of_the_log(proxy: Running) -> None:
    for path in ("/join/an-invitation/", "/accounts/confirm/a-code/", "/proposals/7/?token=a-token"):
        proxy.ask(path)
    end = time.monotonic() + 5
    while "/proposals/7/" not in proxy.log():
        assert time.monotonic() < end
        time.sleep(0.05)
    assert '"GET /join/..." 200' in proxy.log()
    assert not re.search("an-invitation|a-code|a-token", proxy.log())


def test_without_a_certificate_of_its_own_there_is_no_plain_http_but_for_health(
    tmp_path: Path, behind_it: tuple[int, int]
) -> None:
    with running("tls", tmp_path, *behind_it) as it:
        status, headers, _ = ask(f"http://127.0.0.1:{it.http}/partnerships/1/?a=b")
        assert (status, headers["Location"]) == (308, f"https://{HOST}/partnerships/1/?a=b")
        assert ask(f"http://127.0.0.1:{it.http}/livez")[0] == 200
        challenge = it.folder / "tls" / "webroot" / ".well-known" / "acme-challenge"
        challenge.mkdir(parents=True)
        (challenge / "token").write_text("answer")
        assert ask(f"http://127.0.0.1:{it.http}/.well-known/acme-challenge/token")[2] == b"answer"


def test_while_the_application_is_away_it_says_so(tmp_path: Path) -> None:
    with running("behind", tmp_path, free_port(), free_port()) as it:
        status, headers, body = it.ask("/api/me/")
        assert (status, headers["Retry-After"], json.loads(body)["code"]) == (503, "10", "server.away")
        status, _, body = it.ask("/")
        assert (status, b"Nothing is lost" in body) == (503, True)

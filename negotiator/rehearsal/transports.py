"""The two ways to the server: over the network as any client, or inside the process for a demonstration with a moved clock."""

import json
from collections.abc import Mapping
from typing import Any

import httpx
from django.test.client import Client

from apps.common.errors import NotFound
from negotiator.rehearsal.api import Answer, read_json
from negotiator.rehearsal.browser import Page

PATIENCE = 30.0  # seconds for one answer


class Network:
    """A running server at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.client = _client(self.url, follow=False)

    def request(self, method: str, path: str, token: str, body: Mapping[str, Any] | None) -> Answer:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer = self.client.request(method, path, headers=headers, json=body)
        except httpx.HTTPError as error:
            raise _no_answer(self.url, error) from error
        return Answer(answer.status_code, read_json(answer.content))

    def browser(self) -> "NetworkBrowser":
        """A new browser, signed in nowhere."""
        return NetworkBrowser(self.url)


class NetworkBrowser:
    """What a browser without scripts does: keeps cookies, follows redirects, sends forms."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = _client(url, follow=True)

    def open(self, path: str) -> Page:
        return self._ask("GET", path, None)

    def send(self, path: str, fields: Mapping[str, str]) -> Page:
        return self._ask("POST", path, fields)

    def _ask(self, method: str, path: str, fields: Mapping[str, str] | None) -> Page:
        try:
            answer = self.client.request(method, path, data=fields, headers={"Origin": self.url})
        except httpx.HTTPError as error:
            raise _no_answer(self.url, error) from error
        return Page(answer.status_code, answer.url.path, answer.text)


class Inside:
    """This very process: the same addresses and checks, without a socket between."""

    url = ""

    def __init__(self) -> None:
        self.client = Client(SERVER_NAME="localhost", headers={"X-Forwarded-Proto": "https"})

    def request(self, method: str, path: str, token: str, body: Mapping[str, Any] | None) -> Answer:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = json.dumps(body) if body is not None else ""
        answer = self.client.generic(method, path, data, content_type="application/json", headers=headers)
        return Answer(answer.status_code, read_json(answer.getvalue()))


def _client(url: str, *, follow: bool) -> httpx.Client:
    """A client for `url`. Raises `NotFound` where this is no address of a server."""
    try:
        return httpx.Client(base_url=url, timeout=PATIENCE, follow_redirects=follow)
    except httpx.InvalidURL as error:
        raise _no_answer(url, error) from error


def _no_answer(url: str, error: Exception) -> NotFound:
    return NotFound("rehearsal.no_server", f"There is no answer from {url} ({type(error).__name__}). Is it running?")

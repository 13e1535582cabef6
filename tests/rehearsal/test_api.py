"""Operations are called as the server's own OpenAPI document describes them."""

from collections.abc import Mapping
from typing import Any

import pytest

from apps.common.errors import Invalid, NotFound
from negotiator.rehearsal.api import Answer, Api, read_json

DOCUMENT = {
    "paths": {
        "/api/rounds/{round}/ballots/": {
            "get": {"operationId": "list_own_ballots", "parameters": [{"in": "query", "name": "after"}]},
            "post": {"operationId": "cast_ballots", "requestBody": {}},
            "parameters": [],
        },
        "/api/seats/{seat}/holder/": {"delete": {"operationId": "vacate_seat"}},
    }
}


class Server:
    """A transport that keeps what was asked."""

    url = "http://server"

    def __init__(self, document: Any = DOCUMENT, status: int = 200) -> None:
        self.answer = Answer(status, document)
        self.asked: list[tuple[Any, ...]] = []

    def request(self, method: str, path: str, token: str, body: Mapping[str, Any] | None) -> Answer:
        self.asked.append((method, path, token, body))
        return self.answer


def test_arguments_go_into_the_path_the_query_or_the_body() -> None:
    server = Server()
    api = Api(server)
    api.call("cast_ballots", {"round": "r/1", "ballots": []}, "token")
    api.call("list_own_ballots", {"round": "r", "after": "a=&b"})
    api.call("vacate_seat", {"seat": "s"})
    assert server.asked[1:] == [
        ("POST", "/api/rounds/r%2F1/ballots/", "token", {"ballots": []}),
        ("GET", "/api/rounds/r/ballots/?after=a%3D%26b", "", None),
        ("DELETE", "/api/seats/s/holder/", "", None),
    ]


def test_what_is_left_over_is_sent_so_that_the_server_can_refuse_it() -> None:
    server = Server()
    Api(server).call("vacate_seat", {"seat": "s", "wish": 1})
    assert server.asked[-1][3] == {"wish": 1}


@pytest.mark.parametrize(("id", "arguments"), [("fly", {}), ("cast_ballots", {"ballots": []})])
def test_an_unknown_operation_or_a_missing_path_argument_is_named(id: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match=id):
        Api(Server()).call(id, arguments)


@pytest.mark.parametrize(("document", "status"), [(DOCUMENT, 404), (None, 200), ([], 200), ({}, 200)])
def test_a_server_that_does_not_describe_itself_is_none_of_ours(document: Any, status: int) -> None:
    with pytest.raises(NotFound):
        Api(Server(document, status))


def test_a_body_that_is_not_json_is_nothing() -> None:
    assert read_json(b"") is None
    assert read_json(b"<html>") is None
    assert read_json(b'{"a": 1}') == {"a": 1}

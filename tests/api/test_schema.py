"""The published contract: complete, valid, and the same as what the API does."""

import inspect
import json
import pkgutil
import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

import apps
from apps.accounts import services as accounts
from apps.deliberation import services as deliberation
from apps.frameworks import services as frameworks
from apps.measurement import services as measurement
from apps.partnerships import services as partnerships
from apps.proposals import services as proposals
from apps.provenance import services as provenance
from tests.api.caller import FAMILIES, FAMILY, OPERATIONS, Caller
from tests.api.world import World, requests, world_of
from tests.people import Lismorrow

TYPES: dict[str, Any] = {
    "string": str,
    "object": dict,
    "array": list,
    "boolean": bool,
    "number": float | int,
    "null": type(None),
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return json.loads(json.dumps(found, default=str))  # type: ignore[no-any-return]


def _operations(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {about["operationId"]: about for path in document["paths"].values() for about in path.values()}


def test_it_is_openapi_3_1_valid_and_complete(document: dict[str, Any], tmp_path: Any) -> None:
    assert document["openapi"].startswith("3.1")
    validate_schema(document)  # type: ignore[no-untyped-call]
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))


def test_every_operation_is_in_it_under_its_own_name(document: dict[str, Any]) -> None:
    assert set(_operations(document)) == set(OPERATIONS)
    assert len(OPERATIONS) == sum(len(path) for path in document["paths"].values())
    for name, about in _operations(document).items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
        assert about["tags"] == [FAMILY[name]]
        assert about["description"]
        assert about["tags"][0] in FAMILIES


def _verbs(module: Any) -> set[str]:
    """The public functions of a room's services in which somebody acts."""
    found = inspect.getmembers(module, inspect.isfunction)
    here = {name: thing for name, thing in found if thing.__module__.startswith(module.__name__)}
    return {name for name, thing in here.items() if name[0] != "_" and "by" in inspect.signature(thing).parameters}


def test_every_verb_of_a_service_is_an_operation() -> None:
    verbs = set.union(
        *(
            _verbs(module)
            for module in (accounts, partnerships, frameworks, proposals, deliberation, measurement, provenance)
        )
    )
    assert len(verbs) > 25
    assert verbs | {"cast_ballots", "find_invitation", "accept_invitation"} <= set(OPERATIONS)


def test_every_answer_is_typed_and_every_refusal_a_problem(document: dict[str, Any]) -> None:
    for about in _operations(document).values():
        for status, answer in about["responses"].items():
            if status == "204":
                continue
            (media,) = answer["content"]
            assert media == ("application/json" if status < "300" else "application/problem+json")
            assert answer["content"][media]["schema"]["$ref"]
            assert answer["description"]


def test_what_is_sent_is_closed(document: dict[str, Any]) -> None:
    for name, about in _operations(document).items():
        if "requestBody" in about:
            schema = about["requestBody"]["content"]["application/json"]["schema"]
            assert _resolved(document, schema)["additionalProperties"] is False, name


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    return document["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _fits(document: Mapping[str, Any], schema: Mapping[str, Any], value: Any, place: str) -> list[str]:
    """Where a value differs from what the document promises: missing, undeclared or of another type."""
    if options := schema.get("oneOf"):
        faults = [_fits(document, option, value, place) for option in options]
        return [] if [] in faults else faults[0]
    schema = _resolved(document, (schema.get("allOf") or [schema])[0])
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is_of(kind, value) for kind in kinds):
        return [f"{place}: {value!r} is not {kinds}"]
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        faults_here = [f"{place}.{key} is missing" for key in schema.get("required", []) if key not in value]
        faults_here += [f"{place}.{key} is not declared" for key in value.keys() - known.keys()]
        shared = known.keys() & value.keys()
        return faults_here + [
            fault for key in shared for fault in _fits(document, known[key], value[key], f"{place}.{key}")
        ]
    if isinstance(value, list):
        return [
            fault
            for index, item in enumerate(value)
            for fault in _fits(document, schema["items"], item, f"{place}.{index}")
        ]
    return []


def _is_of(kind: str, value: Any) -> bool:
    if kind == "integer":
        return type(value) is int
    types: dict[str, Any] = {
        "string": str,
        "object": dict,
        "array": list,
        "boolean": bool,
        "number": float | int,
        "null": type(None),
    }
    return isinstance(value, types[kind])


@pytest.mark.django_db
def test_answers_are_what_the_document_promises(
    document: dict[str, Any], lismorrow: Lismorrow, cast: Mapping[str, Caller]
) -> None:
    world: World = world_of(lismorrow)
    promised, seen = _operations(document), 0
    for name, (path, body, query) in requests(world).items():
        by = "gareth" if name in {"revise_proposal", "answer_offer", "impose"} else "ify"
        for person in (by, "orla"):
            said = cast[person](name, body, query=query, **path)
            if said.body is None:
                continue
            about = promised[name]["responses"][str(said.status)]["content"]
            (media,) = about
            assert _fits(document, about[media]["schema"], said.body, name) == []
            seen += said.status < 400
    assert seen > 80


def test_the_document_is_served_as_yaml_and_json(client: Client) -> None:
    assert client.get("/api/schema/?format=json").json()["openapi"].startswith("3.1")
    assert b"openapi: 3.1" in client.get("/api/schema/").content


def test_the_docs_hold_no_inline_scripts_or_styles_and_nothing_from_elsewhere(client: Client) -> None:
    answer = client.get(reverse("api:docs"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not re.findall(r"<style|style=|<script>| on\w+=\"", page)
    assert all(address.startswith("/") for address in re.findall(r'(?:src|href)="([^"]+)"', page))
    assert client.get("/api/docs/?script=").headers["Content-Type"].startswith("application/javascript")


def test_the_api_never_writes_rows_itself() -> None:
    writes = re.compile(r"\.objects\.|\.save\(|\.delete\(|\.create\(|bulk_|\.update\(")
    for module in pkgutil.walk_packages(apps.__path__, "apps."):
        if module.name.startswith("apps.api.") and not module.ispkg:
            assert not writes.findall(inspect.getsource(import_module(module.name))), module.name

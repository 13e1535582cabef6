"""The generated documents say what the server sends and takes."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from apps.deliberation.models import Round
from apps.deliberation.services import close_round
from apps.live.contract import asyncapi, typescript
from tests.live.rooms import entered
from tests.people import Lismorrow


def validator(name: str) -> Draft202012Validator:
    """Holds a value against one schema of the document."""
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": asyncapi()["components"]})


def names_by_kind() -> dict[str, str]:
    return {message["name"]: name for name, message in asyncapi()["components"]["messages"].items()}


def test_the_documents_in_the_project_are_true() -> None:
    call_command("live_contract", "--check")


def test_a_stale_document_is_named(settings: Any, tmp_path: Any) -> None:
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match=r"protocol.ts and asyncapi.json.*--write"):
        call_command("live_contract", "--check")


def test_every_reference_leads_somewhere() -> None:
    document = asyncapi()

    def follow(value: Any) -> None:
        if isinstance(value, dict):
            if "$ref" in value:
                found: Any = document
                for step in value["$ref"].removeprefix("#/").split("/"):
                    found = found[step]
            for inner in value.values():
                follow(inner)
        elif isinstance(value, list):
            for inner in value:
                follow(inner)

    follow(document)
    assert set(document["channels"]["room"]["messages"]) == set(document["components"]["messages"])


def test_what_clients_send_is_described() -> None:
    cast = {"t": "cast", "id": "a", "item": str(uuid4()), "choice": "for", "key": str(uuid4())}
    assert validator("Cast").is_valid(cast)
    assert not validator("Cast").is_valid(cast | {"round": str(uuid4())})
    assert not validator("Resume").is_valid({"t": "resume", "from": "1"})


def test_parts_that_may_be_left_out_are_optional_in_typescript() -> None:
    text = typescript()
    assert "  closes: string | null;\n" in text
    assert "  turnout?: ItemTurnout[];\n" in text
    assert "  from: number;\n" in text


@pytest.mark.usefixtures("live")
@pytest.mark.django_db(transaction=True)
async def test_everything_that_is_heard_is_described(lismorrow: Lismorrow, round: Round) -> None:
    async with entered(round.id, lismorrow.people["Ify"]) as ify:
        await ify.vote(round.items.get().id)
        await ify.vote(uuid4())
        await ify.say({"t": "ping"})
        await ify.hear("pong")
        await ify.say({"t": "hand", "id": "mine", "up": True})
        await ify.hear("done")
        lismorrow.propose(code="M5")
        lismorrow.vote(round, **lismorrow.everybody("for"))
        close_round(by=lismorrow.orla, round=round)
        lismorrow.settle()
        await ify.hear("state", lambda frame: bool(frame["results"]))
    kinds = names_by_kind()
    for frame in ify.all:
        validator(kinds[frame["t"]]).validate(frame)
    assert {frame["t"] for frame in ify.all} == {"hello", "state", "entries", "receipt", "done", "refused", "pong"}

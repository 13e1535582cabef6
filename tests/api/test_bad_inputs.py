"""What makes no sense, comes too late or is not meant for this place gets a clear answer, and changes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from apps.partnerships.models import Mandate
from apps.record import selectors as record
from tests.api.caller import FAMILIES, FAMILY, Caller, Said
from tests.api.world import World, requests, world_of
from tests.once import told_once
from tests.people import LONELINESS, MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db
FOREIGN = str(uuid4())
AB = {"alternatives": [{"name": "A", "proposal": None}, {"name": "B", "proposal": None}]}
TWICE = {"alternatives": [{"name": "A", "proposal": None}, {"name": "A", "proposal": None}]}
HALF_A_SLOT = [{"key": "a", "title": "A"}, {"key": "b"}]
TOO_MANY = [{"item": FOREIGN, "choice": "for", "key": FOREIGN}] * 101
OF_STRANGERS = MAJORITY_OF_EVERY_GROUP | {"groups": {"deciding": ["Z"], "composition": {"kind": "all"}}}


@dataclass(frozen=True)
class Bad:
    """An operation asked for by somebody with something wrong in it, and the answer: status and code."""

    name: str
    by: str
    status: int
    code: str
    change: Mapping[str, Any] = field(default_factory=dict)
    path: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    fields: str = ""


BAD: Mapping[str, tuple[Bad, ...]] = {
    "wrong roles": (
        Bad("add_group", "gareth", 403, "role.not_convenor"),
        Bad("open_round", "ify", 403, "role.not_convenor"),
        Bad("submit_proposal", "stan", 403, "role.not_convenor"),
        Bad("submit_proposal", "tomasz", 403, "seat.observer"),
        Bad("cast_ballot", "tomasz", 403, "seat.no_vote"),
        Bad("cast_ballot", "orla", 403, "seat.none"),
        Bad("revise_proposal", "ify", 403, "proposal.not_yours"),
        Bad("offer_change", "gareth", 409, "offer.own_proposal"),
        Bad("withdraw_objection", "gareth", 403, "objection.not_yours"),
    ),
    "what is not there, or elsewhere": (
        Bad("read_partnership", "orla", 404, "partnership.unknown", path={"partnership": FOREIGN}),
        Bad("read_framework", "orla", 404, "framework.unknown", path={"framework": FOREIGN}),
        Bad("read_element", "orla", 404, "element.unknown", path={"element": FOREIGN}),
        Bad("read_proposal", "orla", 404, "proposal.unknown", path={"proposal": FOREIGN}),
        Bad("answer_offer", "gareth", 404, "offer.unknown", path={"offer": FOREIGN}),
        Bad("withdraw_objection", "ify", 404, "objection.unknown", path={"objection": FOREIGN}),
        Bad("read_round", "orla", 404, "round.unknown", path={"round": FOREIGN}),
        Bad("assign_seat", "orla", 404, "seat.unknown", path={"seat": FOREIGN}),
        Bad("make_member_token", "orla", 404, "person.unknown", path={"member": FOREIGN}),
        Bad("invite_group", "orla", 404, "group.unknown", path={"key": "none"}),
        Bad("read_entry", "orla", 404, "entry.unknown", path={"seq": 10**9}),
        Bad("read_entry", "orla", 404, "entry.unknown", path={"seq": 10**30}),
        Bad("read_edition", "orla", 404, "edition.unknown", path={"number": 7}),
        Bad("cast_ballot", "ify", 404, "item.unknown", {"item": FOREIGN}),
        Bad("cast_ballot", "ify", 404, "round.unknown", {"round": FOREIGN}),
        Bad("draft_round", "orla", 404, "rule.unknown", {"rule": FOREIGN}),
        Bad("draft_round", "orla", 404, "proposal.unknown", {"proposals": [FOREIGN]}),
        Bad("impose", "gareth", 404, "mandate.unknown", {"mandate": FOREIGN}),
        Bad("impose", "gareth", 404, "element.unknown", {"element": FOREIGN}),
        Bad("find_invitation", "nobody", 404, "invitation.unknown", {"token": "guessed"}),
        Bad("assign_seat", "orla", 404, "person.unknown", {"member": FOREIGN, "name": None}),
    ),
    "impositions beyond the mandate": (
        Bad("impose", "ify", 403, "mandate.not_holder"),
        Bad("impose", "gareth", 403, "mandate.scope", {"patch": {"title": "Another"}}),
        Bad("impose", "gareth", 422, "body.invalid", {"reason_code": "because"}, fields="reason_code"),
    ),
    "states that have moved on": (
        Bad("revise_proposal", "gareth", 409, "proposal.stale", {"on_number": 7}),
        Bad("assign_seat", "orla", 409, "person.seated", {"member": "Colm", "name": None}),
        Bad("add_group", "orla", 409, "group.key_taken", {"key": "A"}),
        Bad("publish_edition", "orla", 409, "plan.open"),
        Bad("submit_proposal", "gareth", 409, "element.code_taken", {"code": "M1"}),
        Bad("submit_proposal", "gareth", 409, "slot.unknown", {"slot": "none"}),
    ),
    "choices, rules and fields that do not exist": (
        Bad("cast_ballot", "ify", 422, "ballot.unknown_choice", {"choice": "perhaps"}),
        Bad("cast_ballot", "ify", 422, "ballot.unknown_choice", {"choice": "<b>for</b>"}),
        Bad("register_rule", "orla", 422, "rule.unknown_group", {"document": OF_STRANGERS}),
        Bad("add_group", "orla", 422, "group.observer_decides", {"kind": "observer", "standing": "decides"}),
        Bad("add_group", "orla", 422, "group.key", {"key": "1 2"}),
    ),
    "texts: too long, empty, unprintable": (
        Bad("found_partnership", "stan", 422, "body.invalid", {"name": "x" * 201}, fields="name"),
        Bad("raise_objection", "ify", 422, "body.invalid", {"reason": "x" * 4001}, fields="reason"),
        Bad("raise_objection", "ify", 422, "body.invalid", {"reason": "   "}, fields="reason"),
        Bad("raise_objection", "ify", 422, "text.malformed", {"reason": "a\x07b"}, fields="reason"),
    ),
    "wrong types, unknown keys, too much": (
        Bad("found_partnership", "stan", 422, "body.invalid", {"name": 7}, fields="name"),
        Bad("found_partnership", "stan", 422, "body.invalid", {"demo": "yes"}, fields="demo"),
        Bad("found_partnership", "stan", 422, "body.invalid", {"nome": "slip"}, fields="nome"),
        Bad("add_group", "orla", 422, "body.invalid", {"seats": "3"}, fields="seats"),
        Bad("add_group", "orla", 422, "body.invalid", {"seats": 501}, fields="seats"),
        Bad("add_group", "orla", 422, "body.invalid", {"seats": True}, fields="seats"),
        Bad("submit_proposal", "gareth", 422, "body.invalid", {"patch": ["title"]}, fields="patch"),
        Bad("submit_proposal", "gareth", 422, "body.invalid", {"offers_until": "soon"}, fields="offers_until"),
        Bad("submit_proposal", "gareth", 422, "body.invalid", {"rationale": None}, fields="rationale"),
        Bad("seal_plan", "orla", 422, "body.invalid", {"slots": HALF_A_SLOT}, fields="slots.1.title"),
        Bad("draft_round", "orla", 422, "body.invalid", {"closes_at": "2099-01-01T12:00:00"}, fields="closes_at"),
        Bad("draft_round", "orla", 422, "round.agenda", {"proposals": []}, fields="proposals"),
        Bad("draft_round", "orla", 422, "round.alternatives", {"proposals": [], "questions": [AB]}, fields="questions"),
        Bad("draft_round", "orla", 422, "round.alternatives", {"questions": [TWICE]}, fields="questions"),
        Bad("try_rule", "orla", 422, "body.invalid", {"votes": {"counts": {"C": {"for": -1}}}}),
        Bad("try_rule", "orla", 422, "simulation.group", {"votes": {"counts": {"Z": {"for": 1}}}}, fields="counts"),
        Bad("try_rule", "orla", 422, "simulation.no_votes", {"votes": {}}),
        Bad("try_rule", "orla", 404, "simulation.item", {"votes": {"item": FOREIGN}}),
        Bad("cast_ballot", "ify", 422, "body.invalid", {"key": "once"}, fields="key"),
        Bad("cast_ballots", "ify", 422, "body.invalid", {"ballots": TOO_MANY}, fields="ballots"),
        Bad("record_mandate", "orla", 422, "body.invalid", {"parts": ["everything"]}, fields="parts.0"),
        Bad("record_mandate", "orla", 422, "body.invalid", {"document_sha256": "abc"}, fields="document_sha256"),
        Bad("record_mandate", "orla", 422, "document.base64", {"document": {"name": "a.txt", "base64": "?"}}),
        Bad("record_mandate", "orla", 422, "document.kind", {"document": {"name": "a.pdf", "base64": "TVo="}}),
        Bad("assign_seat", "orla", 422, "body.invalid", {"member": FOREIGN, "name": "Both"}, fields="member"),
        Bad("assign_seat", "orla", 422, "person.email", {"email": "not an address", "name": None}, fields="email"),
    ),
    "forged cursors and windows": (
        Bad("list_proposals", "orla", 422, "cursor.malformed", query="?after=forged"),
        Bad("list_proposals", "orla", 422, "cursor.malformed", query="?after=WyJhIiwgImIiXQ=="),  # ["a", "b"]
        Bad("list_elements", "orla", 400, "body.broken", query="?after=WyJcdTAwMDAiLCAiYiJd"),  # ["\u0000", "b"]
        Bad("list_partnerships", "orla", 422, "cursor.malformed", query="?after=W1siYSJdLCAiYiJd"),  # [["a"], "b"]
        Bad("list_partnerships", "orla", 422, "body.invalid", query="?limit=101", fields="limit"),
        Bad("list_partnerships", "orla", 422, "body.invalid", query="?page=2", fields="page"),
        Bad("list_elements", "orla", 422, "body.invalid", query="?kind=dream", fields="kind"),
        Bad("list_entries", "orla", 422, "body.invalid", query="?from=-1", fields="from"),
        Bad("list_entries", "orla", 422, "body.invalid", query="?from=1.5", fields="from"),
        Bad("list_entries", "orla", 422, "body.invalid", query="?type=%00", fields="type"),
        Bad("read_changes", "orla", 422, "cursor.unknown", query="?from=999999"),
        Bad("read_changes", "orla", 422, "body.invalid", query="?from=nine", fields="from"),
        Bad("read_round_changes", "orla", 422, "cursor.unknown", query="?from=999999"),
        Bad("read_inclusion_proof", "orla", 422, "proof.size", query="?size=999999"),
        Bad("read_consistency_proof", "orla", 422, "proof.size", query="?from=9&to=3"),
    ),
}  # fmt: skip


@told_once
def world(lismorrow: Lismorrow) -> World:
    return world_of(lismorrow)


def _standing(world: World) -> list[str]:
    return [entry.type for entry in record.entries(world.lismorrow.log) if entry.type != "act.refused"]


def _asked(bad: Bad, world: World, cast: Mapping[str, Caller]) -> Said:
    path, body, query = requests(world)[bad.name]
    body = {key: value for key, value in {**body, **bad.change}.items() if value is not None or key == "rationale"}
    if body.get("member") == "Colm":
        body["member"] = world.member("Colm")
    return cast[bad.by](bad.name, body, query=bad.query or query, **{**path, **bad.path})


@pytest.mark.parametrize("case", BAD)
def test_a_bad_input_is_refused_and_changes_nothing(case: str, world: World, cast: Mapping[str, Caller]) -> None:
    requests(world)  # what the requests are about is made with them
    before = _standing(world)
    for bad in BAD[case]:
        said = _asked(bad, world, cast)
        assert (said.status, said.code) == (bad.status, bad.code), bad
        assert said.headers["Content-Type"] == "application/problem+json"
        assert said["detail"]
        assert not bad.fields or bad.fields in said["fields"], bad
        assert _standing(world) == before, bad


def test_after_closing_no_ballot_counts(world: World, cast: Mapping[str, Caller]) -> None:
    cast["orla"]("close_round", round=world.round.id)
    before = _standing(world)
    assert cast["ify"]("cast_ballot", world.ballot()).code == "round.not_open"
    assert cast["orla"]("close_round", round=world.round.id).code == "round.not_open"
    assert _standing(world) == before


def test_a_mandate_that_has_ended_opens_nothing(world: World, cast: Mapping[str, Caller]) -> None:
    Mandate.objects.update(valid_until="2020-12-31")
    path, body, _ = requests(world)["impose"]
    assert cast["gareth"]("impose", body, **path).code == "mandate.not_valid"


def test_things_of_another_framework_are_foreign(world: World, cast: Mapping[str, Caller]) -> None:
    partnership = world.lismorrow.partnership.id
    other = cast["orla"]("create_framework", partnership=partnership, title="Other", starts_on="2026-01-01").body["id"]
    about = {"title": "R", "rule": str(world.rule.id), "proposals": [str(world.proposal.id)]}
    assert cast["orla"]("draft_round", about, framework=other).code == "rule.unknown"
    rule = cast["orla"]("register_rule", framework=other, title="All", document=MAJORITY_OF_EVERY_GROUP).body["id"]
    assert cast["orla"]("draft_round", about | {"rule": rule}, framework=other).code == "proposal.unknown"
    _, body, _ = requests(world)["impose"]
    assert cast["gareth"]("impose", body, framework=other).code == "element.unknown"


def test_things_of_another_partnership_are_foreign(world: World, cast: Mapping[str, Caller]) -> None:
    stan = cast["stan"]
    mine = stan("found_partnership", name="Elsewhere").body["id"]
    seat = str(world.free.id)
    assert stan("assign_seat", partnership=mine, seat=seat, name="Brid").code == "seat.unknown"
    assert stan("give_role", partnership=mine, role="auditor", member=world.member("Ify")).code == "person.unknown"


def test_markup_stays_text(world: World, cast: Mapping[str, Caller]) -> None:
    words = "<script>alert(1)</script> & \"quotes\" {{ braces }} 'SELECT'"
    patch = LONELINESS | {"title": "<img src=x onerror=alert(1)>"}
    about = {"action": "add", "kind": "measure", "code": "M9", "patch": patch, "rationale": words}
    made = cast["gareth"]("submit_proposal", about, framework=world.lismorrow.framework.id)
    read = cast["nobody"]("read_proposal", proposal=made["id"])
    assert (read["version"]["rationale"], read["version"]["patch"]["title"]) == (words, patch["title"])


BODIES = (
    (b"{", 400, "body.broken"),
    (b"{'name': 1}", 400, "body.broken"),
    (b'{"name": NaN}', 400, "body.broken"),
    (b'{"name": "\xff"}', 400, "body.broken"),
    (b'{"name": "\\u0000"}', 400, "body.broken"),
    (b'{"name": "\\ud800"}', 400, "body.broken"),
    (b'{"\\ud800": "x"}', 400, "body.broken"),
    (b"[" * 100_000, 400, "body.broken"),
    (b'{"name": ' + b"[" * 500 + b"]" * 500 + b"}", 400, "body.broken"),
    (b'{"name": ' + b"9" * 5000 + b"}", 400, "body.broken"),
    (b"[]", 422, "body.invalid"),
    (b"null", 422, "body.invalid"),
    (b'"name"', 422, "body.invalid"),
    (b'{"name": "' + b"x" * 3_000_000 + b'"}', 413, "body.too_large"),
)


@pytest.mark.parametrize(("raw", "status", "code"), BODIES, ids=lambda value: str(value)[:20])
def test_a_broken_body_is_refused(raw: bytes, status: int, code: str, cast: Mapping[str, Caller]) -> None:
    said = cast["orla"].send("POST", "/api/partnerships/", raw)
    assert (said.status, said.code) == (status, code)


def test_a_body_without_a_length_is_bounded_too(cast: Mapping[str, Caller]) -> None:
    said = cast["orla"].send("POST", "/api/partnerships/", b'"' + b"x" * 3_000_000 + b'"', CONTENT_LENGTH="")
    assert said.status in {413, 422}


def _post_as(caller: Caller, media_type: str) -> Said:
    return caller.send("POST", "/api/partnerships/", b"name=x", content_type=media_type)


OTHERWISE: Mapping[str, tuple[Callable[[Caller], Said], int, str]] = {
    "plain text": (lambda c: _post_as(c, "text/plain"), 415, "body.media_type"),
    "a form": (lambda c: _post_as(c, "application/x-www-form-urlencoded"), 415, "body.media_type"),
    "another method": (lambda c: c.send("PATCH", "/api/me/", {}), 405, "method.not_allowed"),
    "options": (lambda c: c.send("OPTIONS", "/api/me/", {}), 405, "method.not_allowed"),
    "an unknown address": (lambda c: c.get("/api/nothing/"), 404, "path.unknown"),
    "no slash at the end": (lambda c: c.send("POST", "/api/partnerships", {}), 404, "path.unknown"),
    "not an id": (lambda c: c.get("/api/partnerships/1/"), 404, "path.unknown"),
    "another format": (lambda c: c.get("/api/me/?format=xml"), 404, "path.unknown"),
    "only pages wanted": (lambda c: c.send("GET", "/api/me/", HTTP_ACCEPT="text/html"), 406, "answer.media_type"),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERWISE)
def test_what_is_not_a_request_of_ours_gets_a_problem_too(case: str, cast: Mapping[str, Caller]) -> None:
    ask, status, code = OTHERWISE[case]
    said = ask(cast["orla"])
    assert (said.status, said.code, said.headers["Content-Type"]) == (status, code, "application/problem+json")


@pytest.mark.parametrize("token", ["wrong", "", "x" * 10_000, "\xe9", "a b"])
def test_a_wrong_token_is_refused_even_where_none_is_needed(token: str, db: None) -> None:
    said = Caller().send("GET", "/api/partnerships/", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert (said.status, said.code) == (401, "token.unknown")
    assert said.headers["WWW-Authenticate"] == "Bearer"


NONSENSE: tuple[Any, ...] = (None, [], {}, "", -1, 10**40, {"a": {"b": []}}, "\U0001f600" * 5000, [[]] * 50)


@pytest.mark.parametrize("family", FAMILIES)
def test_no_operation_falls_over_a_body_of_nonsense(family: str, world: World, cast: Mapping[str, Caller]) -> None:
    for name, (path, body, query) in requests(world).items():
        if FAMILY[name] != family:
            continue
        bodies = [{**body, key: nonsense} for key in body for nonsense in NONSENSE]
        for given in [*bodies, [body]]:
            with transaction.atomic():
                said = cast["orla"](name, given, query=query, **path)
                transaction.set_rollback(True)
            assert said.status < 500, (name, given, said)


def test_two_partnerships_do_not_see_each_others_records(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    other = cast["stan"]("found_partnership", name="Elsewhere").body
    items = cast["stan"]("list_entries", partnership=other["id"])["items"]
    assert {item["log"] for item in items} == {other["log"]}

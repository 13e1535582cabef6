"""The whole story over HTTP, by programs: from founding to the verdict."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from apps.accounts.models import Person
from apps.record.domain.entry import Entry
from apps.record.domain.proof import Proof
from apps.record.readers import advance_all
from apps.record.selectors import origin, verifier
from tests.api.caller import Caller
from tests.people import LONELINESS

pytestmark = pytest.mark.django_db
GROUPS = (("A", "agency", 2), ("F", "frontline", 3), ("U", "users", 2))
RULE = {
    "version": 1,
    "method": {"kind": "majority"},
    "groups": {"deciding": ["A", "F", "U"], "composition": {"kind": "all"}},
}


ADD = {"action": "add", "kind": "measure", "code": "M4", "patch": LONELINESS, "rationale": "So."}
HOMELESS = {"title": "Homelessness", "definition": "Households"}
MANDATE = {
    "code": "MD1",
    "authority": "The council",
    "basis_kind": "law",
    "basis": "Order 1",
    "parts": ["definition", "target", "formula"],
    "valid_from": "2020-01-01",
}


class Story:
    """A demonstration founded over the API; `seats` maps a seat's label to who sits there."""

    def __init__(self) -> None:
        self.orla = Caller(Person.objects.create_user(email="orla@example.org", name="Orla Devane"))
        self.partnership = self.orla("found_partnership", name="Lismorrow", summary="A place.", demo=True).body
        self.id = self.partnership["id"]
        self.seats = {label: caller for key, kind, size in GROUPS for label, caller in self.seat(key, kind, size)}
        self.framework = self.orla(
            "create_framework", partnership=self.id, title="Living well", starts_on="2026-01-01"
        ).body["id"]

    def seat(self, key: str, kind: str, size: int) -> Iterator[tuple[str, Caller]]:
        group = self.orla("add_group", partnership=self.id, key=key, name=f"Group {key}", kind=kind, seats=size).body
        for seat in group["seats"]:
            given = self.orla("assign_seat", partnership=self.id, seat=seat["id"], name=f"Person {seat['label']}").body
            made = self.orla("make_member_token", partnership=self.id, member=given["member"]["member"])
            yield seat["label"], Caller(token=made["token"])

    def settle(self) -> None:
        advance_all(UUID(self.partnership["log"]))

    def vote(self, round: dict[str, Any], choice: str, **but: str) -> None:
        for label, caller in self.seats.items():
            said = caller(
                "cast_ballot",
                round=round["id"],
                item=round["items"][0]["id"],
                choice=but.get(label, choice),
                key=str(uuid4()),
            )
            assert said.status == 201, said.body


@pytest.fixture
def story(db: None) -> Story:
    return Story()


def _tabled_and_amended(story: Story, **more: str) -> dict[str, Any]:
    """A proposal of frontline staff into which a change offered by the agency was taken."""
    a1, f1 = story.seats["A1"], story.seats["F1"]
    about = ADD | {"offers_until": "2099-01-01"} | more
    proposal = f1("submit_proposal", about, framework=story.framework).body
    assert (proposal["state"], proposal["sponsors"], proposal["version"]["rationale"]) == ("tabled", ["F"], "So.")
    offer = a1("offer_change", proposal=proposal["id"], patch={"unit": "per 100"}, reason="Plainer.").body
    said = f1("answer_offer", offer=offer["id"], answer="accepted", reason="So it is.").body
    assert (said["state"], said["answered_by"], said["taken_patch"]) == ("accepted", "F", {"unit": "per 100"})
    proposal = f1("read_proposal", proposal=proposal["id"]).body
    assert (proposal["number"], proposal["version"]["patch"]["unit"]) == (2, "per 100")
    return dict(proposal)


def _voted(story: Story, proposal: dict[str, Any]) -> str:
    """A private round on it, in which one member of frontline staff votes against."""
    orla = story.orla
    rule = orla("register_rule", framework=story.framework, title="Every group", document=RULE).body
    assert rule["choices"][:2] == ["for", "against"]
    about = {"title": "R1", "rule": rule["id"], "proposals": [proposal["id"]]}
    round = orla("draft_round", about, framework=story.framework).body
    assert round["items"][0]["version"] is None
    round = orla("open_round", round=round["id"]).body
    assert (round["state"], round["items"][0]["version"]["number"]) == ("open", 2)
    story.vote(round, "for", F3="against")
    tally = story.seats["A1"]("read_round", round=round["id"])["items"][0]["tally"]
    assert tally["result"] is None
    assert [(group["group"], group["voted"]) for group in tally["turnout"]] == [("A", 2), ("F", 3), ("U", 2)]
    assert orla("close_round", round=round["id"])["state"] == "closed"
    return str(round["id"])


def test_from_founding_to_the_verdict(story: Story) -> None:
    orla, nobody, framework = story.orla, Caller(), story.framework
    assert orla("seal_plan", framework=framework, slots=[{"key": "young", "title": "By young people"}]).status == 201
    proposal = _tabled_and_amended(story, slot="young")
    round = _voted(story, proposal)
    assert orla("read_record", partnership=story.id)["behind"] is True
    story.settle()
    assert orla("read_record", partnership=story.id)["behind"] is False

    after = nobody("read_round", round=round).body
    tally = after["items"][0]["tally"]
    assert (after["state"], tally["final"], tally["result"]["outcome"]) == ("tallied", True, "agreed")
    assert tally["result"]["groups"]["F"]["counts"]["against"] == 1
    (decision,) = nobody("list_decisions", framework=framework)["items"]
    assert (decision["adopted"], decision["outcome"], decision["element"]) == (True, "agreed", proposal["element"])
    element = nobody("read_element", element=proposal["element"]).body
    assert (element["code"], element["number"], element["fields"]["unit"]) == ("M4", 1, "per 100")
    assert element["field_states"]["unit"] == {"state": "agreed", "seq": decision["seq"]}
    (verdict,) = nobody("list_verdicts", framework=framework)["items"]
    assert (verdict["code"], verdict["label"][0], verdict["because"]) == ("M4", "negotiated", decision["seq"])
    assert verdict["headline"].startswith("Agreed by")
    assert orla("publish_edition", framework=framework)["number"] == 1
    assert orla("read_edition", framework=framework, number=1)["state"][0]["code"] == "M4"
    assert nobody("read_framework", framework=framework)["slots"][0]["filled_by"] == proposal["element"]


def test_the_verdict_comes_with_its_history_and_its_journey(story: Story) -> None:
    proposal = _tabled_and_amended(story)
    _voted(story, proposal)
    story.settle()
    (verdict,) = Caller()("list_verdicts", framework=story.framework)["items"]
    assert verdict["ni"] == f"{float(verdict['ni']):.4f}"
    history = Caller()("read_history", element=proposal["element"]).body
    assert [act["type"] for act in history["document"]["acts"]] == ["adopt"]
    assert history["verdicts"][0]["document"]["current"]["NI"] == verdict["ni"]
    (journey,) = Caller()("read_matrix", framework=story.framework)["items"]
    assert journey["points"][-1]["ni"] == verdict["ni"]


def test_a_list_of_ballots_gets_an_answer_each(story: Story) -> None:
    f1 = story.seats["F1"]
    proposal = f1(
        "submit_proposal",
        framework=story.framework,
        action="add",
        kind="measure",
        code="M4",
        patch=LONELINESS,
        rationale="So.",
    ).body
    rule = story.orla("register_rule", framework=story.framework, title="All", document=RULE).body
    round = story.orla(
        "draft_round", framework=story.framework, title="R", rule=rule["id"], proposals=[proposal["id"]]
    ).body
    story.orla("open_round", round=round["id"])
    good = {"item": round["items"][0]["id"], "choice": "for", "key": str(uuid4())}
    bad = [good | {"choice": "perhaps", "key": str(uuid4())}, good | {"item": str(uuid4()), "key": str(uuid4())}]
    said = f1("cast_ballots", round=round["id"], ballots=[good, *bad, good])
    assert said.status == 200
    first, unknown, elsewhere, again = said["answers"]
    assert [unknown["problem"]["code"], elsewhere["problem"]["code"]] == ["ballot.unknown_choice", "item.unknown"]
    assert first["problem"] is None
    assert first["receipt"]["seq"] == again["receipt"]["seq"]
    assert first["receipt"]["salt"]
    assert f1("list_own_ballots", round=round["id"])["items"][0]["choice"] == "for"
    assert story.seats["F2"]("list_own_ballots", round=round["id"])["items"] == []


def test_an_imposition_by_mandate_and_the_way_back(story: Story) -> None:
    orla, a1, f1, framework = story.orla, story.seats["A1"], story.seats["F1"], story.framework
    member = next(
        each["member"] for each in orla("list_members", partnership=story.id)["items"] if each["seat"] == "A1"
    )
    mandate = orla("record_mandate", MANDATE | {"member": member}, partnership=story.id).body
    assert mandate["holder"]["member"] == member
    proposal = f1("submit_proposal", ADD | {"patch": HOMELESS}, framework=framework).body
    about = {
        "mandate": mandate["id"],
        "proposal": proposal["id"],
        "reason_code": "deadlock",
        "reason": "Two rounds failed.",
    }
    imposed = a1("impose", about | {"patch": HOMELESS}, framework=framework)
    assert (imposed.status, imposed["kind"], imposed["mandate_code"]) == (201, "imposition", "MD1")
    assert imposed["reason"] == "Two rounds failed."
    story.settle()
    element = f1("read_element", element=proposal["element"]).body
    assert element["tracks"][0]["open_parts"] == ["definition"]
    assert element["verdict"]["label"][0] == "imposed"
    outside = f1("set_outside", element=element["id"], patch={"unit": "households"}, evidence="A letter.")
    assert (outside.status, outside["kind"]) == (201, "outside")


def test_the_record_can_be_checked_without_trusting_it(story: Story) -> None:
    nobody = Caller()
    page = nobody("list_entries", partnership=story.id, query="?limit=5").body
    assert [item["seq"] for item in page["items"]] == [0, 1, 2, 3, 4]
    assert page["next"] == 5
    entry = nobody("read_entry", partnership=story.id, seq=3).body
    shown = {key: value for key, value in entry["entry"].items() if value is not None}
    assert Entry(**shown).leaf_hash().hex() == entry["leaf_hash"]
    proof = nobody("read_inclusion_proof", partnership=story.id, seq=3).body
    checked = Proof.from_text(proof["file"]).verify(
        bytes.fromhex(entry["leaf_hash"]), origin(UUID(story.partnership["log"])), [verifier()]
    )
    assert checked.size == proof["size"] == page["size"]
    receipt = nobody("read_receipt", partnership=story.id, seq=3).body
    assert (receipt["seq"], receipt["leaf_hash"]) == (3, entry["leaf_hash"])


def test_texts_come_beside_the_entries_that_point_to_them(story: Story) -> None:
    words = "<script>alert('Ihr')</script> & so on"
    story.seats["F1"](
        "submit_proposal",
        framework=story.framework,
        action="add",
        kind="measure",
        code="M1",
        patch=LONELINESS,
        rationale=words,
    )
    page = Caller()("list_entries", partnership=story.id, query="?type=proposal.submitted").body
    (entry,) = page["items"]
    assert page["texts"][entry["data"]["rationale"]["text"]] == words
    assert json.loads(page["texts"][entry["data"]["wording"]["text"]]) == LONELINESS


def test_a_group_joins_by_a_link_without_accounts(story: Story) -> None:
    story.orla("add_group", partnership=story.id, key="C", name="Community", kind="community", seats=2)
    link = story.orla("invite_group", partnership=story.id, key="C", uses=1).body
    seen = Caller()("find_invitation", token=link["token"]).body
    assert (seen["group"], seen["uses_left"], seen["partnership_name"]) == ("C", 1, "Lismorrow")
    joined = Caller()("accept_invitation", token=link["token"], name="Samira").body
    samira = Caller(token=joined["token"])
    assert samira("me")["partnerships"] == [
        {"id": story.id, "name": "Lismorrow", "seat": "C1", "group": "C", "roles": []}
    ]
    assert Caller()("accept_invitation", token=link["token"], name="Pat").code == "invitation.used"

"""The rules of the game: set up by the convenor until a round decides on them; another scoring rule only by a round."""

from typing import Any

import pytest

from apps.frameworks.domain import catalogue
from apps.frameworks.domain.catalogue import SCORING_RULES
from apps.frameworks.models import Element
from apps.provenance import game, readers, selectors
from apps.provenance.domain.rule import DOCUMENT_1, RULE_1, RULES, read_rule
from apps.provenance.models import Verdict
from apps.record.selectors import entries
from tests.deliberation.test_impositions import decree, mandate
from tests.people import CONSENT, Lismorrow

pytestmark = pytest.mark.django_db
RULES_OF_OURS: dict[str, Any] = {"title": "How we do it", "definition": "Six groups decide, observers advise."}


def decided(lismorrow: Lismorrow, patch: dict[str, Any]) -> Element:
    """A round of consent on rules of the game."""
    lismorrow.decide(
        lismorrow.open(lismorrow.propose(kind="rules", code="R1", patch=patch), rule=CONSENT),
        **lismorrow.everybody("consent"),
    )
    return Element.objects.get(code="R1")


@pytest.fixture
def second_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second version of the scoring rule, in which consent is worth less."""
    document = {**DOCUMENT_1, "version": 2}
    document["values"] = {**DOCUMENT_1["values"], "anchored": {**DOCUMENT_1["values"]["anchored"], "consent": "0.90"}}
    both = {1: RULE_1, 2: read_rule(document)}
    for module in (readers, selectors, game):
        monkeypatch.setattr(module, "RULES", both)
    monkeypatch.setitem(catalogue.SCORING_RULES, "2", "version 2")


def test_the_versions_that_can_be_chosen_are_those_there_are() -> None:
    assert {int(version) for version in SCORING_RULES} == set(RULES)


def test_what_the_convenor_set_up_stands_as_imposed_and_planned(lismorrow: Lismorrow) -> None:
    found = game.game_of(lismorrow.framework)
    assert found.label == ("imposed", "planned")
    assert found.headline.startswith("Set by the convenor")
    by_key = {setting.key: setting for setting in found.settings}
    assert "Frontline staff" in by_key["groups"].stands
    assert not any(setting.by_round for setting in found.settings)
    assert by_key["scoring_rule"].stands == ["version 1"]


def test_what_a_round_decided_has_a_verdict_of_its_own(lismorrow: Lismorrow) -> None:
    element = decided(lismorrow, RULES_OF_OURS)
    found = game.game_of(lismorrow.framework)
    assert found.element == element
    assert found.label[0] == "negotiated"
    assert list(Verdict.objects.get(element=element.id).document["parts"]) == ["definition"]


def test_a_round_adopts_another_scoring_rule_and_old_verdicts_keep_theirs(
    second_version: None, lismorrow: Lismorrow
) -> None:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
    old = Verdict.objects.get(element=Element.objects.get(code="M4").id)
    decided(lismorrow, RULES_OF_OURS | {"scoring_rule": "2"})
    lismorrow.framework.refresh_from_db()
    assert lismorrow.framework.scoring_rule == 2
    (entry,) = entries(lismorrow.log, types=["scoring_rule.adopted"])
    assert (entry.data["rule"], entry.data["before"]) == (2, 1)
    lismorrow.decide(lismorrow.open(lismorrow.propose(code="M5"), rule=CONSENT), **lismorrow.everybody("consent"))
    new = Verdict.objects.get(element=Element.objects.get(code="M5").id)
    old.refresh_from_db()
    assert (old.rule, new.rule) == (1, 2)
    by_key = {setting.key: setting for setting in game.game_of(lismorrow.framework).settings}
    assert by_key["scoring_rule"].by_round


def test_nobody_alone_adopts_another_scoring_rule(second_version: None, lismorrow: Lismorrow) -> None:
    patch = RULES_OF_OURS | {"scoring_rule": "2"}
    proposal = lismorrow.propose(kind="rules", code="R1", patch=patch)
    decree(lismorrow, mandate(lismorrow), proposal=proposal, patch=patch)
    lismorrow.settle()
    lismorrow.framework.refresh_from_db()
    assert Element.objects.get(code="R1").fields["scoring_rule"] == "2"
    assert lismorrow.framework.scoring_rule == 1
    assert entries(lismorrow.log, types=["scoring_rule.adopted"]) == []

"""Rules as people choose them: read in numbers of people, tried on votes, registered with what they were tried on."""

import json
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Person
from apps.consensus.templates import ADVANCED, EVERYDAY, TEMPLATES, Template, template
from apps.deliberation.models import RegisteredRule
from apps.deliberation.services import declare_interest, draft_round
from apps.frameworks.services import create_framework
from apps.partnerships.services import add_group, found_partnership
from apps.record import selectors as record
from tests.deliberation.test_every_kind import document, question, two_texts
from tests.pages.conftest import Browser
from tests.pages.reading import forms_of, values_of, words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
SIX = (
    ("A", "Agency", "agency", 4),
    ("P", "Providers", "provider", 4),
    ("F", "Frontline staff", "frontline", 8),
    ("T", "Team managers", "managers", 4),
    ("C", "Community", "community", 7),
    ("U", "People who use services", "users", 7),
)
SHOW_OF_HANDS = {
    **{f"counts__{key}": f"{seats} x for" for key, _, _, seats in SIX if key in "APFT"},
    "counts__C": "2 x for, 5 x against",
    "counts__U": "2 for, 5 against",
}


@pytest.fixture
def orla() -> tuple[Client, str]:
    """The convenor of a partnership of six groups of the usual sizes, and where her framework's rules are."""
    person = Person.objects.create_user(email="orla@example.org", name="Orla Devane")
    convenor = found_partnership(by=person, name="Lismorrow")
    for key, name, kind, seats in SIX:
        add_group(by=convenor, key=key, name=name, kind=kind, seats=seats)
    framework = create_framework(by=convenor, title="Living well", starts_on=date(2023, 10, 1))
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client, str(framework.id)


def at(name: str, framework: object, *more: object) -> str:
    return reverse(name, args=[framework, *more])


def test_four_everyday_rules_come_first_and_the_rest_is_folded(lismorrow: Lismorrow, browser: Browser) -> None:
    text = words(browser("").get(at("rules", lismorrow.framework.id)))
    places = [text.index(one.name) for one in EVERYDAY]
    assert places == sorted(places)
    assert max(places) < text.index("Advanced: every other kind of rule") < text.index(ADVANCED[0].name)
    assert "Try a rule" not in text


@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.key)
def test_every_template_explains_itself_to_a_lay_reader(lismorrow: Lismorrow, browser: Browser, one: Template) -> None:
    text = words(browser("").get(at("rule_template", lismorrow.framework.id, one.key)))
    for said in (one.name, one.when, one.weakness, one.source, "In numbers of people", "Agency (2 seats):"):
        assert said in text


def test_in_small_groups_one_person_alone_is_said_to_be_enough(orla: tuple[Client, str]) -> None:
    client, framework = orla
    text = words(client.get(at("rule_template", framework, "rate_it")))
    assert "In Providers (4 seats) one low rating is enough for the group not to agree." in text
    assert "Providers (4 seats): if all 4 rate it, at least 3 must rate it 7-9 and nobody may rate it 1-3" in text
    assert "In Community" not in text
    consent = words(client.get(at("rule_template", framework, "everyone_can_live_with_it")))
    assert "In Providers (4 seats) one objection is enough" in consent


def test_an_unknown_template_is_not_there(lismorrow: Lismorrow, browser: Browser) -> None:
    assert browser("").get(at("rule_template", lismorrow.framework.id, "dice")).status_code == 404


def test_the_pooled_vote_passes_and_every_group_fails_and_the_page_says_over_whose_heads(
    orla: tuple[Client, str],
) -> None:
    client, framework = orla
    text = words(client.post(at("try_rule", framework), {"template": "two_thirds_of_all", **SHOW_OF_HANDS}))
    assert "Agreed All persons are counted together: 24 for, 10 against" in text
    assert "It would carry over the heads of Community and People who use services." in text
    assert "Voted through over the heads of Community and People who use services." in text
    every = text[text.index("The same asked of every group") :]
    assert "Not agreed Every deciding group must agree: 4 of 6 do, not Community, People who use services." in every
    assert "Nothing would be adopted" in every


def test_with_a_declared_interest_out_exactly_two_thirds_pass_at_least_and_fail_more_than(
    orla: tuple[Client, str],
) -> None:
    client, framework = orla
    sent = {"template": "two_thirds_of_all", "groups_out": ["P"], **SHOW_OF_HANDS}
    text = words(client.post(at("try_rule", framework), sent))
    assert "Left out: Providers; 5 of 6 groups decide." in text
    first, more = text.split("The same with more than two thirds")
    assert "Agreed All persons are counted together: 20 for, 10 against" in first
    assert "20 of 30 cast is at least two thirds" in first
    assert "Not agreed All persons are counted together: 20 for, 10 against" in more


def test_declared_interests_are_left_out_by_themselves_and_the_page_says_of_how_many_is_counted(
    lismorrow: Lismorrow, browser: Browser
) -> None:
    rule = lismorrow.rule(template("two_thirds_of_all").document(list("APFTCU")))
    round = draft_round(
        by=lismorrow.orla, framework=lismorrow.framework, title="R6", rule=rule, proposals=[lismorrow.propose()]
    )
    for member, reason in ((lismorrow.colm, "It stands in our contracts."), (lismorrow.pat, "My sister works there.")):
        declare_interest(by=member, round=round, item=round.items.get().id, reason=reason)
    shown = words(browser("ify").get(at("round", round.id)))
    assert "Try the rule without the seats that declared one" in shown
    page = f"{at('try_rule', lismorrow.framework.id)}?round={round.id}"
    given = values_of(browser("ify").get(page))
    assert given["further"] == str(rule.id)
    assert given["declared"] == ["P1", "C2"]
    sent = given | {"counts__A": "2 x for", "counts__F": "1 x for", "counts__C": "2 x against"}
    text = words(browser("ify").post(page, sent | {"declared": ["P1"]}))
    assert "Left out: Providers; 5 of 6 groups decide. 8 of 9 seats can vote. 2 of 5 groups agree, not 2 of 6." in text
    part = words(browser("ify").post(page, sent))
    assert "Single seats can be left out only where votes were open from the start." in part


def test_a_rule_is_registered_with_what_it_was_tried_on(orla: tuple[Client, str]) -> None:
    client, framework = orla
    page = client.post(at("try_rule", framework), {"template": "two_thirds_of_all", **SHOW_OF_HANDS})
    form = next(one for one in forms_of(page) if one["action"] == at("new_rule", framework))
    sent = form["values"] | {"title": "Two thirds of everybody", "keep": "on", "step": "register"}
    text = words(client.post(form["action"], sent, follow=True))
    assert "What it was tried on before" in text
    assert "It would carry over the heads of Community and People who use services." in text
    rule = RegisteredRule.objects.get()
    entry = record.entry(rule.framework.partnership.log_id, rule.seq)
    assert entry.by["person"]
    assert entry.data["simulation"]["counts"]["C"] == {"for": 2, "against": 5}
    assert entry.data["simulation"]["over_the_heads"] == ["C", "U"]


def test_what_it_was_tried_on_is_kept_only_if_wanted(orla: tuple[Client, str]) -> None:
    client, framework = orla
    page = client.post(at("try_rule", framework), {"template": "two_thirds_of_all", **SHOW_OF_HANDS})
    form = next(one for one in forms_of(page) if one["action"] == at("new_rule", framework))
    client.post(form["action"], form["values"] | {"title": "Two thirds", "keep": "", "step": "register"})
    rule = RegisteredRule.objects.get()
    assert "simulation" not in record.entry(rule.framework.partnership.log_id, rule.seq).data


def test_a_rule_is_tried_on_the_last_votes_and_their_numbers_can_be_changed(
    lismorrow: Lismorrow, browser: Browser
) -> None:
    round = lismorrow.open(lismorrow.propose())
    lismorrow.decide(round, **(lismorrow.everybody("for") | {"samira": "against", "pat": "against"}))
    item, client = str(round.items.get().id), browser("orla")
    page = at("try_rule", lismorrow.framework.id)
    text = words(client.post(page, {"template": "two_thirds_of_all", "item": item}))
    assert "7 for, 2 against" in text
    assert "over the heads of Community" in text
    given = values_of(client.get(f"{page}?item={item}&change=1&template=most_of_every_group"))
    assert given["counts__C"] == "2 x against"
    changed = words(client.post(page, given | {"counts__C": "2 x for"}))
    assert "Every deciding group must agree: 6 of 6 do." in changed


def test_single_seats_can_be_left_out_only_of_open_votes(lismorrow: Lismorrow, browser: Browser) -> None:
    for secrecy, said in (("blind", "only where votes were open from the start"), ("open", "8 for, 0 against")):
        round = lismorrow.open(lismorrow.propose(code=f"M{secrecy}"), secrecy=secrecy)
        lismorrow.decide(round, **(lismorrow.everybody("for") | {"pat": "against"}))
        label = lismorrow.pat.require_seat().label
        sent = {"template": "two_thirds_of_all", "item": str(round.items.get().id), "seats_out": label}
        assert said in words(browser("orla").post(at("try_rule", lismorrow.framework.id), sent))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose how it is decided."),
        ({"template": "rate_it"}, "Choose votes that have been counted"),
        ({"template": "rate_it", "counts__C": "many"}, "Community: 'many' is not a number of votes"),
        ({"template": "rate_it", "counts__C": "9 x 7"}, "Community has 2 seats, but you write 9 votes."),
        ({"template": "rate_it", "counts__C": "2 x for"}, "'for'"),
        ({"template": "rate_it", "counts__C": "1 x 7", "groups_out": list("APFTCU")}, "Nobody is left to decide."),
        ({"further": "dice", "counts__C": "1 x 7"}, "Select a valid choice"),
        ({"document": '{"version": 1, }', "counts__C": "1 x 7"}, "This is not JSON in line 1"),
        ({"document": json.dumps({"version": 1, "method": {"kind": "dice"}})}, "method.kind: must be one of"),
        ({"template": "rate_it", "counts__C": "1 x 7", "seats_out": "C1"}, "Single seats can be left out only"),
    ],
)
def test_what_cannot_be_tried_is_refused_and_stays_typed(
    sent: dict[str, Any], said: str, lismorrow: Lismorrow, browser: Browser
) -> None:
    answer = browser("orla").post(at("try_rule", lismorrow.framework.id), sent)
    assert answer.status_code == 422
    assert said in words(answer)
    if "counts__C" in sent:
        assert values_of(answer)["counts__C"] == sent["counts__C"]


def test_a_member_may_try_but_not_register_and_a_stranger_may_not_try(lismorrow: Lismorrow, browser: Browser) -> None:
    page, sent = at("try_rule", lismorrow.framework.id), {"template": "two_thirds_of_all", "counts__C": "2 x for"}
    member = browser("ify").post(page, sent)
    assert "What would come out" in words(member)
    assert "Register this rule" not in words(member)
    assert browser("stan").post(page, sent).status_code == 403
    assert browser("").get(page).status_code == 302


def test_votes_of_a_round_that_is_not_counted_cannot_be_tried(lismorrow: Lismorrow, browser: Browser) -> None:
    round = lismorrow.open(lismorrow.propose())
    lismorrow.vote(round, ify="for")
    sent = {"template": "two_thirds_of_all", "item": str(round.items.get().id)}
    answer = browser("orla").post(at("try_rule", lismorrow.framework.id), sent)
    assert answer.status_code == 422
    assert browser("orla").get(at("try_rule", lismorrow.framework.id) + f"?item={sent['item']}").status_code == 404


def test_rankings_can_be_tried_under_another_rule(lismorrow: Lismorrow, browser: Browser) -> None:
    round = question(lismorrow, document("irv", {"alternatives": ["A", "B", "keep"]}), two_texts(lismorrow))
    lismorrow.decide(round, **lismorrow.everybody("A>B"))
    rule = document("borda", {"alternatives": ["A", "B", "keep"]})
    sent = {"document": json.dumps(rule), "item": str(round.items.get().id)}
    assert "9 ballots choose A" in words(browser("orla").post(at("try_rule", lismorrow.framework.id), sent))

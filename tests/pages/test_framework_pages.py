"""The framework's page and the convenor's forms for it."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from apps.consensus.templates import EVERYDAY, TEMPLATES
from apps.deliberation.models import RegisteredRule, Round
from apps.frameworks.models import Edition, Framework
from tests.pages.conftest import Browser, Story
from tests.pages.reading import words
from tests.people import CONSENT, Lismorrow

pytestmark = pytest.mark.django_db


def address(lismorrow: Lismorrow, name: str = "framework", *more: object) -> str:
    return reverse(name, args=[lismorrow.framework.id, *more])


def test_the_tree_shows_where_each_measure_stands_and_why(story: Story, browser: Browser) -> None:
    text = words(browser("").get(address(story.lismorrow)))
    assert "M4 Loneliness Began at 20.2 % (2021/22), aim 15 % by 2027/28." in text
    assert "The target: set by the Health Trust" in text


def test_it_shows_what_is_open_now(story: Story, browser: Browser) -> None:
    text = words(browser("").get(address(story.lismorrow)))
    assert "Change M4 Loneliness" in text
    assert "One chosen by young people: still open" in text
    assert "Proposals, offers of change and objections are open." in text


def test_an_empty_framework_says_how_it_begins(lismorrow: Lismorrow, browser: Browser) -> None:
    assert "It begins with proposals." in words(browser("").get(address(lismorrow)))


def test_beginning_a_framework(lismorrow: Lismorrow, browser: Browser) -> None:
    page = reverse("new_framework", args=[lismorrow.partnership.id])
    answer = browser("orla").post(page, {"title": "Safe streets", "starts_on": "2026-04-01"}, follow=True)
    assert "Safe streets is begun." in words(answer)
    assert browser("orla").post(page, {"title": "Safe streets", "starts_on": "1/2"}).status_code == 422


def test_sealing_the_plan_once(lismorrow: Lismorrow, browser: Browser) -> None:
    client, page = browser("orla"), address(lismorrow, "seal")
    answer = client.post(page, {"slots": "One on care at home\nOne chosen by young people\n"}, follow=True)
    assert "no texts, 2 open places" in words(answer)
    again = client.post(page, {"slots": ""})
    assert again.status_code == 409
    assert "The founding plan is sealed already." in words(again)
    assert Edition.objects.count() == 1


def test_two_open_places_with_the_same_words_are_refused(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("orla").post(address(lismorrow, "seal"), {"slots": "Same\nSame"})
    assert answer.status_code == 422
    assert not Edition.objects.exists()


def test_editions_are_published_after_the_seal(lismorrow: Lismorrow, browser: Browser) -> None:
    client = browser("orla")
    early = client.post(address(lismorrow, "publish"))
    assert early.status_code == 409
    assert "Seal the founding plan first" in words(early)
    client.post(address(lismorrow, "seal"), {"slots": ""})
    assert "Edition 1 is published." in words(client.post(address(lismorrow, "publish"), follow=True))


def test_an_edition_that_was_never_published_is_unknown(lismorrow: Lismorrow, browser: Browser) -> None:
    assert browser("").get(address(lismorrow, "edition", 7)).status_code == 404


def test_gates_are_set_and_seen(lismorrow: Lismorrow, browser: Browser) -> None:
    browser("orla").post(address(lismorrow, "gates"), {"gates": ["object"]})
    assert "Objections are open." in words(browser("").get(address(lismorrow)))
    assert Framework.objects.get(id=lismorrow.framework.id).gates == ["object"]


def test_a_rule_is_read_in_people_before_it_is_registered(lismorrow: Lismorrow, browser: Browser) -> None:
    sent = {"title": "Most of every group", "template": "most_of_every_group", "step": "look"}
    answer = browser("orla").post(address(lismorrow, "new_rule"), sent)
    assert "It is agreed when all 6 groups agree." in words(answer)
    assert "Agency (2 seats): if all 2 vote, at least 2 must be for it" in words(answer)
    assert not RegisteredRule.objects.exists()


def picked(key: str) -> dict[str, str]:
    return {"template" if key in {one.key for one in EVERYDAY} else "further": key}


@pytest.mark.parametrize("template", [one.key for one in TEMPLATES])
def test_each_template_can_be_registered(template: str, lismorrow: Lismorrow, browser: Browser) -> None:
    sent = {"title": "The rule", **picked(template), "step": "register"}
    answer = browser("orla").post(address(lismorrow, "new_rule"), sent, follow=True)
    assert "“The rule” is registered." in words(answer)
    assert RegisteredRule.objects.get().hash in words(answer)


def test_a_rule_of_ones_own_comes_before_the_choice(lismorrow: Lismorrow, browser: Browser) -> None:
    sent = {"title": "Ours", "template": "two_thirds_of_all", "document": json.dumps(CONSENT), "step": "register"}
    browser("orla").post(address(lismorrow, "new_rule"), sent)
    assert RegisteredRule.objects.get().document == CONSENT


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"document": "{"}, "This is not JSON in line 1, column 2."),
        ({"document": "[]"}, "A rule is an object in braces"),
        ({"document": "{}"}, "missing; this key is required"),
        ({"document": '{"version": 1.5}'}, "numbers with a decimal point are refused"),
        ({"template": ""}, "Choose how it is decided."),
        (
            {"document": json.dumps(CONSENT | {"groups": {"deciding": ["Z"], "composition": {"kind": "all"}}})},
            "do not decide here: Z",
        ),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    sent: dict[str, str], said: str, lismorrow: Lismorrow, browser: Browser
) -> None:
    answer = browser("orla").post(address(lismorrow, "new_rule"), {"title": "Ours", "step": "register"} | sent)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not RegisteredRule.objects.exists()


def test_preparing_and_opening_a_round(lismorrow: Lismorrow, browser: Browser) -> None:
    rule, proposal = lismorrow.rule(), lismorrow.propose()
    client = browser("orla")
    sent = {"title": "Meeting", "rule": str(rule.id), "proposals": [str(proposal.id)], "secrecy": "blind"}
    answer = client.post(address(lismorrow, "new_round"), sent, follow=True)
    assert "Nothing is fixed before you open it." in words(answer)
    made = Round.objects.get()
    answer = client.post(reverse("open_round", args=[made.id]), follow=True)
    assert "The round is open." in words(answer)
    assert client.post(reverse("open_round", args=[made.id])).status_code == 409


def test_a_round_needs_a_rule_and_a_proposal(lismorrow: Lismorrow, browser: Browser) -> None:
    text = words(browser("orla").get(address(lismorrow, "new_round")))
    assert "Register a decision rule first." in text
    answer = browser("orla").post(address(lismorrow, "new_round"), {"title": "Meeting", "secrecy": "blind"})
    assert answer.status_code == 422
    assert not Round.objects.exists()


def test_a_round_that_would_close_in_the_past_does_not_open(lismorrow: Lismorrow, browser: Browser) -> None:
    sent = {
        "title": "Meeting",
        "rule": str(lismorrow.rule().id),
        "proposals": [str(lismorrow.propose().id)],
        "secrecy": "open",
        "closes_at": "2020-01-01T10:00",
    }
    client = browser("orla")
    client.post(address(lismorrow, "new_round"), sent)
    answer = client.post(reverse("open_round", args=[Round.objects.get().id]))
    assert answer.status_code == 409
    assert "set a later one" in words(answer)


@pytest.mark.parametrize("page", ["seal", "gates", "publish", "new_rule", "new_round"])
def test_members_do_not_convene(page: str, lismorrow: Lismorrow, browser: Browser) -> None:
    for name in ("ify", "tomasz", "stan"):
        assert browser(name).post(address(lismorrow, page), {}).status_code == 403
    assert Client().post(address(lismorrow, page), {}).status_code == 302


def test_the_picture_is_drawn_and_told_as_a_table(story: Story, browser: Browser) -> None:
    page = browser("").get(address(story.lismorrow, "matrix"))
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="matrix"' in page.content.decode()
    assert "M4 Loneliness" in words(page)
    assert "mixed, planned" in words(page)


def test_the_picture_of_nothing_says_so(lismorrow: Lismorrow, browser: Browser) -> None:
    assert "Nothing has been decided yet" in words(browser("").get(address(lismorrow, "matrix")))


def test_a_framework_begins_with_a_copy_of_another(story: Story, browser: Browser) -> None:
    orla, source = browser("orla"), story.lismorrow.framework
    sent = {"title": "Next", "starts_on": "2026-01-01", "source": str(source.id)}
    address = reverse("new_framework", args=[story.lismorrow.partnership.id])
    assert orla.post(address, sent).status_code == 422  # a copy needs a reason
    page = words(orla.post(address, sent | {"rationale": "It works."}, follow=True))
    assert "Everything copied is on the table." in page
    assert "Add M4 Loneliness" in page

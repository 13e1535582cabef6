"""The page of a measure, and suggesting changes to it."""

import pytest
from django.urls import reverse

from apps.deliberation.models import Decision
from apps.proposals.models import Proposal
from tests.pages.conftest import Browser, Story
from tests.pages.reading import seen_of, values_of, words
from tests.people import MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db


def address(story: Story, name: str = "element") -> str:
    return reverse(name, args=[story.element.id])


def test_the_headline_and_the_mark_say_where_it_stands(story: Story, browser: Browser) -> None:
    page = browser("").get(address(story))
    text = words(page)
    assert "Agreed by all 6 groups" in text
    assert "mixed, planned; was negotiated, planned" in text
    assert "position-bar" in page.content.decode()


def test_each_part_says_who_set_it(story: Story, browser: Browser) -> None:
    text = words(browser("").get(address(story)))
    assert "Where it starts and what is aimed for" in text
    assert "15 % by 2027/28 Set by the Health Trust under MD1" in text
    assert "People of 16 and over Agreed by all 6 groups" in text


def test_what_one_party_set_can_be_talked_about_again(story: Story, browser: Browser) -> None:
    text = words(browser("").get(address(story)))
    assert "The target: open for a talk since" in text
    assert "Review due on" in text


def test_its_story_is_told_newest_first_with_reasons(story: Story, browser: Browser) -> None:
    text = words(browser("").get(address(story)))
    story_told = text[text.index("How it came about") :]
    found = [
        story_told.index(part)
        for part in ("Nobody collects it.", "Schools ask from 12.", "It cannot wait.", "It matters.")
    ]
    assert found == sorted(found)


def test_how_the_place_is_worked_out_can_be_read(story: Story, browser: Browser) -> None:
    text = words(browser("").get(address(story)))
    assert "concurrent 0.8500 x 6 of 6 entitled groups" in text
    assert "decided alone, decree 0.0000" in text


def test_dissent_stands_with_the_measure(lismorrow: Lismorrow, browser: Browser) -> None:
    two_thirds = {
        "version": 1,
        "method": {"kind": "majority"},
        "groups": {"deciding": ["A", "P", "F", "T", "C", "U"], "composition": {"kind": "at_least", "n": 4}},
    }
    proposal = lismorrow.propose()
    round = lismorrow.open(proposal, rule=two_thirds)
    lismorrow.decide(round, **(lismorrow.everybody("for") | {"samira": "against", "pat": "against"}))
    text = words(browser("").get(reverse("element", args=[proposal.element])))
    assert "Who disagreed Community: 2 votes against" in text


def test_a_vote_over_the_heads_of_groups_is_not_called_agreed(lismorrow: Lismorrow, browser: Browser) -> None:
    pooled = MAJORITY_OF_EVERY_GROUP | {
        "groups": {"deciding": ["A", "P", "F", "T", "C", "U"], "composition": {"kind": "pooled"}}
    }
    proposal = lismorrow.propose()
    lismorrow.decide(lismorrow.open(proposal, rule=pooled), **(lismorrow.everybody("for") | {"colm": "against"}))
    text = words(browser("").get(reverse("element", args=[proposal.element])))
    assert "Voted through with 5 of 6 groups for it" in text
    assert "over the heads of Providers" in text


def test_suggesting_a_change_of_one_field(story: Story, browser: Browser) -> None:
    client = browser("ruth")
    page = client.get(address(story, "suggest") + "?part=population")
    sent = values_of(page) | {"population": "People of 12 and over", "rationale": "Schools ask from 12."}
    look = client.post(address(story, "suggest"), sent)
    assert "Others have said something near" in words(look)
    answer = client.post(address(story, "suggest"), seen_of(look), follow=True)
    assert "Your suggestion is on the table." in words(answer)
    made = Proposal.objects.order_by("-tabled_at")[0]
    assert made.versions.get().patch == {"population": "People of 12 and over"}
    assert made.sponsors == ["T"]


def test_suggesting_a_new_target_as_a_range(story: Story, browser: Browser) -> None:
    client = browser("ruth")
    sent = values_of(client.get(address(story, "suggest")))
    sent |= {"target__value": "", "target__low": "12", "target__high": "14", "rationale": "A range is fairer."}
    client.post(address(story, "suggest"), sent)
    made = Proposal.objects.order_by("-tabled_at")[0]
    assert made.versions.get().patch == {"target": {"low": "12", "high": "14", "by": "2027/28"}}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "This proposal changes nothing."),
        ({"target__value": "many"}, "is a number such as 12 or 12.5"),
        ({"title": ""}, "is needed"),
        ({"rationale": "", "population": "All"}, "Why – Fill this in."),
        ({"population": "x" * 3000}, "at most 2000"),
        ({"offers_until": "2020-01-01", "population": "All"}, "lies in the past"),
    ],
)
def test_a_suggestion_that_cannot_be_is_refused(
    changed: dict[str, str], said: str, story: Story, browser: Browser
) -> None:
    client, before = browser("ruth"), Proposal.objects.count()
    sent = values_of(client.get(address(story, "suggest"))) | {"rationale": "Because."} | changed
    answer = client.post(address(story, "suggest"), sent)
    assert answer.status_code == 422
    assert said.lower() in words(answer).lower()
    assert Proposal.objects.count() == before


def test_what_was_typed_survives_a_refusal(story: Story, browser: Browser) -> None:
    client = browser("ruth")
    sent = values_of(client.get(address(story, "suggest"))) | {"population": "All <b>people</b>", "rationale": ""}
    answer = client.post(address(story, "suggest"), sent)
    assert (
        values_of(answer)["population"] == "All &lt;b&gt;people&lt;/b&gt;"
        or "All &lt;b&gt;people" in answer.content.decode()
    )


def test_observers_and_strangers_do_not_suggest(story: Story, browser: Browser) -> None:
    for name in ("tomasz", "stan"):
        assert browser(name).get(address(story, "suggest")).status_code == 403
    assert browser("").get(address(story, "suggest")).status_code == 302
    assert "Suggest a change" not in words(browser("tomasz").get(address(story)))


def test_proposing_to_confirm_and_to_retire(story: Story, browser: Browser) -> None:
    for page, action in (("confirm_element", "confirm"), ("retire_element", "retire")):
        answer = browser("ruth").post(address(story, page), {"reason": "It has run its time."}, follow=True)
        assert "It is on the table." in words(answer)
        assert Proposal.objects.order_by("-tabled_at")[0].action == action


def test_recording_a_part_as_set_outside(story: Story, browser: Browser) -> None:
    client = browser("ruth")
    sent = values_of(client.get(address(story, "outside"))) | {"periods": "monthly", "evidence": "Circular 3 of 1 May."}
    answer = client.post(address(story, "outside"), sent, follow=True)
    assert "It is recorded as set outside." in words(answer)
    story.lismorrow.settle()
    assert "Circular 3 of 1 May." in words(client.get(address(story)))
    assert "In force without a decision here" in words(client.get(address(story)))


def test_nothing_set_outside_is_refused(story: Story, browser: Browser) -> None:
    client = browser("ruth")
    answer = client.post(
        address(story, "outside"), values_of(client.get(address(story, "outside"))) | {"evidence": "A letter."}
    )
    assert answer.status_code == 422
    assert not Decision.objects.filter(kind="outside").exists()


def test_a_retired_measure_stays_readable_and_takes_no_more(story: Story, browser: Browser) -> None:
    lismorrow = story.lismorrow
    gone = lismorrow.propose(action="retire", element=story.element.id, kind="", code="", patch={}, rationale="Done.")
    lismorrow.decide(lismorrow.open(gone), **lismorrow.everybody("for"))
    page = browser("ruth").get(address(story))
    assert "retired" in words(page)
    assert "Suggest a change" not in words(page)
    assert browser("ruth").post(address(story, "retire_element"), {"reason": "Again."}).status_code == 409


def test_markup_in_texts_is_shown_as_text(lismorrow: Lismorrow, browser: Browser) -> None:
    evil = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    patch = {"title": evil, "definition": evil, "population": evil}
    proposal = lismorrow.propose(code="M9", patch=patch, rationale=evil)
    lismorrow.decide(lismorrow.open(proposal), **lismorrow.everybody("for"))
    pages = [
        reverse("element", args=[proposal.element]),
        reverse("proposal", args=[proposal.id]),
        reverse("framework", args=[lismorrow.framework.id]),
        reverse("matrix", args=[lismorrow.framework.id]),
        reverse("record", args=[lismorrow.partnership.id]),
    ]
    for page in pages:
        text = browser("").get(page).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;" in text

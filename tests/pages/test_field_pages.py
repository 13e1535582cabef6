"""Fields with pages of their own; comments; counter-proposals; what is agreed and what is not, at a glance."""

import pytest
from django.urls import reverse

from apps.deliberation.services import set_outside
from apps.proposals.models import Comment, Proposal
from apps.proposals.services import add_comment, answer_offer, revise_proposal
from tests.pages.conftest import Browser, Story
from tests.pages.reading import seen_of, values_of, words

pytestmark = pytest.mark.django_db


def field(story: Story, key: str) -> str:
    return reverse("field", args=[story.element.id, key])


def test_a_field_says_what_stands_who_set_it_and_who_wants_it_otherwise(story: Story, browser: Browser) -> None:
    seen = words(browser("").get(field(story, "population")))
    assert "People of 16 and over" in seen
    assert "Agreed; Community and Frontline staff want it otherwise" in seen
    assert "Agreed by all 6 groups" in seen
    assert "People of removed: 16 added: 11 and over" in seen
    target = words(browser("").get(field(story, "target")))
    assert "Set by one party" in target
    assert "Set by the Health Trust under MD1" in target
    assert "16 % by 2027/28" in target
    assert "Nobody has said yet." in words(browser("").get(field(story, "owner")))


def test_an_unknown_field_is_not_found(story: Story, browser: Browser) -> None:
    assert browser("").get(field(story, "hue")).status_code == 404


def test_every_field_of_a_measure_can_be_opened_from_its_page(story: Story, browser: Browser) -> None:
    page = browser("").get(reverse("element", args=[story.element.id])).content.decode()
    for key in ("population", "target", "owner"):
        assert field(story, key) in page


def test_what_is_agreed_at_a_glance(story: Story, browser: Browser) -> None:
    page = browser("").get(reverse("fields", args=[story.lismorrow.framework.id]))
    seen = words(page)
    assert "M4 Loneliness" in seen
    assert "Set by one party: target" in seen
    assert "Wanted otherwise: who is counted" in seen


def test_a_member_asks_at_a_field_and_is_answered(story: Story, browser: Browser) -> None:
    page = reverse("comment_element", args=[story.element.id]) + "?field=target"
    client = browser("ify")
    form = values_of(client.get(page))
    assert form["field"] == "target"
    said = client.post(page, form | {"words": "Who pays for it?", "kind": "question"}, follow=True)
    assert "Frontline staff: target" in words(said)
    question = Comment.objects.get()
    reply = reverse("comment_element", args=[story.element.id]) + f"?answers={question.id}"
    answered = browser("moira").post(reply, {"words": "The trust."}, follow=True)
    assert "The trust." in words(answered)
    assert "Who pays for it?" in words(browser("").get(field(story, "target")))
    back = client.post(reverse("take_back_comment", args=[question.id]), follow=True)
    assert "Who pays for it?" not in words(back)


def test_a_comment_that_cannot_be_is_refused_and_kept(story: Story, browser: Browser) -> None:
    page = reverse("comment_proposal", args=[story.proposal.id])
    client = browser("ify")
    form = values_of(client.get(page)) | {"words": "See there.", "kind": "evidence"}
    refused = client.post(page, form)
    assert refused.status_code == 422
    assert "Is needed." in words(refused)
    assert "See there." in refused.content.decode()
    assert browser("stan").get(page).status_code == 403
    assert browser("").get(page).status_code == 302


def test_a_comment_is_marked_when_the_text_has_moved_on(story: Story, browser: Browser) -> None:
    lismorrow = story.lismorrow
    add_comment(by=lismorrow.ify, on=story.proposal, words="Why 11?", field="population")
    revise_proposal(
        by=lismorrow.samira,
        proposal=story.proposal,
        patch={"population": "People of 12 and over"},
        rationale="So.",
        on_number=1,
    )
    assert "About an earlier version (1)." in words(browser("").get(reverse("proposal", args=[story.proposal.id])))
    add_comment(by=lismorrow.ify, on=story.element, words="Why daily?", field="periods")
    set_outside(
        by=lismorrow.ify,
        framework=lismorrow.framework,
        element=story.element,
        patch={"periods": "monthly"},
        evidence="Letter",
    )
    lismorrow.settle()
    assert "About an earlier version" in words(browser("").get(reverse("element", args=[story.element.id])))


def test_a_counter_proposal_is_made_and_shown_beside(story: Story, browser: Browser) -> None:
    page = reverse("counter_proposal", args=[story.proposal.id])
    client = browser("ruth")
    form = values_of(client.get(page))
    assert form["population"] == "People of 11 and over"
    look = client.post(page, form | {"population": "Pupils of 11 to 18", "rationale": "Schools know them."})
    seen = words(client.post(page, seen_of(look), follow=True) if b'name="seen"' in look.content else look)
    made = Proposal.objects.order_by("-tabled_at")[0]
    assert made.sponsors == ["T"]
    shown = words(browser("").get(reverse("proposal", args=[made.id])))
    assert "An alternative to M4" in shown
    assert "Also on the table for the same text" in words(
        browser("").get(reverse("proposal", args=[story.proposal.id]))
    ), seen


def test_a_proposal_is_withdrawn_into_another(story: Story, browser: Browser) -> None:
    other = story.lismorrow.propose(
        by=story.lismorrow.ify, action="change", element=story.element.id, kind="", code="", patch={"periods": "daily"}
    )
    client, page = browser("ify"), reverse("withdraw", args=[other.id])
    client.post(page, {"reason": "It is in there.", "into": str(story.proposal.id)})
    assert "Taken in by M4" in words(client.get(reverse("proposal", args=[other.id])))


def test_a_proposal_is_split(story: Story, browser: Browser) -> None:
    whole = story.lismorrow.propose(
        by=story.lismorrow.ify,
        action="change",
        element=story.element.id,
        kind="",
        code="",
        patch={"periods": "daily", "unit": "people"},
    )
    client, page = browser("ify"), reverse("split", args=[whole.id])
    form = values_of(client.get(page))
    refused = client.post(page, form | {"in_unit": "1", "in_periods": "1", "reason": "So."})
    assert refused.status_code == 422
    done = words(client.post(page, form | {"in_unit": "1", "in_periods": "2", "reason": "So."}, follow=True))
    assert "It is 2 proposals now" in done
    assert done.count("A part of it became M4") == 2


def test_ranges_that_groups_could_live_with_are_shown_with_where_they_meet(story: Story, browser: Browser) -> None:
    page = reverse("say_range", args=[story.element.id, "target"])
    for name, low, high in (("ify", "12", "15"), ("moira", "14", "18")):
        sent = {"low": low, "high": high, "reason": "That can be done."}
        seen = words(browser(name).post(page, sent, follow=True))
    assert "All 2 groups that said it could live with 14 to 15 %." in seen
    assert "Frontline staff 12 to 15 %" in seen
    assert browser("ify").post(page, {"low": "x", "reason": "So."}).status_code == 422


def test_who_moved_toward_whom(story: Story, browser: Browser) -> None:
    story.lismorrow.settle()
    answer_offer(by=story.lismorrow.samira, offer=story.offer, answer="accepted", reason="Yes.")
    seen = words(browser("").get(reverse("concessions", args=[story.lismorrow.framework.id])))
    assert "Community moved all the way toward Frontline staff on M4, who is counted" in seen
    assert "Community moved all the way" in words(browser("").get(field(story, "population")))

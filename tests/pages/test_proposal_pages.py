"""Proposals: tabling, offering and answering changes, objecting, withdrawing; every form by hand."""

import pytest
from django.urls import reverse

from apps.proposals.models import Objection, Offer, Proposal
from apps.proposals.services import answer_offer
from tests.pages.conftest import Browser, Story
from tests.pages.reading import seen_of, values_of, words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def address(story: Story, name: str = "proposal") -> str:
    return reverse(name, args=[story.proposal.id])


def adding(lismorrow: Lismorrow, kind: str = "measure") -> str:
    return reverse("propose_kind", args=[lismorrow.framework.id, kind])


MEASURE = {
    "code": "M11",
    "rationale": "We see it every day.",
    "title": "Waiting for a first visit",
    "definition": "People who waited more than 18 weeks",
    "unit": "%",
    "polarity": "down",
    "baseline__value": "12.50",
    "baseline__period": "2025",
    "target__value": "8",
    "target__by": "2028",
    "collectors": ["F"],
    "disaggregations": "carers\narea",
}


def test_adding_a_measure_by_its_fields(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("ify").post(adding(lismorrow), MEASURE, follow=True)
    assert "It is on the table." in words(answer)
    made = Proposal.objects.get()
    patch = made.versions.get().patch
    assert made.sponsors == ["F"]
    assert patch["baseline"] == {"value": "12.5", "period": "2025"}
    assert patch["disaggregations"] == ["area", "carers"]
    assert patch["collectors"] == ["F"]
    assert "12.5 % (2025)" in words(answer)
    assert "Who collects it Frontline staff" in words(answer)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "is needed"),
        ({"code": ""}, "Short sign – Fill this in."),
        ({"rationale": ""}, "Why – Fill this in."),
        ({"baseline__value": "12,5"}, "without commas or a unit"),
        ({"target__value": "", "target__low": "9", "target__high": "4"}, "lower end above its upper end"),
        ({"polarity": "sideways"}, "Select a valid choice"),
        ({"polarity": "range"}, "is needed where better is nearer to a middle value"),
        ({"collectors": ["ZZ"]}, "Select a valid choice"),
        ({"offers_until": "2020-01-01"}, "The last day for offers lies in the past."),
        ({"title": "x" * 400}, "at most 300"),
    ],
)
def test_a_measure_that_cannot_be_is_refused_in_words(
    wrong: dict[str, object], said: str, lismorrow: Lismorrow, browser: Browser
) -> None:
    answer = browser("ify").post(adding(lismorrow), MEASURE | wrong)
    assert answer.status_code == 422
    assert said.lower() in words(answer).lower()
    assert not Proposal.objects.exists()


def test_the_part_with_the_fault_stands_open(lismorrow: Lismorrow, browser: Browser) -> None:
    page = browser("ify").post(adding(lismorrow), MEASURE | {"periods": "x" * 999}).content.decode()
    part = page[: page.index("<summary>How often")]
    assert part.rstrip().endswith('<details class="fold" open>')


def test_a_sign_that_is_taken_is_refused(story: Story, browser: Browser) -> None:
    answer = browser("ify").post(adding(story.lismorrow), MEASURE | {"code": "M4"})
    assert answer.status_code == 409
    assert "There is already an element 'M4'." in words(answer)


def test_every_kind_of_text_can_be_proposed(lismorrow: Lismorrow, browser: Browser) -> None:
    client = browser("ify")
    assert "Desired outcome" in words(client.get(reverse("propose", args=[lismorrow.framework.id])))
    for number, kind in enumerate(("mission", "value", "outcome", "instrument", "rules")):
        sent = {"code": f"X{number}", "title": "Something that matters", "rationale": "Because."}
        assert client.post(adding(lismorrow, kind), sent).status_code == 302
    assert client.get(adding(lismorrow, "dream")).status_code == 404


def test_two_groups_table_it_together(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("ify").post(adding(lismorrow), MEASURE | {"sponsors": ["U"]}, follow=True)
    assert "Proposed by Frontline staff and People who use services" in words(answer)


def test_the_page_shows_the_change_word_by_word(story: Story, browser: Browser) -> None:
    page = browser("").get(address(story))
    assert "<ins>" in page.content.decode()
    assert "They are on their own after school." in words(page)
    assert "Offered by Frontline staff" in words(page)
    assert "Nobody collects it." in words(page)


def test_each_is_offered_what_they_may_do(story: Story, browser: Browser) -> None:
    seen = {name: words(browser(name).get(address(story))) for name in ("samira", "ify", "tomasz", "")}
    assert "Make the next version" in seen["samira"]
    assert "Answer it" in seen["samira"]
    assert "Offer a change" in seen["ify"]
    assert "Make the next version" not in seen["ify"]
    for name in ("tomasz", ""):
        assert "Members can offer changes, object and vote." in seen[name]


def test_offering_a_change(story: Story, browser: Browser) -> None:
    client = browser("ruth")
    sent = values_of(client.get(address(story, "offer"))) | {
        "population": "People of 13 and over",
        "reason": "Managers ask so.",
    }
    look = client.post(address(story, "offer"), sent)
    answer = client.post(address(story, "offer"), seen_of(look), follow=True)
    assert "Your change is offered." in words(answer)
    assert Offer.objects.order_by("-offered_at")[0].patch == {"population": "People of 13 and over"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [({}, "This offer changes nothing."), ({"population": "All", "reason": ""}, "Why – Fill this in.")],
)
def test_an_offer_that_cannot_be_is_refused(changed: dict[str, str], said: str, story: Story, browser: Browser) -> None:
    client = browser("ruth")
    sent = values_of(client.get(address(story, "offer"))) | {"reason": "So."} | changed
    answer = client.post(address(story, "offer"), sent)
    assert answer.status_code == 422
    assert said in words(answer)
    assert Offer.objects.count() == 1


def test_ones_own_proposal_is_revised_not_amended(story: Story, browser: Browser) -> None:
    answer = browser("pat").get(address(story, "offer"))
    assert answer.status_code == 409
    assert "revise it instead" in words(answer)


@pytest.mark.parametrize("answer", ["accepted", "declined"])
def test_answering_an_offer(answer: str, story: Story, browser: Browser) -> None:
    client, page = browser("samira"), reverse("answer", args=[story.offer.id])
    assert "Schools ask from 12." in words(client.get(page))
    sent = values_of(client.get(page)) | {"answer": answer, "reason": "We talked about it."}
    seen = words(client.post(page, sent, follow=True))
    assert "Your answer is recorded" in seen
    assert "We talked about it." in seen
    story.offer.refresh_from_db()
    assert story.offer.state == answer


def test_taking_an_offer_in_another_form(story: Story, browser: Browser) -> None:
    client, page = browser("samira"), reverse("answer", args=[story.offer.id])
    sent = values_of(client.get(page)) | {
        "answer": "modified",
        "population": "People of 11 to 99",
        "reason": "Half of it.",
    }
    seen = words(client.post(page, sent, follow=True))
    assert "Taken in another form" in seen
    assert "What was taken:" in seen
    story.proposal.refresh_from_db()
    assert story.proposal.number == 2


@pytest.mark.parametrize(
    ("sent", "said"), [({"reason": "So."}, "Choose one."), ({"answer": "declined"}, "Why – Fill this in.")]
)
def test_an_answer_needs_a_choice_and_a_reason(sent: dict[str, str], said: str, story: Story, browser: Browser) -> None:
    answer = browser("samira").post(reverse("answer", args=[story.offer.id]), sent)
    assert answer.status_code == 422
    assert said in words(answer)


def test_others_do_not_answer(story: Story, browser: Browser) -> None:
    answer = browser("colm").post(reverse("answer", args=[story.offer.id]), {"answer": "declined", "reason": "No."})
    assert answer.status_code == 403


def test_a_declined_offer_can_be_put_to_the_vote(story: Story, browser: Browser) -> None:
    page = reverse("put_to_vote", args=[story.offer.id])
    assert browser("colm").post(page, {"reason": "Let all say."}).status_code == 409
    answer_offer(by=story.lismorrow.samira, offer=story.offer, answer="declined", reason="No.")
    assert "Put it to the vote" in words(browser("colm").get(address(story)))
    answer = browser("colm").post(page, {"reason": "Let all say."}, follow=True)
    assert "It is on the table as a proposal of its own" in words(answer)


def test_making_the_next_version(story: Story, browser: Browser) -> None:
    client, page = browser("samira"), address(story, "revise")
    sent = values_of(client.get(page)) | {
        "population": "People of 12 and over",
        "rationale": "Frontline staff convinced us.",
    }
    assert "Version 2 stands now." in words(client.post(page, sent, follow=True))
    stale = client.post(page, sent)
    assert stale.status_code == 409
    assert "look at it and revise that one" in words(stale)


def test_withdrawing_with_a_reason(story: Story, browser: Browser) -> None:
    page = address(story, "withdraw")
    assert browser("ify").post(page, {"reason": "No."}).status_code == 403
    assert browser("samira").post(page, {"reason": ""}).status_code == 422
    answer = browser("samira").post(page, {"reason": "It is in another one."}, follow=True)
    assert "Withdrawn" in words(answer)


def test_objecting_and_taking_it_back(story: Story, browser: Browser) -> None:
    client = browser("ruth")
    answer = client.post(address(story, "object"), {"reason": "It costs an hour each."}, follow=True)
    assert "It costs an hour each." in words(answer)
    mine = Objection.objects.order_by("-made_at")[0]
    back = reverse("withdraw_objection", args=[story.proposal.id, mine.id])
    assert browser("ify").post(back).status_code == 403
    assert "Your objection is taken back." in words(client.post(back, follow=True))
    assert "It costs an hour each." not in words(client.get(address(story)))


def test_shut_gates_are_said_in_words(story: Story, browser: Browser) -> None:
    browser("orla").post(reverse("gates", args=[story.lismorrow.framework.id]), {"gates": []})
    answer = browser("ruth").post(address(story, "object"), {"reason": "It costs."})
    assert answer.status_code == 409
    assert "Objections are not open in this framework at present." in words(answer)


def test_a_foreign_objection_is_unknown(story: Story, browser: Browser) -> None:
    other = story.lismorrow.propose(code="M9")
    objection = Objection.objects.get()
    assert browser("colm").post(reverse("withdraw_objection", args=[other.id, objection.id])).status_code == 404

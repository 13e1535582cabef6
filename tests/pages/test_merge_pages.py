"""The merge table, and the look at what others have said before something is sent."""

import pytest
from django.urls import reverse

from apps.proposals.models import Offer, Proposal
from apps.proposals.services import answer_offer, offer_change
from tests.pages.conftest import Browser, Story
from tests.pages.reading import seen_of, values_of, words

pytestmark = pytest.mark.django_db


def merge(story: Story) -> str:
    return reverse("merge", args=[story.proposal.id])


@pytest.fixture
def other(story: Story) -> Offer:
    """Ruth wants something else in the same field, and something more."""
    patch = {"population": "Everybody", "periods": "monthly"}
    return offer_change(by=story.lismorrow.ruth, proposal=story.proposal, patch=patch, reason="All count.")


def test_everybody_reads_what_stands_and_what_others_want(story: Story, other: Offer, browser: Browser) -> None:
    seen = words(browser("").get(merge(story)))
    assert "Who is counted People of 11 and over" in seen
    assert "Not everybody wants the same here." in seen
    assert "Frontline staff" in seen
    assert "Team managers" in seen
    assert "All count." in seen
    assert "Your answers" not in seen


def test_a_drafter_decides_on_all_of_them_in_one_form(story: Story, other: Offer, browser: Browser) -> None:
    client = browser("samira")
    sent = values_of(client.get(merge(story))) | {
        f"{story.offer.id}-answer": "declined",
        f"{story.offer.id}-reason": "11 it is.",
        f"{other.id}-answer": "modified",
        f"{other.id}-population": "People of 11 and over, everywhere",
        f"{other.id}-reason": "Both halves.",
    }
    seen = words(client.post(merge(story), sent, follow=True))
    assert "You have answered 2 offers" in seen
    version = story.proposal.versions.get(number=2)
    assert version.patch == {"population": "People of 11 and over, everywhere", "periods": "monthly"}
    assert version.rationale is not None
    assert version.rationale.body == "Both halves."
    assert "As Team managers offered." not in words(client.get(merge(story)))


def test_what_is_left_for_later_goes_on_waiting(story: Story, other: Offer, browser: Browser) -> None:
    client = browser("samira")
    sent = values_of(client.get(merge(story)))
    nothing = client.post(merge(story), sent)
    assert nothing.status_code == 422
    assert "You have not answered any offer yet." in words(nothing)
    sent |= {f"{other.id}-answer": "accepted", f"{other.id}-reason": "Yes."}
    client.post(merge(story), sent)
    assert Offer.objects.get(id=story.offer.id).state == "offered"
    seen = words(client.get(merge(story)))
    assert "As Team managers offered." in seen
    assert "It can be taken in another form only." in seen


def test_two_wishes_for_one_field_are_refused_and_what_was_typed_stays(
    story: Story, other: Offer, browser: Browser
) -> None:
    client = browser("samira")
    both = {f"{offer.id}-{key}": value for offer in (story.offer, other) for key, value in YES.items()}
    answer = client.post(merge(story), values_of(client.get(merge(story))) | both)
    assert answer.status_code == 409
    assert "do not go together" in words(answer)
    assert answer.content.decode().count("I say yes.") == 2
    assert Proposal.objects.get(id=story.proposal.id).number == 1


YES = {"answer": "accepted", "reason": "I say yes."}


def test_a_colleague_was_faster_and_nobodys_words_are_lost(story: Story, other: Offer, browser: Browser) -> None:
    client = browser("samira")
    sent = values_of(client.get(merge(story))) | {
        f"{story.offer.id}-answer": "declined",
        f"{story.offer.id}-reason": "My long reason.",
        f"{other.id}-answer": "declined",
        f"{other.id}-reason": "Another reason.",
    }
    answer_offer(by=story.lismorrow.pat, offer=story.offer, answer="accepted", reason="Yes.")
    answer = client.post(merge(story), sent)
    seen = words(answer)
    assert answer.status_code == 409
    assert "Version 2 has come in the meantime" in seen
    assert "a colleague has answered this offer meanwhile (taken). You had written: “My long reason.”" in seen
    again = values_of(answer)
    assert (again["on_number"], again[f"{other.id}-reason"]) == ("2", "Another reason.")
    assert "You have answered 1 offer," in words(client.post(merge(story), again, follow=True))


def test_others_do_not_decide_in_it(story: Story, browser: Browser) -> None:
    sent = {"on_number": "1", f"{story.offer.id}-answer": "declined", f"{story.offer.id}-reason": "No."}
    assert browser("ify").post(merge(story), sent).status_code == 403
    assert browser("").post(merge(story), sent).status_code == 302
    assert Offer.objects.get().state == "offered"


def test_an_answer_to_an_old_version_is_refused_on_the_page_of_one_offer(
    story: Story, other: Offer, browser: Browser
) -> None:
    client, page = browser("samira"), reverse("answer", args=[other.id])
    shown = client.get(page)
    assert "Offered by Frontline staff" in words(shown)
    sent = values_of(shown) | {"answer": "declined", "reason": "No."}
    answer_offer(by=story.lismorrow.pat, offer=story.offer, answer="accepted", reason="Yes.")
    stale = client.post(page, sent)
    assert stale.status_code == 409
    assert "has come in the meantime" in words(stale)
    assert client.post(page, values_of(stale)).status_code == 302


def test_the_page_of_the_proposal_says_where_offers_meet(story: Story, other: Offer, browser: Browser) -> None:
    seen = words(browser("").get(reverse("proposal", args=[story.proposal.id])))
    assert "Team managers want something else: who is counted." in seen


def test_before_an_offer_is_sent_others_on_the_same_field_are_shown(story: Story, browser: Browser) -> None:
    client, page = browser("ruth"), reverse("offer", args=[story.proposal.id])
    sent = values_of(client.get(page)) | {"population": "People of 12 and over", "reason": "Schools."}
    look = client.post(page, sent)
    assert look.status_code == 200
    assert "Offered by Frontline staff" in words(look)
    assert "Wants the same: who is counted." in words(look)
    assert Offer.objects.count() == 1
    typed = seen_of(look)
    back = client.post(page, typed | {"back": "1"})
    assert values_of(back)["population"] == "People of 12 and over"
    assert Offer.objects.count() == 1
    assert "Your change is offered." in words(client.post(page, typed, follow=True))
    assert Offer.objects.count() == 2


def test_what_came_while_one_was_looking_is_shown_too(story: Story, browser: Browser) -> None:
    client, page = browser("ruth"), reverse("offer", args=[story.proposal.id])
    sent = values_of(client.get(page)) | {"population": "Everybody", "reason": "All."}
    typed = seen_of(client.post(page, sent))
    offer_change(by=story.lismorrow.jamie, proposal=story.proposal, patch={"population": "Everybody"}, reason="Me too.")
    again = client.post(page, typed)
    assert "Offered by People who use services" in words(again)
    assert Offer.objects.count() == 2


def test_before_a_suggestion_is_tabled_the_other_one_is_shown(story: Story, browser: Browser) -> None:
    client, page = browser("ify"), reverse("suggest", args=[story.element.id])
    sent = values_of(client.get(page)) | {"population": "All", "rationale": "Nobody is left out."}
    look = words(client.post(page, sent))
    assert "Proposed by Community" in look
    assert "Wants something else: who is counted." in look


def test_before_a_new_measure_is_tabled_one_of_much_the_same_title_is_shown(story: Story, browser: Browser) -> None:
    page = reverse("propose_kind", args=[story.lismorrow.framework.id, "measure"])
    sent = {"code": "M77", "title": "Loneliness", "definition": "Lonely people", "rationale": "It matters."}
    look = browser("ify").post(page, sent)
    assert "It stands already." in words(look)
    assert not Proposal.objects.filter(code="M77").exists()


def test_a_wrong_value_is_said_before_anybody_looks(story: Story, browser: Browser) -> None:
    client, page = browser("ruth"), reverse("offer", args=[story.proposal.id])
    sent = values_of(client.get(page)) | {"target__value": "much", "reason": "So."}
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert "is a number such as" in words(answer).lower()

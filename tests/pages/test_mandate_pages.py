"""Deciding under a mandate: look first, then confirm; beyond its reach it is refused and recorded."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.common import clock
from apps.deliberation.models import Decision
from apps.frameworks.models import Element
from apps.partnerships.models import Mandate
from apps.record.selectors import entries, size
from tests.pages.conftest import Browser, Story, when_overdue
from tests.pages.reading import forms_of, values_of, words

pytestmark = pytest.mark.django_db
WHY = {"reason_code": "law", "reason": "The return is due."}


def address(story: Story) -> str:
    return reverse("decide_element", args=[story.element.id])


def refusals(story: Story) -> int:
    return len(entries(story.lismorrow.log, types=["act.refused"]))


def test_only_the_fields_within_reach_are_offered(story: Story, browser: Browser) -> None:
    page = browser("moira").get(address(story))
    text = words(page)
    assert "Mandate MD1 does not reach what is counted" in text
    assert "target__value" in values_of(page)
    assert "definition" not in values_of(page)


def test_it_is_looked_at_before_it_is_done(story: Story, browser: Browser) -> None:
    client = browser("moira")
    before = size(story.lismorrow.log)
    sent = values_of(client.get(address(story))) | WHY | {"target__value": "14", "step": "look"}
    page = client.post(address(story), sent)
    text = words(page)
    assert page.status_code == 200
    assert "Nothing has been set yet." in text
    assert "set by the Health Trust" in text
    assert "14" in text
    assert size(story.lismorrow.log) == before
    assert Decision.objects.filter(kind="imposition").count() == 1


def test_what_was_looked_at_can_be_confirmed(story: Story, browser: Browser) -> None:
    client = browser("moira")
    sent = values_of(client.get(address(story))) | WHY | {"target__value": "14", "step": "look"}
    looked = client.post(address(story), sent)
    confirm = next(form["values"] for form in forms_of(looked) if "reason_code" in form["values"])
    answer = client.post(address(story), confirm | {"step": "do"}, follow=True)
    assert "It is set, and everybody can see by whom and why." in words(answer)
    story.lismorrow.settle()
    assert Element.objects.get(id=story.element.id).fields["target"]["value"] == "14"


@pytest.mark.parametrize("step", ["look", "do"])
def test_beyond_its_reach_it_is_refused_and_the_attempt_recorded(step: str, story: Story, browser: Browser) -> None:
    client = browser("moira")
    sent = values_of(client.get(address(story))) | WHY | {"definition": "Something else", "step": step}
    answer = client.post(address(story), sent)
    assert answer.status_code == 403
    assert "Mandate MD1 does not reach what is counted." in words(answer)
    assert refusals(story) == 1
    assert Decision.objects.filter(kind="imposition").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason_code": ""}, "Why now – Choose one."),
        ({"reason": " "}, "In your own words – Fill this in."),
        ({"target__value": "15"}, "Say which fields are set."),
        ({"target__value": "many"}, "is a number such as 12 or 12.5"),
    ],
)
def test_without_reason_or_change_it_is_refused(
    wrong: dict[str, str], said: str, story: Story, browser: Browser
) -> None:
    client = browser("moira")
    sent = values_of(client.get(address(story))) | WHY | {"target__value": "14", "step": "look"} | wrong
    answer = client.post(address(story), sent)
    assert answer.status_code == 422
    assert said.lower() in words(answer).lower()


@pytest.mark.parametrize("missing", [{"reason": " "}, {"reason_code": ""}])
def test_deciding_without_a_reason_is_an_attempt(missing: dict[str, str], story: Story, browser: Browser) -> None:
    sent = {"mandate": str(story.mandate.id), "target__value": "14", "step": "do"} | WHY | missing
    answer = browser("moira").post(address(story), sent)
    assert answer.status_code == 422
    assert refusals(story) == 1
    assert Decision.objects.filter(kind="imposition").count() == 1


def test_a_mandate_that_has_ended_sets_nothing(story: Story, browser: Browser) -> None:
    yesterday = clock.now().date() - timedelta(days=1)
    Mandate.objects.update(valid_from=yesterday - timedelta(days=9), valid_until=yesterday)
    client = browser("moira")
    sent = {"mandate": str(story.mandate.id), "target__value": "14", "step": "do"} | WHY
    answer = client.post(address(story), sent)
    assert answer.status_code == 403
    assert "is not valid on" in words(answer)
    assert "Decide under this mandate" not in words(client.get(reverse("element", args=[story.element.id])))


@pytest.mark.parametrize("name", ["ify", "orla", "tomasz"])
def test_nobody_else_decides_alone(name: str, story: Story, browser: Browser) -> None:
    assert browser(name).get(address(story)).status_code == 403
    sent = {"mandate": str(story.mandate.id), "target__value": "14", "step": "do"} | WHY
    answer = browser(name).post(address(story), sent)
    assert answer.status_code == 403
    assert "You do not hold mandate MD1, or no longer." in words(answer)
    assert Decision.objects.filter(kind="imposition").count() == 1


def test_a_proposal_on_the_table_can_be_decided_as_far_as_the_mandate_reaches(story: Story, browser: Browser) -> None:
    proposal = story.lismorrow.propose(by=story.lismorrow.jamie, code="M7")
    client, page = browser("moira"), reverse("decide_proposal", args=[proposal.id])
    assert f"{page}?mandate={story.mandate.id}" in client.get(reverse("proposal", args=[proposal.id])).content.decode()
    sent = values_of(client.get(page)) | WHY | {"step": "look"}
    looked = client.post(page, sent)
    assert "Set by the Health Trust" in words(looked)
    confirm = next(form["values"] for form in forms_of(looked) if "reason_code" in form["values"])
    answer = client.post(page, confirm | {"step": "do"}, follow=True)
    assert "It is set" in words(answer)
    story.lismorrow.settle()
    assert Element.objects.get(id=proposal.element).fields["target"]["value"] == "16"


def test_what_went_before_is_shown_before_it_is_done_and_linked_afterwards(story: Story, browser: Browser) -> None:
    lismorrow = story.lismorrow
    proposal = lismorrow.propose(by=lismorrow.jamie, code="M7")
    lismorrow.decide(lismorrow.open(proposal, advisory=True), **lismorrow.everybody("against"))
    client, page = browser("moira"), reverse("decide_proposal", args=[proposal.id])
    looked = words(client.post(page, values_of(client.get(page)) | WHY | {"step": "look"}))
    assert "As the record has it: others were asked beforehand." in looked
    assert "Counted the round" in looked
    client.post(page, values_of(client.get(page)) | WHY | {"step": "do"})
    (imposed,) = entries(lismorrow.log, types=["imposition.made"], subject=proposal.element)
    shown = words(browser("").get(reverse("entry", args=[lismorrow.partnership.id, imposed.seq])))
    for seq in imposed.data["before"]:
        assert f"What went before it: entry {seq}" in shown
    assert len(imposed.data["before"]) == 2


def read(story: Story, browser: Browser, name: str) -> str:
    ids = {"partnership": story.lismorrow.partnership.id, "framework": story.lismorrow.framework.id}
    with when_overdue():
        return words(browser("").get(reverse(name, args=[ids[name]])))


def test_an_overdue_review_is_said_on_every_first_page(story: Story, browser: Browser) -> None:
    for name in ("partnership", "framework"):
        assert "Review overdue since" in read(story, browser, name)
        assert "183 days" in read(story, browser, name)


def test_a_round_on_the_measure_is_its_review(story: Story, browser: Browser) -> None:
    asked = story.lismorrow.propose(
        action="confirm", element=story.element.id, kind="", code="", patch={}, rationale="Shall it stay?"
    )
    story.lismorrow.decide(story.lismorrow.open(asked), **story.lismorrow.everybody("against"))
    assert "Reviewed by a round" in read(story, browser, "partnership")
    assert "Review overdue" not in read(story, browser, "framework")


def test_what_the_law_requires_is_not_ours_to_review(story: Story, browser: Browser) -> None:
    Mandate.objects.update(statutory=True)
    assert "Required by law, not ours to review." in read(story, browser, "partnership")
    assert "Review overdue" not in read(story, browser, "framework")

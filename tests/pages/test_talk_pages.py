"""The talk an imposition opens: everybody can read it, any group but observers can start it; mandates with their documents."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.common import clock
from apps.deliberation.models import RenegotiationTrack
from apps.partnerships.models import Mandate
from apps.proposals.services import submit_proposal
from tests.pages.conftest import Browser, Story, when_overdue
from tests.pages.reading import values_of, words

pytestmark = pytest.mark.django_db
LETTER = b"It does not set targets."


def talk(story: Story) -> str:
    return reverse("talk", args=[story.element.id, RenegotiationTrack.objects.get().opened_seq])


def test_why_it_stands_as_set_by_one_party_and_where_to_begin(story: Story, browser: Browser) -> None:
    client = browser("samira")
    page = client.get(talk(story))
    text = words(page)
    for said in (
        "Talk again about the target",
        "MD1, Instruction of 1 March",
        "urgent harm",
        "It cannot wait.",
        "nobody was asked or told beforehand",
        "Changes offered before none",
        "Review due on",
        "Start the talk: suggest a change",
    ):
        assert said in text
    assert talk(story) in client.get(reverse("element", args=[story.element.id])).content.decode()
    suggest = f"{reverse('suggest', args=[story.element.id])}?part=target"
    assert suggest in page.content.decode()
    assert "target__value" in values_of(client.get(suggest))


def test_readers_and_observers_can_follow_it(story: Story, browser: Browser) -> None:
    assert "Members can start it." in words(browser("").get(talk(story)))
    assert "Start the talk" not in words(browser("tomasz").get(talk(story)))


def test_what_has_been_suggested_since_stands_there_and_the_talk_ends_when_all_is_decided(
    story: Story, browser: Browser
) -> None:
    made = submit_proposal(
        by=story.lismorrow.samira,
        framework=story.lismorrow.framework,
        action="change",
        element=story.element.id,
        patch={"target": {"value": "12", "by": "2027/28"}},
        rationale="Together.",
    )
    page = browser("").get(talk(story))
    assert reverse("proposal", args=[made.id]) in page.content.decode()
    assert reverse("proposal", args=[story.proposal.id]) not in page.content.decode()  # about another part
    story.lismorrow.decide(story.lismorrow.open(made), **story.lismorrow.everybody("for"))
    text = words(browser("samira").get(talk(story)))
    assert "This talk has ended." in text
    assert "Start the talk" not in text


def test_an_overdue_review_is_said_there_and_an_unknown_talk_is_not_found(story: Story, browser: Browser) -> None:
    with when_overdue():
        assert "Review overdue since" in words(browser("").get(talk(story)))
    assert browser("").get(reverse("talk", args=[story.element.id, 1])).status_code == 404


def recorded(story: Story, browser: Browser, **more: object) -> tuple[int, str]:
    """The form for a new mandate filled in by the convenor."""
    address = reverse("new_mandate", args=[story.lismorrow.partnership.id])
    sent = {
        "code": "MD9",
        "holder": str(story.lismorrow.people["Gareth"].id),
        "authority": "the chair",
        "basis_kind": "law",
        "basis": "Direction 7",
        "parts": ["definition"],
        "valid_from": clock.now().date().isoformat(),
        "limits": "It does not set targets.",
    } | more
    answer = browser("orla").post(address, sent, follow=True)
    return answer.status_code, words(answer)


def test_the_document_is_handed_in_and_can_be_compared(story: Story, browser: Browser) -> None:
    status, text = recorded(story, browser, document=SimpleUploadedFile("letter.txt", LETTER))
    assert (status, "Mandate MD9 is recorded." in text) == (200, True)
    held = Mandate.objects.get(code="MD9")
    where = [story.lismorrow.partnership.id, held.id]
    page = words(browser("").get(reverse("mandate", args=where)))
    assert sha256(LETTER).hexdigest() in page
    assert "“It does not set targets.”" in page
    kept = browser("").get(reverse("mandate_document", args=where))
    assert kept.content == LETTER
    assert kept["Content-Disposition"] == 'attachment; filename="letter.txt"'
    assert kept["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"document": SimpleUploadedFile("letter.pdf", b"MZ")}, "A document is a PDF, an image, a text or a letter"),
        ({"lapses": "on"}, "Is needed where what was set lapses without a review."),
        ({"document_sha256": "0" * 64, "document": SimpleUploadedFile("a.txt", LETTER)}, "has another one"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_recorded(
    more: dict[str, object], said: str, story: Story, browser: Browser
) -> None:
    status, text = recorded(story, browser, **more)
    assert (status, said in text) == (422, True)
    assert not Mandate.objects.filter(code="MD9").exists()


def test_a_mandate_is_passed_on_and_ended_by_the_convenor(story: Story, browser: Browser) -> None:
    where = [story.lismorrow.partnership.id, story.mandate.id]
    client = browser("orla")
    sent = {"holder": str(story.lismorrow.people["Gareth"].id), "reason": "The office changed hands."}
    assert "is held by Gareth" in words(client.post(reverse("pass_mandate", args=where), sent, follow=True))
    decide = reverse("decide_element", args=[story.element.id])
    former = {
        "mandate": str(story.mandate.id), "target__value": "9", "step": "do", "reason_code": "law", "reason": "Once more."
    }  # fmt: skip
    assert "or no longer" in words(browser("moira").post(decide, former))
    Mandate.objects.filter(id=story.mandate.id).update(valid_from=clock.now().date() - timedelta(days=9))
    ends = (clock.now().date() - timedelta(days=1)).isoformat()
    page = words(client.post(reverse("end_mandate", args=where), {"ends": ends, "reason": "Withdrawn."}, follow=True))
    assert "ended on" in page
    assert browser("moira").get(reverse("pass_mandate", args=where)).status_code == 403

"""Every page, as everybody: it answers, and it tells each what concerns them."""

import pytest
from django.urls import reverse

from apps.record.selectors import size
from tests.pages.conftest import Browser, Story

pytestmark = pytest.mark.django_db
EVERYBODY = ("", "stan", "ify", "samira", "moira", "orla", "tomasz")


def addresses(story: Story) -> list[str]:
    """The pages that everybody may read in a public partnership."""
    partnership, framework = story.lismorrow.partnership.id, story.lismorrow.framework.id
    rule = story.decided.rule_id
    return [
        reverse("home"),
        reverse("outbox"),
        reverse("account_login"),
        reverse("partnership", args=[partnership]),
        reverse("mandate", args=[partnership, story.mandate.id]),
        reverse("record", args=[partnership]),
        reverse("record", args=[partnership]) + f"?topic=decisions&on={story.element.id}",
        *(reverse("entry", args=[partnership, seq]) for seq in range(0, size(story.lismorrow.log), 5)),
        reverse("receipt", args=[partnership, 3]),
        reverse("keepers", args=[partnership]),
        reverse("hold", args=[story.lismorrow.log]),
        reverse("framework", args=[framework]),
        reverse("matrix", args=[framework]),
        reverse("edition", args=[framework, 0]),
        reverse("rule", args=[framework, rule]),
        reverse("element", args=[story.element.id]),
        reverse("proposal", args=[story.proposal.id]),
        reverse("field", args=[story.element.id, "target"]),
        reverse("fields", args=[framework]),
        reverse("concessions", args=[framework]),
        reverse("merge", args=[story.proposal.id]),
        reverse("versions", args=[story.proposal.id]),
        reverse("contributed", args=[framework]),
        reverse("round", args=[story.round.id]),
        reverse("round", args=[story.decided.id]),
        reverse("agenda", args=[story.round.id]),
        reverse("note", args=[story.decided.id]),
        reverse("hall", args=[story.round.id]),
        reverse("hall", args=[story.decided.id]),
    ]


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name not in ("", "stan")])
def test_every_page_for_members_answers(name: str, story: Story, browser: Browser) -> None:
    for round in (story.round, story.decided):
        answer = browser(name).get(reverse("coming", args=[round.id]))
        assert (answer.status_code, b"<h1>" in answer.content) == (200, True)


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_page_of_a_public_partnership_answers(name: str, story: Story, browser: Browser) -> None:
    client = browser(name)
    for address in addresses(story):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert b"<h1>" in answer.content

"""No page asks the database more often because there is more to show."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.common import clock
from apps.deliberation.models import Decision
from apps.deliberation.services import draft_round, open_round, record_reservation
from apps.partnerships.services import found_partnership, give_role
from apps.proposals.services import (
    Promise,
    add_comment,
    answer_offer,
    make_package,
    offer_change,
    raise_objection,
    state_range,
)
from tests.pages.conftest import Browser, Story
from tests.pages.reading import words

pytestmark = pytest.mark.django_db
LIMIT = 12


def more(story: Story, tag: str) -> None:
    """As much again: measures, proposals, offers, objections, a round with several questions."""
    lismorrow = story.lismorrow
    for number in range(3):
        proposal = lismorrow.propose(code=f"{tag}{number}")
        lismorrow.decide(lismorrow.open(proposal), **lismorrow.everybody("for"))
        lismorrow.propose(code=f"{tag}T{number}")
        offer_change(by=lismorrow.ruth, proposal=story.proposal, patch={"population": f"{tag} {number}"}, reason="So.")
        raise_objection(by=lismorrow.jamie, proposal=story.proposal, reason="Harm.")
        record_reservation(by=lismorrow.ruth, decision=Decision.objects.get(kind="imposition"), words="No.")
        bound = [lismorrow.propose(code=f"{tag}B{number}{one}") for one in "ab"]
        make_package(
            by=lismorrow.gareth,
            framework=lismorrow.framework,
            title=tag,
            proposals=bound,
            reason="So.",
            promises=[Promise("F", "Diaries", clock.now().date())],
            ratified_by={"F": clock.now().date()},
        )
        state_range(by=lismorrow.ruth, on=story.element, field="target", low="1", high="2", reason="So.")
        given = offer_change(
            by=lismorrow.jamie, proposal=story.proposal, patch={"unit": f"{tag}{number}"}, reason="So."
        )
        answer_offer(
            by=lismorrow.samira, offer=given, answer="modified", reason="So.", taken={"unit": f"{number}{tag}"}
        )
        for text in (story.proposal, story.element):
            asked = add_comment(by=lismorrow.ify, on=text, words="Why?", kind="question", field="population")
            add_comment(by=lismorrow.moira, on=text, words="So.", answers=asked)
        change = {"population": f"{tag}{number}"}
        about: dict[str, Any] = {
            "action": "change",
            "element": story.element.id,
            "kind": "",
            "code": "",
            "patch": change,
        }
        lismorrow.propose(by=lismorrow.ruth, grew_from=[story.proposal], **about)
    questions = [lismorrow.propose(code=f"{tag}Q{number}") for number in range(3)]
    drafted = draft_round(
        by=lismorrow.orla, framework=lismorrow.framework, title=tag, rule=story.round.rule, proposals=questions
    )
    open_round(by=lismorrow.orla, round=drafted)


def pages(story: Story) -> dict[str, str]:
    partnership, framework = story.lismorrow.partnership.id, story.lismorrow.framework.id
    return {
        "home": "/",
        "partnership": reverse("partnership", args=[partnership]),
        "framework": reverse("framework", args=[framework]),
        "matrix": reverse("matrix", args=[framework]),
        "element": reverse("element", args=[story.element.id]),
        "proposal": reverse("proposal", args=[story.proposal.id]),
        "field": reverse("field", args=[story.element.id, "population"]),
        "target": reverse("field", args=[story.element.id, "target"]),
        "packages": reverse("packages", args=[framework]),
        "dissent": reverse("dissent", args=[framework]),
        "concessions": reverse("concessions", args=[framework]),
        "fields": reverse("fields", args=[framework]),
        "merge": reverse("merge", args=[story.proposal.id]),
        "versions": reverse("versions", args=[story.proposal.id]),
        "contributed": reverse("contributed", args=[framework]) + "?whose=all",
        "record": reverse("record", args=[partnership]),
        "decisions": reverse("record", args=[partnership]) + "?topic=decisions",
        "keepers": reverse("keepers", args=[partnership]),
        "mandate": reverse("mandate", args=[partnership, story.mandate.id]),
    }


def counted(browser: Browser, name: str, page: str) -> int:
    client = browser(name)
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_doubling_what_there_is_asks_no_more_often(story: Story, browser: Browser) -> None:
    more(story, "A")
    before = {(name, page): counted(browser, who, page) for who in ("samira",) for name, page in pages(story).items()}
    more(story, "B")
    after = {(name, page): counted(browser, "samira", page) for name, page in before}
    assert {
        name: (before[name, page], after[name, page]) for name, page in before if after[name, page] > before[name, page]
    } == {}
    assert {name: count for (name, _), count in after.items() if count > LIMIT} == {}


def test_the_home_of_every_role_asks_no_more_often(story: Story, browser: Browser) -> None:
    more(story, "A")
    before = {name: counted(browser, name, "/") for name in ("orla", "moira", "tomasz", "samira")}
    more(story, "B")
    assert {name: counted(browser, name, "/") for name in before} == before


def test_an_auditor_of_many_partnerships_asks_no_more_often_than_one_of_two(story: Story, browser: Browser) -> None:
    def audit_another(name: str) -> None:
        convenor = found_partnership(by=story.lismorrow.people["Orla"], name=name)
        give_role(by=convenor, role="auditor", email="tomasz@example.org")

    audit_another("Elsewhere")
    two = counted(browser, "tomasz", "/")
    for number in range(3):
        audit_another(f"Farther {number}")
    assert counted(browser, "tomasz", "/") == two
    assert "Farther 2: 3 entries in its record, no reviews overdue." in words(browser("tomasz").get("/"))


def test_a_round_of_many_questions_asks_no_more_often_than_one_of_few(story: Story, browser: Browser) -> None:
    lismorrow = story.lismorrow

    def opened(count: int) -> str:
        questions = [lismorrow.propose(code=f"Q{uuid4().hex[:6]}") for _ in range(count)]
        drafted = draft_round(
            by=lismorrow.orla, framework=lismorrow.framework, title="R", rule=story.round.rule, proposals=questions
        )
        return reverse("round", args=[open_round(by=lismorrow.orla, round=drafted).id])

    few, many = opened(2), opened(6)
    for name in ("samira", ""):
        for view in ("", "hall/"):
            assert counted(browser, name, few + view) == counted(browser, name, many + view)
    assert counted(browser, "orla", f"{few}console/") == counted(browser, "orla", f"{many}console/")

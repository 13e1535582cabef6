"""The papers of a round: sent out by the convenor, read and printed by everybody, told on the convenor's first page."""

import pytest
from django.urls import reverse

from apps.deliberation.models import Round
from apps.deliberation.services import close_round, draft_round, open_round
from apps.partnerships.services import assign_seat, vacate_seat
from apps.proposals.services import revise_proposal
from tests.pages.conftest import Browser
from tests.pages.reading import words
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db


def drafted(lismorrow: Lismorrow) -> Round:
    return draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="Adult social care",
        rule=lismorrow.rule(),
        proposals=[lismorrow.propose()],
    )


def test_papers_are_sent_read_and_told_on_the_first_page(lismorrow: Lismorrow, browser: Browser) -> None:
    seat = lismorrow.pat.require_seat()
    vacate_seat(by=lismorrow.orla, seat=seat)
    assign_seat(by=lismorrow.orla, seat=seat, name="Pat McGlone")
    round, orla = drafted(lismorrow), browser("orla")
    orla.post(reverse("papers_rule", args=[lismorrow.partnership.id]), {"days": "1", "days_off": "2024-12-25"})
    refused = orla.post(reverse("open_round", args=[round.id]), follow=True)
    assert "Those of this round have not gone out yet" in words(refused)
    papers = reverse("agenda", args=[round.id])
    assert "People who feel lonely often" in words(browser("").get(papers))
    assert "1 member has no e-mail: print their papers. Pat McGlone (Community)." in words(orla.get(papers))
    assert "no e-mail" not in words(browser("ify").get(papers))
    assert "Papers went out on" in words(orla.post(papers, follow=True))
    first = words(orla.get("/"))
    assert "“Adult social care” is prepared and not open yet: 1 question. Papers went out on" in first
    assert "1 member has no e-mail: print their papers." in first
    assert browser("ify").post(papers).status_code == 403


def test_what_was_reworded_stands_before_the_vote_and_in_the_note(lismorrow: Lismorrow, browser: Browser) -> None:
    round, orla = drafted(lismorrow), browser("orla")
    orla.post(reverse("agenda", args=[round.id]))
    proposal = round.items.get().proposal
    assert proposal is not None
    given = LONELINESS | {"unit": "‰"}
    revise_proposal(by=lismorrow.gareth, proposal=proposal, patch=given, rationale="Finer.", on_number=1)
    told = "M4: version 1 was sent, version 2 is voted on"
    for page in ("agenda", "round"):
        assert told in words(browser("ify").get(reverse(page, args=[round.id])))
    open_round(by=lismorrow.orla, round=round)
    lismorrow.vote(round, **lismorrow.everybody("for"))
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    note = words(browser("ify").get(reverse("note", args=[round.id])))
    assert told in note
    assert "A meeting may reword what was sent." in note


def test_days_off_are_typed_one_a_line(lismorrow: Lismorrow, browser: Browser) -> None:
    page = reverse("papers_rule", args=[lismorrow.partnership.id])
    refused = browser("orla").post(page, {"days": "5", "days_off": "Christmas"})
    assert "Write each day like 2026-12-25, one a line." in words(refused)

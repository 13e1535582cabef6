"""Comments, questions and evidence at a field and a version."""

import pytest

from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.proposals.models import Comment, Proposal
from apps.proposals.selectors import comments
from apps.proposals.services import add_comment, revise_proposal, take_back_comment
from apps.record import selectors as record
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def tabled(lismorrow: Lismorrow) -> Proposal:
    return lismorrow.propose()


def test_a_comment_keeps_the_version_it_was_made_on(lismorrow: Lismorrow, tabled: Proposal) -> None:
    first = add_comment(by=lismorrow.ify, on=tabled, words="Who pays?", kind="question", field="target")
    revise_proposal(by=lismorrow.gareth, proposal=tabled, patch=LONELINESS, rationale="Again.", on_number=1)
    tabled.refresh_from_db()
    answer = add_comment(by=lismorrow.gareth, on=tabled, words="The council.", answers=first)
    assert [(one.on_number, one.field, one.kind) for one in (first, answer)] == [
        (1, "target", "question"),
        (1, "target", "comment"),
    ]
    assert list(comments(lismorrow.framework, element=tabled.element, proposal=tabled.id)) == [first, answer]
    entry = record.entries(lismorrow.log)[-1]
    assert (entry.type, entry.data["answers"], entry.on["proposal"]) == (
        "comment.made",
        str(first.id),
        str(tabled.id),
    )


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"words": " "}, "text.required"),
        ({"kind": "rumour"}, "comment.kind"),
        ({"field": "hue"}, "comment.field"),
        ({"kind": "evidence"}, "comment.link"),
        ({"link": "javascript:alert(1)"}, "comment.link"),
        ({"link": "https://"}, "comment.link"),
        ({"on_number": 2}, "comment.version"),
        ({"on_number": 0}, "comment.version"),
    ],
)
def test_what_cannot_be_said_is_refused(
    lismorrow: Lismorrow, tabled: Proposal, asked: dict[str, str], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        add_comment(by=lismorrow.ify, on=tabled, **({"words": "So."} | asked))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not Comment.objects.exists()


def test_strangers_say_nothing_and_observers_may_ask(lismorrow: Lismorrow, tabled: Proposal) -> None:
    with pytest.raises(NotAllowed):
        add_comment(by=lismorrow.stan, on=tabled, words="Me too.")
    assert add_comment(by=lismorrow.tomasz, on=tabled, words="Where is it written?", kind="question").group is not None


def test_only_its_author_takes_a_comment_back_and_only_once(lismorrow: Lismorrow, tabled: Proposal) -> None:
    said = add_comment(by=lismorrow.ify, on=tabled, words="So.")
    with pytest.raises(NotAllowed):
        take_back_comment(by=lismorrow.ruth, comment=said)
    take_back_comment(by=lismorrow.ify, comment=said)
    assert not comments(lismorrow.framework, element=tabled.element, proposal=tabled.id).exists()
    with pytest.raises(Conflict):
        take_back_comment(by=lismorrow.ify, comment=said)
    with pytest.raises(Conflict):
        add_comment(by=lismorrow.gareth, on=tabled, words="Late.", answers=said)


def test_a_comment_on_another_text_is_not_answered_here(lismorrow: Lismorrow, tabled: Proposal) -> None:
    elsewhere = add_comment(by=lismorrow.ify, on=lismorrow.propose(code="M9"), words="So.")
    with pytest.raises(Conflict):
        add_comment(by=lismorrow.gareth, on=tabled, words="Hm.", answers=elsewhere)

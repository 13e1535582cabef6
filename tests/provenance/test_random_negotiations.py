"""Random negotiations, played through the services: what is computed again from the record is what was logged, every time."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.deliberation.models import Decision
from apps.deliberation.services import impose, set_outside
from apps.frameworks.models import Element
from apps.partnerships.models import Mandate
from apps.proposals.services import submit_proposal
from apps.provenance.checks import check
from apps.provenance.models import Verdict
from apps.record.models import Log
from apps.record.selectors import entries
from tests.deliberation.test_impositions import mandate
from tests.people import CONSENT, GROUPS, MAJORITY_OF_EVERY_GROUP, Lismorrow, found_lismorrow

pytestmark = pytest.mark.django_db
VOTERS = [name.lower() for _, _, _, names in GROUPS for name in names]
FIELDS = ("population", "data_source", "periods", "definition", "numerator")
# In half of the rounds everybody agrees, so that there is something to go on with.
choices = st.one_of(
    st.just(dict.fromkeys(VOTERS, "for")),
    st.fixed_dictionaries(dict.fromkeys(VOTERS, st.sampled_from(["for", "against"]))),
)
fields = st.sampled_from(FIELDS)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("change"), fields, choices),
        st.tuples(st.just("consent"), fields, st.none()),
        st.tuples(st.just("decree"), fields, st.none()),
        st.tuples(st.just("outside"), fields, st.none()),
        st.tuples(st.just("confirm"), st.booleans(), choices),
    ),
    min_size=1,
    max_size=4,
)


def change(lismorrow: Lismorrow, element: Element, patch: dict[str, Any], rule: dict[str, Any], votes: Any) -> None:
    proposal = submit_proposal(
        by=lismorrow.samira,
        framework=lismorrow.framework,
        action="change",
        element=element.id,
        patch=patch,
        rationale="So.",
    )
    lismorrow.decide(lismorrow.open(proposal, rule=rule), **votes)


def confirm(lismorrow: Lismorrow, element: Element, binding: bool, votes: Any) -> None:
    proposal = submit_proposal(
        by=lismorrow.ify, framework=lismorrow.framework, action="confirm", element=element.id, patch={}, rationale="So."
    )
    lismorrow.decide(lismorrow.open(proposal, binding=binding), **votes)


def play(lismorrow: Lismorrow, held: Mandate, number: int, step: tuple[str, Any, Any]) -> None:
    """One step on M4, with words nobody has used before."""
    kind, what, votes = step
    element = Element.objects.get(framework=lismorrow.framework, code="M4")
    patch = {what: f"Words of step {number}"} if isinstance(what, str) else {}
    alone: dict[str, Any] = {"framework": lismorrow.framework, "element": element, "patch": patch}
    moves: dict[str, Callable[[], object]] = {
        "change": lambda: change(lismorrow, element, patch, MAJORITY_OF_EVERY_GROUP, votes),
        "consent": lambda: change(lismorrow, element, patch, CONSENT, lismorrow.everybody("consent")),
        "decree": lambda: impose(
            by=lismorrow.moira, mandate=held, reason_code="law", reason="So.", **alone | {"element": element.id}
        ),
        "outside": lambda: set_outside(by=lismorrow.pat, evidence="A letter.", **alone),
        "confirm": lambda: confirm(lismorrow, element, what, votes),
    }
    moves[kind]()
    lismorrow.settle()


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps)
def test_what_is_recomputed_is_what_was_logged(played: list[tuple[str, Any, Any]]) -> None:
    with transaction.atomic():
        lismorrow = found_lismorrow()
        lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
        held = mandate(lismorrow)
        for number, step in enumerate(played):
            play(lismorrow, held, number, step)
        assert list(check(Log.objects.get(id=lismorrow.log))) == []
        decided = list(Decision.objects.filter(adopted=True).order_by("seq").values_list("seq", flat=True))
        assert [one.because for one in Verdict.objects.order_by("seq")] == decided, "one verdict for each, in order"
        logged = [entry.because for entry in entries(lismorrow.log, types=["verdict.recorded"])]
        assert logged == decided
        transaction.set_rollback(True)

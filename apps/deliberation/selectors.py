"""Reading rounds and decisions. `visible_tally` and `visible_entries` are the only doors to results and entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import hexdigits
from typing import Any, Unpack
from uuid import UUID

from django.db.models import Count, F, Prefetch, QuerySet

from apps.accounts.models import Person
from apps.common.errors import NotFound
from apps.common.sql import run
from apps.consensus import Row, parse_rule
from apps.consensus.ballots import Ballots
from apps.consensus.tallying import tally_ballots
from apps.deliberation.counting import live_votes
from apps.deliberation.leaving import seats_out
from apps.deliberation.models import (
    Ballot,
    Decision,
    FieldState,
    Interest,
    NoteCorrection,
    PaperBallot,
    RegisteredRule,
    RenegotiationTrack,
    Round,
    RoundAlternative,
    RoundItem,
    RoundState,
    Secrecy,
)
from apps.deliberation.sealed import secret_votes
from apps.deliberation.turnout import Roll, Turnout, kept_back_entries, roll_of, turnout
from apps.frameworks.models import Framework
from apps.partnerships.actors import Actor
from apps.partnerships.models import Partnership
from apps.partnerships.rules import audience_of, require_auditor, require_member, require_reader
from apps.partnerships.selectors import reader_of, seats_by_group
from apps.proposals.models import ProposalVersion
from apps.record import selectors as record
from apps.record.act import platform_log
from apps.record.domain.entry import Entry
from apps.record.domain.schemas import hidden_from
from apps.record.searching import saying

SHORTEST = 8
"""Digits of an id that a short address has at least."""
COUNTING = """
SELECT DISTINCT ON (item_id, seat_id) item_id::text, group_key, seat_id::text, choice, 1
FROM deliberation_ballot WHERE round_id = $1 ORDER BY item_id, seat_id, seq DESC
"""


@dataclass(frozen=True)
class TallyView:
    """What a viewer may see of one item: turnout by group as far as it may be told; the result only when `result` is there, else
    `why` not."""

    item: UUID
    turnout: tuple[Turnout, ...]
    result: Mapping[str, Any] | None
    final: bool
    why: str


def rounds(framework: Framework) -> QuerySet[Round]:
    """Rounds of a framework, newest first, with their agenda."""
    agenda = Prefetch("items", RoundItem.objects.select_related("proposal"))
    return framework.rounds.select_related("rule").prefetch_related(agenda)


def rounds_listed(framework: Framework) -> QuerySet[Round]:
    """Rounds of a framework, newest first, each with `questions`: how many it asks."""
    return framework.rounds.annotate(questions=Count("items")).order_by("-drafted_at")


def open_round_for(person: Person | None, id: UUID) -> tuple[Actor, Round]:
    """The one careful way to a round."""
    found = Round.objects.select_related("rule", "framework__partnership__log").filter(id=id).first()
    if found is None:
        raise NotFound("round.unknown", "There is no such round, or it is for members only: sign in to see yours.")
    return reader_of(found.framework.partnership, person), found


def rounds_named(name: str) -> list[UUID]:
    """The rounds whose id begins with these hexadecimal digits, two at most: a short address means one."""
    if not SHORTEST <= len(name) <= 32 or set(name) - set(hexdigits):
        return []
    low, high = UUID(name.ljust(32, "0")), UUID(name.ljust(32, "f"))
    return list(Round.objects.filter(id__range=(low, high)).values_list("id", flat=True)[:2])


def agenda(round: Round) -> QuerySet[RoundItem]:
    """What a round votes on, in order, with the proposals and, once it has opened, their versions."""
    alternatives = Prefetch("alternatives", RoundAlternative.objects.select_related("proposal", "version__wording"))
    return round.items.select_related("proposal", "version__wording").prefetch_related(alternatives).order_by("order")


def left_undecided(round: Round) -> list[RoundItem]:
    """The lines of a round's agenda of which everything is on the table (again): what another round can take up."""
    return [line for line in agenda(round) if all(one.state == "tabled" for one in line.proposals)]


def rules(framework: Framework) -> QuerySet[RegisteredRule]:
    """Registered decision rules, newest first."""
    return framework.rules.order_by("-seq")


def rule_in(framework: Framework, id: UUID) -> RegisteredRule:
    """A registered rule of this framework."""
    found = framework.rules.filter(id=id).first()
    if found is None:
        raise NotFound("rule.unknown", "There is no such rule in this framework.")
    return found


def latest_ballots(round: Round) -> list[Ballot]:
    """The ballot that counts of each seat on each item."""
    newest = Ballot.objects.filter(round=round).order_by("item_id", "seat_id", "-seq").distinct("item_id", "seat_id")
    return list(newest)


def counting_rows(round: Round) -> list[Row]:
    """The same as the consensus library reads them: a row each, without building a hundred thousand objects. Of a secret round
    whoever chose alike is one row, and nobody's."""
    if round.secrecy == Secrecy.SECRET:
        return secret_votes(round)
    return [Row._make(found) for found in run(COUNTING, [round.id])]


def visible_tally(viewer: Actor, round: Round, roll: Roll | None = None) -> list[TallyView]:
    """What this viewer may see of a round now, item by item. Nobody sees the choices of a private round before it is counted.

    Who asks again and again brings the round's `roll`, as long as nothing but ballots has come in since it was read.
    """
    require_reader(viewer)
    roll = roll or roll_of(round)
    seen = turnout(round, roll)
    running = _running(round) if round.state == RoundState.OPEN and round.secrecy == Secrecy.OPEN else {}
    views = []
    for item in roll.items:
        final = item.result is not None
        result = item.result if final else running.get(str(item.id))
        views.append(TallyView(item.id, seen[item.id], result, final, "" if result else _why_not(round)))
    return views


def visible_entries(
    viewer: Actor,
    log: UUID,
    *,
    words: str = "",
    limit: int | None = None,
    newest: bool = False,
    **which: Unpack[record.Which],
) -> list[Entry]:
    """The entries of a log this viewer may see: of some types, only some audiences; of a secret round that has not been counted
    none that tells who of a few has voted. In private rounds an entry holds a commitment, never a choice. `words` finds those
    that say something, in what still stands.
    """
    return record.entries(log, limit=limit, newest=newest, **_visible(viewer, log, words, which))


def count_visible_entries(
    viewer: Actor, log: UUID, *, at_most: int, words: str = "", **which: Unpack[record.Which]
) -> int:
    """How many entries `visible_entries` has to show; no further than `at_most`."""
    return record.count(log, at_most=at_most, **_visible(viewer, log, words, which))


def _visible(viewer: Actor, log: UUID, words: str, which: record.Which) -> record.Which:
    """What is asked for, without what this viewer may not see: entries for other audiences; of a secret round that has not been
    counted those that tell who of a few has voted."""
    require_reader(viewer)
    if log != viewer.log:
        raise NotFound("record.unknown", "There is no such record.")
    asked: record.Which = {**which, "without": [*which.get("without", ()), *hidden_from(audience_of(viewer))]}
    asked["types"] = types = list(which.get("types", ()))
    asked["without_numbers"] = kept_back_entries(viewer, types)
    if words:
        asked["numbers"] = saying(log, words, which.get("subject"))
    return asked


def visible_host_entries(
    viewer: Actor, *, types: Iterable[str] = (), since: int = 0, limit: int | None = None
) -> list[Entry]:
    """What the log of the host says about this partnership: sign-ins of its administrators, exports of its auditors.

    For auditors only: nobody whom they audit watches them.
    """
    require_auditor(viewer)
    return record.entries(platform_log().id, types=types, subject=viewer.partnership.id, since=since, limit=limit)


def papers(viewer: Actor, round: Round) -> QuerySet[PaperBallot]:
    """Papers that wait for their second witness. What stands on them nobody is shown."""
    require_member(viewer)
    return round.papers.select_related("seat__group").defer("choice", "sealed")


def interests(round: Round) -> QuerySet[Interest]:
    """Interests declared in a round, with their rulings, in order."""
    return Interest.objects.filter(item__round=round).select_related("item", "seat__group", "words", "ruling")


def corrections(round: Round) -> QuerySet[NoteCorrection]:
    """Corrections of a round's decision note, in order."""
    return round.corrections.select_related("words")


def decisions(framework: Framework, *, element: UUID | None = None) -> QuerySet[Decision]:
    """Decisions and impositions in the order in which they were made."""
    found = framework.decisions.select_related("mandate", "item__round__rule", "proposal", "reason").prefetch_related(
        "dissents"
    )
    return found.filter(element=element) if element else found


def adopted_wordings(partnership: Partnership) -> set[UUID]:
    """The texts whose wording was adopted as it stood: they belong to the partnership."""
    adopted = Decision.objects.filter(framework__partnership=partnership, kind="decision", adopted=True)
    newest = ProposalVersion.objects.filter(proposal__in=adopted.values("proposal"), number=F("proposal__number"))
    return set(newest.values_list("wording_id", flat=True))


def field_states(element: UUID) -> dict[str, FieldState]:
    """Where each field of an element stands."""
    return {state.field: state for state in FieldState.objects.filter(element=element)}


def tracks(element: UUID) -> QuerySet[RenegotiationTrack]:
    """Parts of an element that are open for renegotiation."""
    return tracks_of(element).exclude(open_parts=[])


def tracks_of(element: UUID) -> QuerySet[RenegotiationTrack]:
    """Every renegotiation track of an element, those that have ended too."""
    return RenegotiationTrack.objects.filter(element=element).order_by("opened_seq")


def _running(round: Round) -> dict[str, dict[str, Any]]:
    votes = live_votes(round.framework.partnership.log_id, round.id)
    ballots = Ballots(votes, seats_by_group(round.framework.partnership), "")
    out = {str(item): seats for item, seats in seats_out(round).items()}
    result = tally_ballots(parse_rule(round.rule.document), ballots, out=out)
    return {item.item: item.to_json() for item in result.items}


def _why_not(round: Round) -> str:
    if round.state == RoundState.DRAFT:
        return "This round has not opened yet."
    if round.state == RoundState.OPEN and round.secrecy == Secrecy.OPEN:
        return "Nobody has voted yet."
    if round.state == RoundState.OPEN and round.secrecy == Secrecy.SECRET:
        return "Once the round is closed the votes are counted; who chose what is never shown."
    if round.state == RoundState.OPEN:
        return "What people chose stays private until the round is closed and counted."
    return "The round is closed. The votes are being counted."

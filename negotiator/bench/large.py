"""A large framework: 400 elements in force, 5,000 proposals and 20,000 offers of change, a fifth of them still open.

Elements come in by the product's own services, with verdicts and field states. Proposals and offers are written as rows and
entries in bulk, since making 25,000 of them one by one is not what is measured here.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from apps.accounts.models import Person
from apps.common import clock
from apps.deliberation.domain.inheriting import Attested
from apps.deliberation.services import inherit
from apps.frameworks.domain.importing import drafts_of, read_table, recognise
from apps.frameworks.models import Element, Framework
from apps.frameworks.services import create_framework, publish_edition, seal_plan
from apps.partnerships.actors import Actor, actor_in
from apps.partnerships.models import Seat
from apps.partnerships.services import add_group, assign_seat, found_partnership
from apps.proposals.models import Offer, Proposal, ProposalVersion
from apps.proposals.services.versions import as_text, subjects
from apps.record.act import Act, act, reference
from apps.record.models import Text
from apps.record.readers import advance_all

ELEMENTS, PROPOSALS, OFFERS_EACH, OPEN_EVERY, AT_ONCE = 400, 5_000, 4, 5, 500
GROUPS = (("A", "Agency", "agency"), ("F", "Frontline staff", "frontline"), ("C", "Community", "community"))
WORDS = "People who feel lonely often, always or some of the time, as the household survey asks them once a year. "


@dataclass(frozen=True)
class Large:
    """What was made, one member of it, and one element and proposal with their share of offers."""

    framework: Framework
    member: Person
    element: UUID
    proposal: UUID


def make_large() -> Large:
    """Make it all in the database that is connected, which must be empty."""
    convenor = found_partnership(by=Person.objects.create_user(name="Founder"), name="Large")
    seats = [_seat(convenor, *group) for group in GROUPS]
    framework = create_framework(by=convenor, title="A large framework", starts_on=date(2023, 10, 1))
    table = _table()
    drafts = drafts_of(read_table(table), recognise(read_table(table)))
    facts = Attested(date(2020, 1, 1), "concurrent", "joint", concurring=("A", "C"))
    inherit(by=convenor, framework=framework, drafts=drafts, source=table.encode(), facts=facts, evidence="Made.")
    advance_all(convenor.log)
    seal_plan(by=convenor, framework=framework)
    publish_edition(by=convenor, framework=framework)
    proposals = _propose(convenor, framework, seats)
    member = seats[-1].holdings.get().person
    return Large(framework, member, proposals[-1].element, proposals[-1].id)


def _seat(convenor: Actor, key: str, name: str, kind: str) -> Seat:
    group = add_group(by=convenor, key=key, name=name, kind=kind, seats=1)
    seat = group.seats.get()
    assign_seat(by=convenor, seat=seat, name=name, email=f"{key.lower()}@example.org")
    return seat


def _table() -> str:
    """400 elements: measures under 40 outcomes under 4 goals."""
    outcomes = 40
    rows = [
        f"Goal {place % 4},Outcome {place % outcomes},M{place},Measure {place},{WORDS.replace(',', ';')},%,decrease,20.2,2021/22,16"
        for place in range(ELEMENTS - outcomes - 4)
    ]
    head = "goal,outcome,code,title,definition,unit,polarity,baseline,base_year,target_value"
    return "\n".join([head, *rows])


def _propose(convenor: Actor, framework: Framework, seats: Sequence[Seat]) -> list[Proposal]:
    measures = list(Element.objects.filter(framework=framework, kind="measure").order_by("code"))
    made: list[Proposal] = []
    by = actor_in(convenor.partnership, seats[0].holdings.get().person)
    for first in range(0, PROPOSALS, AT_ONCE):
        places = range(first, first + AT_ONCE)
        with act(by=by.by, log=by.log) as a:
            made += _batch(a, framework, measures, seats, places)
    return made


def _batch(
    a: Act, framework: Framework, measures: Sequence[Element], seats: Sequence[Seat], places: Iterable[int]
) -> list[Proposal]:
    """Some proposals with their offers."""
    texts: list[Text] = []
    proposals, versions, offers = [], [], []
    for place in places:
        proposal, version = _proposal(a, framework, measures[place % len(measures)], seats, place, texts)
        proposals.append(proposal)
        versions.append(version)
        offers += list(_offers(a, proposal, seats, texts))
    Text.objects.bulk_create(texts)
    Proposal.objects.bulk_create(proposals)
    ProposalVersion.objects.bulk_create(versions)
    Offer.objects.bulk_create(offers)
    return proposals


def _proposal(
    a: Act, framework: Framework, element: Element, seats: Sequence[Seat], place: int, texts: list[Text]
) -> tuple[Proposal, ProposalVersion]:
    seat, patch = (
        seats[place % len(seats)],
        {"population": f"People of {place} and over", "target": {"value": str(place)}},
    )
    is_open, today = place % OPEN_EVERY == 0, a.at.date()
    proposal = Proposal(
        framework=framework,
        element=element.id,
        action="change",
        kind="measure",
        code=element.code,
        group=seat.group,
        seat=seat,
        sponsors=[seat.group.key],
        state="tabled" if is_open else "withdrawn",
        offers_from=today,
        offers_until=today + timedelta(days=14) if is_open else None,
        tabled_at=a.at,
    )
    wording, rationale = (
        _text(a, "proposal.wording", as_text(patch), texts),
        _text(a, "proposal.rationale", WORDS, texts),
    )
    version = ProposalVersion(
        proposal=proposal, number=1, wording=wording, fields=sorted(patch), base=1, rationale=rationale, made_at=a.at
    )
    data = {
        "action": "change",
        "kind": "measure",
        "code": element.code,
        "version": str(version.id),
        "wording": reference(wording),
        "fields": version.fields,
        "base": 1,
        "sponsors": proposal.sponsors,
        "rationale": reference(rationale),
        "offers_from": today.isoformat(),
    }
    proposal.seq = version.seq = a.add("proposal.submitted", data, on=subjects(proposal)).seq
    return proposal, version


def _offers(a: Act, proposal: Proposal, seats: Sequence[Seat], texts: list[Text]) -> Iterator[Offer]:
    others = [seat for seat in seats if seat.group.key not in proposal.sponsors]
    for place in range(OFFERS_EACH):
        seat, patch = others[place % len(others)], {"population": f"People of {place} and under"}
        wording, reason = _text(a, "offer.wording", as_text(patch), texts), _text(a, "offer.reason", WORDS, texts)
        id = uuid4()
        data: dict[str, Any] = {
            "offer": str(id),
            "group": seat.group.key,
            "on_number": 1,
            "parts": ["population"],
            "wording": reference(wording),
            "fields": ["population"],
            "reason": reference(reason),
        }
        seq = a.add("amendment.offered", data, on=subjects(proposal)).seq
        yield Offer(
            id=id,
            proposal=proposal,
            on_number=1,
            group=seat.group,
            seat=seat,
            wording=wording,
            fields=["population"],
            reason=reason,
            offered_at=a.at,
            seq=seq,
        )


def _text(a: Act, kind: str, body: str, texts: list[Text]) -> Text:
    """Words as `Act.text` keeps them, to be written with many others."""
    text = Text(
        id=uuid4(),
        log_id=a.log_id,
        kind=kind,
        authors=[a.by.person] if a.by.person else [],
        made_at=clock.now(),
        salt=secrets.token_bytes(32),
        body=body,
    )
    texts.append(text)
    return text

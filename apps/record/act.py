"""The one way in: an act is one transaction that changes rows and appends entries to one log.

    with act(by=actor.by, log=partnership.log_id) as a:
        ...lock, decide, save rows...
        a.add("round.opened", {"rule_hash": ...}, on={"round": round.id})

The log's head is locked by the first `add`, so every other lock must have been taken before it
(lock order: framework, round by id, log head last). Locks are FOR NO KEY UPDATE, so that others can go on referring to a locked
row: foreign keys are checked when an act commits, while it holds the head.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, LiteralString
from uuid import UUID, uuid4

from django.db import transaction

from apps.common import clock
from apps.common.errors import Conflict, Refusal
from apps.common.sql import Answer, Batch, batch
from apps.record import nudge
from apps.record.domain import entry as domain
from apps.record.domain import schemas
from apps.record.domain.kinds import kind_of
from apps.record.domain.tree import leaf_hash
from apps.record.models import Entry, Log, Text
from apps.record.selectors import frontier_of, signed_head
from apps.record.writing import append, ask_for_head, head, lock_head

REFUSALS_PER_HOUR = 10


@dataclass(frozen=True)
class By:
    """Who acts, as opaque ids: a seat and a person's pseudonym in this log, or a part of the system such as `clock`."""

    seat: UUID | None = None
    person: UUID | None = None
    system: str | None = None

    def to_json(self) -> Mapping[str, str]:
        return self._written

    @cached_property
    def _written(self) -> Mapping[str, str]:
        pairs = {"seat": self.seat, "person": self.person, "system": self.system}
        return {key: str(value) for key, value in pairs.items() if value is not None}


@dataclass
class Act:
    """An act under way. `add` gives the entry its number at once; the entries are written when the block ends, in one trip to
    the database with the end of the transaction."""

    by: By
    log_id: UUID
    _asked: Answer | None = None
    _log: Log | None = None
    _at: datetime | None = None
    _new: list[tuple[domain.Entry, bytes, list[UUID]]] = field(default_factory=list)
    _rows: list[tuple[LiteralString, Sequence[Any]]] = field(default_factory=list)
    _leaves: dict[int, bytes] = field(default_factory=dict)
    _is_proved: bool = False

    def add(
        self,
        type: str,
        data: Mapping[str, Any],
        on: Mapping[str, UUID] | None = None,
        because: int | None = None,
        by: By | None = None,
    ) -> domain.Entry:
        """Add an entry of a registered type; returns it with its number.

        `because` is an earlier entry's number; `by` names somebody else than the act's own actor (a list of ballots).
        """
        version = schemas.latest_version(type)
        schemas.check(type, data, version)
        entry = domain.Entry(
            log=self._written_log,
            seq=self.size_then,
            at=self._written_at,
            type=type,
            by=(by or self.by).to_json(),
            on={key: str(value) for key, value in (on or {}).items()},
            because=because,
            data=dict(data),
            v=version,
        )
        self._new.append((entry, entry.to_bytes(), list((on or {}).values())))
        return entry

    def text(
        self, body: str, kind: str, after: Iterable[Text | None] = (), of: UUID | None = None
    ) -> tuple[Text, dict[str, str]]:
        """Keep somebody's words apart from the record; returns the row and the reference that an entry carries.

        `after` are the texts these words build on: who asks to have those erased has these erased too. `of` is whose words
        they are, where who acts only writes them down.
        """
        authors = {of or self.by.person, *(author for text in after if text is not None for author in text.authors)}
        text = Text.objects.create(
            id=uuid4(),
            log_id=self.log_id,
            kind=kind_of(kind).name,
            authors=sorted(author for author in authors if author is not None),
            made_at=clock.now(),
            salt=secrets.token_bytes(32),
            body=body,
        )
        return text, reference(text)

    def lock(self, b: Batch) -> None:
        """Lock the log's head together with other statements; `add` would do so in a trip of its own."""
        self._asked = ask_for_head(b, self.log_id)

    def send(self, query: LiteralString, parameters: Sequence[Any]) -> None:
        """Let a statement travel with the entries, right before them."""
        self._rows.append((query, parameters))

    @property
    def size(self) -> int:
        """How many entries the log has, those added so far left aside. Nobody else can add any until this act ends."""
        return self._head()[0].size

    @property
    def size_then(self) -> int:
        """How many entries the log will have with those added so far."""
        return self.size + len(self._new)

    @property
    def at(self) -> datetime:
        """The moment of this act, as its entries carry it."""
        return self._head()[1]

    def prepare_proofs(self) -> None:
        """Say that proofs will be asked for: the checkpoint is then signed while the database writes. Nobody has it before the
        act has been done."""
        self._is_proved = True

    def proof_of(self, seq: int) -> tuple[str, str]:
        """After the act: an entry's leaf hash (hex) and a signed checkpoint that covers it: what a receipt holds."""
        log, _ = self._head()
        leaf = self._leaves.get(seq) or bytes(Entry.objects.values_list("leaf", flat=True).get(log=log, seq=seq))
        return leaf.hex(), self._checkpoint

    @cached_property
    def _written_log(self) -> str:
        return str(self.log_id)

    @cached_property
    def _written_at(self) -> str:
        return domain.timestamp(self.at)

    @cached_property
    def _checkpoint(self) -> str:
        return signed_head(self._head()[0])

    def _head(self) -> tuple[Log, datetime]:
        if self._log is None or self._at is None:
            self._log = head(self.log_id, self._asked) if self._asked else lock_head(self.log_id)
            if clock.is_moved() and not self._log.demo:
                raise Conflict("clock.moved", "Only a demonstration or a rehearsal may move the clock.")
            now = clock.now()
            self._at = max(now, self._log.last_at or now)
        return self._log, self._at

    def write(self) -> None:
        """Write what has been added so far at once, for what the database allows only once its entry stands."""
        with batch() as b:
            self.put(b)

    def put(self, b: Batch) -> None:
        """Let the rows and entries added so far travel with a batch. Called when the block ends."""
        for query, parameters in self._rows:
            b.send(query, parameters)
        self._rows.clear()
        if not self._new:
            return
        log, at = self._head()
        leaves = [leaf_hash(body) for _, body, _ in self._new]
        self._leaves |= {entry.seq: leaf for (entry, _, _), leaf in zip(self._new, leaves, strict=True)}
        rows = [
            (entry.type, subjects, body, leaf) for (entry, body, subjects), leaf in zip(self._new, leaves, strict=True)
        ]
        append(b, log, at, rows, *frontier_of(log).append(leaves))
        types = {entry.type for entry, _, _ in self._new}
        self._new.clear()
        if self._is_proved:
            b.meanwhile(lambda: self._checkpoint)
        if not log.paused:
            transaction.on_commit(lambda: nudge.send(log.id, log.size, types), robust=True)


@contextmanager
def act(*, by: By, log: UUID) -> Iterator[Act]:
    """Run one act on a log. Everything inside happens, with its entries, or nothing does."""
    with transaction.atomic():
        a = Act(by=by, log_id=log)
        yield a
        with batch() as b:
            a.put(b)
            b.commit()


@contextmanager
def refusals_recorded(*, by: By, log: UUID, what: str, on: Mapping[str, UUID] | None = None) -> Iterator[None]:
    """Record, in a transaction of its own, that something worth knowing was tried and refused; then let the refusal go on.

    At most ten per actor and hour, so that nobody fills the record by failing.
    """
    try:
        with transaction.atomic():
            yield
    except Refusal as refusal:
        if _refused_lately(by, log) < REFUSALS_PER_HOUR:
            with act(by=by, log=log) as a:
                a.add("act.refused", {"act": what, "code": refusal.code}, on=on)
        raise


def _refused_lately(by: By, log: UUID) -> int:
    since = clock.now() - timedelta(hours=1)
    bodies = Entry.objects.filter(log=log, type="act.refused", at__gte=since).values_list("body", flat=True)
    return sum(domain.Entry.from_bytes(bytes(body)).by == by.to_json() for body in bodies)


def reference(text: Text) -> dict[str, str]:
    """How an entry refers to words that are kept. Erased words cannot be referred to anew."""
    if text.body is None or text.salt is None:
        raise Conflict("text.erased", "These words have been erased.")
    return domain.TextRef.of(str(text.id), bytes(text.salt), text.body).to_data()


def create_log(name: str, *, demo: bool = False) -> Log:
    """Begin an empty log. `demo` logs may carry moved times."""
    return Log.objects.create(name=name, demo=demo)


def platform_log() -> Log:
    """The log of what belongs to no partnership."""
    return Log.objects.get_or_create(name="platform")[0]


def pause(log: UUID, paused: bool) -> None:
    """Keep workers away from a log while a story is played into it (demonstrations only), or let them in again."""
    Log.objects.filter(id=log, demo=True).update(paused=paused)

"""Plays a scenario step by step, each time in a new partnership, so that it can be repeated."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from functools import partial
from typing import Any
from uuid import UUID

from apps.common import clock
from apps.common.errors import Conflict, Invalid, Refusal
from apps.record import readers
from negotiator.rehearsal import casting, references, stage, values
from negotiator.rehearsal.api import Answer, Api
from negotiator.rehearsal.browser import Browser
from negotiator.rehearsal.due import act_on_what_is_due
from negotiator.rehearsal.scenario import Scenario, Step
from negotiator.rehearsal.transports import Inside

PATIENCE = 60.0  # seconds until what workers do must have been done
GLANCE = 0.05  # seconds between two looks
READS = ("read_", "list_", "find_", "me")
SETTLES = frozenset({"close_round", "impose", "set_outside"})
CLIENTS_AT_ONCE = 8
FIRST_HOUR, APART = 9, timedelta(seconds=20)
"""When a day of the story begins, and how far apart acts are on it."""


def silent(_: str) -> None:
    """Says nothing."""


@dataclass
class Player:
    """Plays one scenario over one transport. `tell` gets a line for each thing worth telling.

    `known` holds what steps have kept, `tokens` and `browsers` how each of the cast acts: by the API, or by forms.
    """

    scenario: Scenario
    api: Api
    token: str
    tell: Callable[[str], None] = silent
    known: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)
    day: date | None = None
    acts: int = 0

    @property
    def inside(self) -> bool:
        """Whether it is played inside the process, where the clock can be moved and readers run at once."""
        return isinstance(self.api.transport, Inside)

    def play(self) -> None:
        """Found the partnership, seat the cast, then every step. Raises a `Refusal` naming the step at which it failed."""
        references.check(self.scenario, self.api.operations)
        self.day = next((step.on for step in self.scenario.steps if step.on), None)
        with self._moment():
            stage.set_up(self)
        for number, step in enumerate(self.scenario.steps, 1):
            try:
                self._step(step)
            except Refusal as error:
                raise type(error)(error.code, f"step {number}: {error.message}", error.fields) from error
        if self.inside and self.day:
            with self._moment():
                self._move_story(self.day)

    def ask(self, who: str, do: str, arguments: Mapping[str, Any], expect: Mapping[str, Any] | None = None) -> Any:
        """Let somebody of the cast (or, for an empty name, the founder) call an operation; returns the body of the answer."""
        token = self.token_of(who)
        answer = self.api.call(do, arguments, token)
        wrong = values.unmet(expect or {}, answer.status, answer.body)
        deadline = time.monotonic() + PATIENCE
        while wrong and expect and do.startswith(READS) and not self.inside and time.monotonic() < deadline:
            time.sleep(GLANCE)
            answer = self.api.call(do, arguments, token)
            wrong = values.unmet(expect, answer.status, answer.body)
        if wrong:
            raise Invalid("rehearsal.unexpected", f"{wrong}{_fields(answer)}.")
        return answer.body

    def everything(self, do: str, arguments: Mapping[str, Any]) -> Iterator[Any]:
        """All items of a list that comes in pieces."""
        after: dict[str, Any] = {}
        while True:
            piece = self.ask("", do, {**arguments, "limit": 100, **after})
            yield from piece["items"]
            if not piece.get("next"):
                return
            after = {"after": piece["next"]}

    def settle(self) -> None:
        """Wait until everything that follows from what was done has been done."""
        if self.inside:
            readers.advance_all(UUID(self.known["partnership"]["log"]))
            return
        deadline = time.monotonic() + PATIENCE
        while self.ask("", "read_record", {"partnership": self.known["partnership"]["id"]})["behind"]:
            if time.monotonic() > deadline:
                raise Conflict("rehearsal.workers", "The workers do not keep up: is a worker running?")
            time.sleep(GLANCE)

    def together(self, turns: Sequence[Callable[[], None]]) -> None:
        """Run these at the same time, each a client of its own; inside the process one after the other."""
        if self.inside:
            for turn in turns:
                turn()
            return
        with ThreadPoolExecutor(CLIENTS_AT_ONCE) as clients:
            list(clients.map(lambda turn: turn(), turns))

    def token_of(self, who: str) -> str:
        """With what somebody of the cast acts; the founder for an empty name."""
        if who and who not in self.tokens:
            raise Invalid("rehearsal.no_token", f"{who} cannot act here: give {who} a seat, a role or a mandate first.")
        return self.tokens[who] if who else self.token

    def _step(self, step: Step) -> None:
        if step.say:
            self.tell(step.say)
        if step.on is not None:
            self._move(step.on)
        if step.parallel:
            self.together([partial(self._in_turn, some) for some in _by_person(step.parallel)])
        elif step.do:
            self._do(step)
        if any(each.do in SETTLES for each in (step, *step.parallel)):
            with self._moment():
                self.settle()

    def _in_turn(self, steps: Iterable[Step]) -> None:
        for step in steps:
            self._do(step)

    def _do(self, step: Step) -> None:
        with self._moment():
            try:
                body = self._act(step)
            except Refusal as error:
                who = f"{step.by} {step.do}".strip()
                raise type(error)(error.code, f"{who}: {error.message}", error.fields) from error
        self.acts += not step.do.startswith(READS)
        if step.name:
            self.known[step.name] = body

    def _act(self, step: Step) -> Any:
        if step.do == "vote":
            return casting.vote(self, step)
        arguments = values.resolve(dict(step.with_), self.known)
        if step.do == "cast_ballot":
            return casting.cast(self, step.by, arguments, step.via, step.expect)
        if step.do in stage.SPECIAL and "holder" in arguments:
            return stage.SPECIAL[step.do](self, step.by, arguments, step.expect)
        return self.ask(step.by, step.do, arguments, step.expect)

    def _move(self, day: date) -> None:
        self.day = day
        self.acts = 0
        if not self.inside:
            self._move_story(day)
            return
        with self._moment():
            act_on_what_is_due(UUID(self.known["partnership"]["id"]))
            self.settle()

    def _move_story(self, day: date) -> None:
        self.ask("", "move_story", {"partnership": self.known["partnership"]["id"], "day": day.isoformat()})

    def _moment(self) -> AbstractContextManager[None]:
        """Inside the process each act gets a time of the story's day, a little after the one before."""
        if not self.inside or self.day is None:
            return nullcontext()
        return clock.moved_to(datetime.combine(self.day, clock_time(FIRST_HOUR), UTC) + APART * self.acts)


def _by_person(steps: Iterable[Step]) -> list[list[Step]]:
    """Steps of the same person stay in order, as nobody does two things at once."""
    turns: dict[str, list[Step]] = {}
    for step in steps:
        turns.setdefault(step.by, []).append(step)
    return list(turns.values())


def _fields(answer: Answer) -> str:
    fields = answer.body.get("fields") if isinstance(answer.body, dict) else None
    return f" ({'; '.join(f'{key}: {why}' for key, why in fields.items())})" if fields else ""

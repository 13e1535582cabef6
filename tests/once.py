"""Stories that are told once: what many tests begin with is played by the first of them, and the others find it there.

    @told_once
    def story(lismorrow: Lismorrow) -> Story: ...

is a fixture like any other. Its story is played and committed in a database of its own; every test that asks for it works in
that database, in a transaction that is undone, and gets objects of its own. A story may go on from other such stories, its
parameters, and from nothing else: what a test has written before would be missing in it, and is therefore refused.
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import Parameter, signature
from itertools import count
from typing import Any, ParamSpec, TypeVar

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.databases import copy, drop

P = ParamSpec("P")
T = TypeVar("T")
KEPT = 8  # stories at a time; the one that was asked for longest ago is forgotten, and told anew should it be asked for


def told_once(tell: Callable[P, T]) -> Callable[P, T]:
    """A fixture whose story is told once in each worker."""

    def fixture(stages: Stages, db: None, **before: Any) -> Iterator[T]:
        with stages.on(tell, before) as told:
            yield told

    asked = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in ("stages", "db", *signature(tell).parameters)]
    fixture.__signature__ = signature(tell).replace(parameters=asked)  # type: ignore[attr-defined]
    fixture.__doc__ = tell.__doc__
    return pytest.fixture(fixture, name=tell.__name__)


class Stage:
    """A database in which a story stands, and what telling it gave. Tests play on it in a transaction."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.connection: BaseDatabaseWrapper = connection.copy()
        self.connection.settings_dict["NAME"] = database
        self.told = b""

    def tell(self, tell: Callable[..., Any], before: dict[str, Any]) -> None:
        """Play the story in a transaction, as in a test: nothing follows from its commit."""
        with self._in_place(), transaction.atomic():
            self.told = pickle.dumps(tell(**before))
            connection.run_on_commit.clear()

    @contextmanager
    def played(self) -> Iterator[Any]:
        """What telling gave, anew; whatever is done with it is undone."""
        with self._in_place():
            self.begin()
            try:
                yield pickle.loads(self.told)
                if not connection.needs_rollback:
                    connection.check_constraints()
            finally:
                self.undo()

    def begin(self) -> None:
        self._transaction = transaction.atomic(using=self.connection.alias)
        self._transaction._from_testcase = True  # type: ignore[attr-defined] # durable blocks may begin within
        self._transaction.__enter__()

    def undo(self) -> None:
        transaction.set_rollback(True)
        self._transaction.__exit__(None, None, None)

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        before = connections["default"]
        connections["default"] = self.connection
        try:
            yield
        finally:
            connections["default"] = before


class Stages:
    """The stages of this worker, each copied from the one its story goes on from, the first from the empty template."""

    def __init__(self, template: str, prefix: str) -> None:
        self._template, self._prefix, self._numbers = template, prefix, count()
        self._stages: OrderedDict[tuple[Stage | None, Callable[..., Any]], Stage] = OrderedDict()
        self._playing: list[Stage] = []

    @contextmanager
    def on(self, tell: Callable[..., Any], before: dict[str, Any]) -> Iterator[Any]:
        """Play on the stage of a story that goes on from what is being played."""
        assert connection.in_atomic_block, "told once is no story for a test with connections of its own"
        assert not _has_written(), f"{tell.__name__} would not see what has been written before it in this test"
        base = self._playing[-1] if self._playing else None
        stage = self._stages.get((base, tell))
        if stage is None:
            stage = self._set_up(base)
            stage.tell(tell, before)
        self._stages[base, tell] = stage
        self._stages.move_to_end((base, tell))
        self._playing.append(stage)
        try:
            with stage.played() as told:
                yield told
        finally:
            self._playing.pop()
            self._forget()

    def close(self) -> None:
        for stage in self._stages.values():
            stage.connection.close()
        drop(*(stage.database for stage in self._stages.values()))

    def _set_up(self, base: Stage | None) -> Stage:
        name = f"{self._prefix}_{next(self._numbers)}"
        if base is None:
            copy(self._template, name)
        else:  # nobody may be connected to what is copied
            base.undo()
            base.connection.close()
            copy(base.database, name)
            base.begin()
        return Stage(name)

    def _forget(self) -> None:
        while not self._playing and len(self._stages) > KEPT:
            _, stage = self._stages.popitem(last=False)
            stage.connection.close()
            drop(stage.database)


def _has_written() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return bool(cursor.fetchone()[0])

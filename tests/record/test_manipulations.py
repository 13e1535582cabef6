"""Two hundred manipulations by chance, by somebody with every right in the database: each is found, and named."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from apps.record import checkpoints
from apps.record.domain.tree import Frontier, leaf_hash
from apps.record.models import Log
from apps.record.verify import verify_log
from tests.exchange.stories import moulded_measure
from tests.people import Lismorrow
from tests.record.test_verify import TABLES

pytestmark = pytest.mark.django_db
MANY = 200
KEPT_AT = "the first"


class Attacker:
    """Somebody with every right in the database, and no key. Every method gives what the findings must name."""

    def __init__(self, log: UUID, cursor: CursorWrapper, chance: random.Random) -> None:
        self.log, self.cursor, self.chance = log, cursor, chance
        self.size = Log.objects.get(id=log).size

    def run(self, statement: str, *values: Any) -> None:
        self.cursor.execute(statement, values)
        assert self.cursor.rowcount, statement

    def rows(self, statement: str, *values: Any) -> list[Any]:
        self.cursor.execute(statement, values)
        return list(self.cursor.fetchall())

    def any_seq(self) -> int:
        return self.chance.randrange(self.size)

    def a_byte_in_an_entry(self) -> str:
        seq = self.any_seq()
        ((body,),) = self.rows("SELECT body FROM record_entry WHERE log_id = %s AND seq = %s", self.log, seq)
        place = self.chance.randrange(len(body))
        other = bytes(body[:place]) + bytes([body[place] ^ 1 << self.chance.randrange(8)]) + bytes(body[place + 1 :])
        self.run("UPDATE record_entry SET body = %s WHERE log_id = %s AND seq = %s", other, self.log, seq)
        return f"entry {seq}"

    def a_byte_in_a_leaf(self) -> str:
        seq = self.any_seq()
        self.run(
            "UPDATE record_entry SET leaf = set_byte(leaf, 5, get_byte(leaf, 5) # 4) WHERE log_id = %s AND seq = %s",
            self.log,
            seq,
        )
        return f"entry {seq}"

    def a_node(self) -> str:
        level, index = self.chance.choice(self.rows("SELECT level, index FROM record_node WHERE log_id = %s", self.log))
        self.run(
            "UPDATE record_node SET hash = set_byte(hash, 9, get_byte(hash, 9) # 1)"
            " WHERE log_id = %s AND level = %s AND index = %s",
            self.log,
            level,
            index,
        )
        return f"node {level}/{index}"

    def two_entries_swapped(self) -> str:
        one, other = sorted(self.chance.sample(range(self.size), 2))
        self.run(
            "UPDATE record_entry a SET body = b.body, leaf = b.leaf FROM record_entry b WHERE a.log_id = %s"
            " AND b.log_id = a.log_id AND a.seq IN (%s, %s) AND b.seq IN (%s, %s) AND a.seq <> b.seq",
            self.log,
            *(one, other, one, other),
        )
        return f"entry {one}"

    def an_entry_taken_out(self) -> str:
        seq = self.chance.randrange(self.size - 1)
        self.run("DELETE FROM record_entry WHERE log_id = %s AND seq = %s", self.log, seq)
        return f"entry {seq} is missing"

    def the_tail_cut_with_its_checkpoints(self) -> str:
        left = self.size - self.chance.randint(1, 5)
        self.run("DELETE FROM record_entry WHERE log_id = %s AND seq >= %s", self.log, left)
        self.cursor.execute("DELETE FROM record_checkpoint WHERE log_id = %s AND size > %s", [self.log, left])
        self._rehash()
        return "the tail has been cut"

    def a_ballot(self) -> str:
        ballots = "SELECT id, seq, choice FROM deliberation_ballot WHERE salt IS NOT NULL OR round_id IN"
        open_rounds = "(SELECT id FROM deliberation_round WHERE secrecy = 'open')"
        id, seq, choice = self.chance.choice(self.rows(f"{ballots} {open_rounds}"))
        other = {"for": "against", "consent": "object"}.get(choice, "for")
        self.run("UPDATE deliberation_ballot SET choice = %s WHERE id = %s", other, id)
        return f"ballot of entry {seq}"

    def a_count(self) -> str:
        ((id, order),) = self.chance.sample(self.rows('SELECT id, "order" FROM deliberation_rounditem'), 1)
        self.run("UPDATE deliberation_rounditem SET outcome = 'blocked' WHERE id = %s", id)
        return f"item {order + 1}"

    def a_text(self) -> str:
        self.run("UPDATE record_text SET body = body || '.' WHERE id = (SELECT id FROM record_text LIMIT 1)")
        return "is not the one that was recorded"

    def a_verdict(self) -> str:
        ((id, seq),) = self.chance.sample(self.rows("SELECT id, seq FROM provenance_verdict"), 1)
        self.run("UPDATE provenance_verdict SET headline = 'Agreed by all.' WHERE id = %s", id)
        return f"verdict of entry {seq}"

    def history_rewritten_with_every_hash_made_anew(self) -> str:
        """An entry says something else, and leaves, nodes, head and checkpoints are made to fit: only an older checkpoint tells."""
        seq = self.chance.randrange(self.size // 2)
        ((body,),) = self.rows("SELECT body FROM record_entry WHERE log_id = %s AND seq = %s", self.log, seq)
        entry = json.loads(bytes(body))
        entry["by"] = {"system": "somebody"}
        other = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        self.run("UPDATE record_entry SET body = %s WHERE log_id = %s AND seq = %s", other, self.log, seq)
        self.cursor.execute("DELETE FROM record_checkpoint WHERE log_id = %s", [self.log])
        self._rehash()
        return KEPT_AT

    def _rehash(self) -> None:
        bodies = self.rows("SELECT seq, body FROM record_entry WHERE log_id = %s ORDER BY seq", self.log)
        leaves = [leaf_hash(bytes(body)) for _, body in bodies]
        for (seq, _), leaf in zip(bodies, leaves, strict=True):
            self.run("UPDATE record_entry SET leaf = %s WHERE log_id = %s AND seq = %s", leaf, self.log, seq)
        frontier, nodes = Frontier().append(leaves)
        self.cursor.execute("DELETE FROM record_node WHERE log_id = %s", [self.log])
        for level, index, value in nodes:
            self.run(
                "INSERT INTO record_node (log_id, level, index, hash) VALUES (%s, %s, %s, %s)",
                self.log,
                level,
                index,
                value,
            )
        head = (frontier.size, b"".join(frontier.hashes), self.log)
        self.run("UPDATE record_log SET size = %s, frontier = %s WHERE id = %s", *head)


WAYS: tuple[Callable[[Attacker], str], ...] = (
    Attacker.a_byte_in_an_entry,
    Attacker.a_byte_in_a_leaf,
    Attacker.a_node,
    Attacker.two_entries_swapped,
    Attacker.an_entry_taken_out,
    Attacker.the_tail_cut_with_its_checkpoints,
    Attacker.a_ballot,
    Attacker.a_count,
    Attacker.a_text,
    Attacker.a_verdict,
    Attacker.history_rewritten_with_every_hash_made_anew,
)


def test_each_of_two_hundred_manipulations_is_found_and_named(
    lismorrow: Lismorrow, tmp_path: Path, settings: Any
) -> None:
    moulded_measure(lismorrow)
    kept = checkpoints.publish(lismorrow.log).note
    settings.CHECKPOINT_DIR = tmp_path / "none"  # nothing outside the database but the checkpoint that somebody kept
    log = Log.objects.get(id=lismorrow.log)
    assert list(verify_log(log, [kept])) == []
    chance = random.Random(9162)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET ROLE NONE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for number in range(MANY):
            way = WAYS[number % len(WAYS)]
            with transaction.atomic():
                expected = way(Attacker(lismorrow.log, cursor, chance))
                found = [str(finding) for finding in verify_log(Log.objects.get(id=lismorrow.log), [kept])]
                assert any(expected in finding for finding in found), (number, way.__name__, expected, found)
                transaction.set_rollback(True)
    assert list(verify_log(log, [kept])) == []

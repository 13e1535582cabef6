"""`rehearse` against a whole server: programs, sockets and a browser's forms vote at the same time; a worker does the rest."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from apps.deliberation.models import Ballot
from apps.partnerships.models import Partnership
from apps.record import selectors as record
from tests.e2e.conftest import Server
from tests.rehearsal.story import last_of, story

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def rehearse(server: Server, told: dict[str, Any]) -> "subprocess.CompletedProcess[str]":
    file = server.folder / "story.json"
    file.write_text(json.dumps(told))
    command = [sys.executable, "manage.py", "rehearse", str(file), "--url", server.url]
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(command, env=server.env, cwd=root, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("via", ["api", "socket"])
def test_a_story_is_played_by_real_clients_again_and_again(server: Server, via: str) -> None:
    told = story()
    last_of(told, "vote")["via"] = via
    for _ in range(2):
        done = rehearse(server, told)
        assert (done.returncode, done.stderr) == (0, "")
        assert "S        agreed    0.8875  1.0000  negotiated, emergent  Agreed by all 3 groups" in done.stdout
        newest = Partnership.objects.order_by("-founded_at")[0]
        assert done.stdout.endswith(f"record verified: {record.size(newest.log_id)} entries\n")
        cast = Ballot.objects.filter(round__framework__partnership=newest).values_list("seat__label", "choice")
        assert sorted(cast) == [("A1", "for"), ("A2", "for"), ("F1", "for"), ("F2", "abstain"), ("U1", "for")]
    assert Partnership.objects.count() == 2


def test_who_joins_by_a_link_votes_by_the_pages_form(server: Server) -> None:
    done = rehearse(server, story())
    assert done.returncode == 0, done.stderr
    partnership = Partnership.objects.get()
    pat = Ballot.objects.get(seat__label="U1")
    held = pat.seat.holdings.get()
    assert held.person.name == "Pat"
    assert not held.person.tokens.exists()
    assert record.entry(partnership.log_id, pat.seq).by["seat"] == str(pat.seat_id)


def test_a_story_that_ends_otherwise_is_exit_1(server: Server) -> None:
    done = rehearse(server, story(table=[{"measure": "$sleep.element", "label": "imposed, planned"}]))
    assert done.returncode == 1
    assert "not as expected: S: label is negotiated, emergent instead of imposed, planned" in done.stdout
    told = story()
    last_of(told, "impose")["expect"] = {"status": 201}
    done = rehearse(server, told)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("step 13: helen impose: status 403")

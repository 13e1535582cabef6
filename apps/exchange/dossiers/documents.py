"""The parts of a dossier for spreadsheets and other programs: a timeline, W3C PROV, a data description, a first page."""

import mimetypes
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from apps.exchange.domain import tables
from apps.exchange.domain.naming import About
from apps.exchange.domain.reading import Told
from apps.exchange.domain.telling import Teller

ABOUT = {
    "dossier.json": "What this dossier is of, and the public keys it can be checked with.",
    "entries.jsonl": "The entries of the record that belong here, one on each line: the very bytes that were hashed.",
    "texts.jsonl": "The words the entries speak of, with the salt that ties them to the digest in the entry.",
    "opened.jsonl": "Private ballots as opened at the count: choice, and the salt of the voter's commitment.",
    "checkpoint.txt": "The signed size and root of the record (c2sp.org/tlog-checkpoint).",
    "checkpoints-before.json": "Checkpoints published before, with proofs that the record has only grown since.",
    "tree.json": "Hashes that lead from the entries here to the root in the checkpoint.",
    "history.json": "The acts on this element, as `score` reads them.",
    "verdict.json": "Where this element stands, with every term of the computation.",
    "timeline.csv": "Every entry as a line of a table.",
    "prov.json": "The same as provenance in W3C PROV-JSON.",
    "story.html": "The story, to be read.",
    "verify.html": "Checks this dossier in a browser, without network.",
    "verify.py": "Checks this dossier with Python 3.11 or newer, without anything else.",
    "README.txt": "Where to begin.",
}
TIMELINE = ("seq", "at", "type", "who", "what", "words")
KINDS = {".jsonl": "application/jsonl", ".tlog-proof": "text/plain", ".py": "text/x-python"}
README = """{title}

This is a dossier of the record {origin}: everything somebody
needs to check, away from where it was made, how this {kind} came to be.

  story.html    read it
  verify.html   open it in a browser and give it the ZIP file: it checks everything, without network
  verify.py     the same on a command line: python3 verify.py DOSSIER.zip

The record had {size} entries when this was made ({made}).
Key: {key}

Names of people are not in here. Words that were removed on request before it was made are not either; whoever took a
dossier earlier may still have them.
"""


def timeline(told: Told, words: Mapping[str, str]) -> bytes:
    """Every entry as a row."""
    teller = Teller(told, words)
    rows = (
        (e.seq, e.at, e.type, teller.who(e), teller.what(e), _safe(" | ".join(teller.why(e))))
        for e in told.entries.values()
    )
    return tables.table(TIMELINE, rows)


def prov(about: About, told: Told) -> bytes:
    """W3C PROV-JSON: each act an activity, each version of the element an entity, each group and system part an agent."""
    entities: dict[str, Any] = {}
    activities: dict[str, Any] = {}
    agents: dict[str, Any] = {}
    links: dict[str, dict[str, Any]] = {"wasAssociatedWith": {}, "wasGeneratedBy": {}, "wasInformedBy": {}}
    teller = Teller(told, {})
    for entry in told.entries.values():
        if entry.type == "ballot.cast":
            continue
        act, agent = f"log:{entry.seq}", f"who:{_slug(teller.who(entry))}"
        activities[act] = {"prov:startTime": entry.at, "prov:endTime": entry.at, "prov:type": entry.type}
        agents[agent] = {"prov:label": teller.who(entry)}
        links["wasAssociatedWith"][f"_:a{entry.seq}"] = {"prov:activity": act, "prov:agent": agent}
        if entry.because is not None and entry.because in told.entries:
            links["wasInformedBy"][f"_:i{entry.seq}"] = {"prov:informed": act, "prov:informant": f"log:{entry.because}"}
        if entry.type == "element.changed":
            name = f"log:{entry.on['element']}/{entry.data['number']}"
            entities[name] = {
                "prov:label": f"{entry.data['code']}, version {entry.data['number']}",
                "prov:type": entry.data["kind"],
            }
            links["wasGeneratedBy"][f"_:g{entry.seq}"] = {
                "prov:entity": name,
                "prov:activity": act,
                "prov:time": entry.at,
            }
    prefix = {"log": f"https://{about.origin}#", "who": f"https://{about.origin}#who-"}
    document = {"prefix": prefix, "entity": entities, "activity": activities, "agent": agents, **links}
    return tables.document({key: value for key, value in document.items() if value})


def data_package(about: About, files: Mapping[str, bytes]) -> bytes:
    """The Frictionless description of the files (datapackage.org, version 1)."""
    resources = [_resource(name, body) for name, body in files.items()]
    return tables.document(
        {
            "profile": "data-package",
            "name": f"dossier-{about.kind}-{about.id}",
            "title": about.title,
            "created": about.made_at,
            "resources": resources,
        }
    )


def readme(about: About, size: int) -> bytes:
    """The first page."""
    values = {"title": about.title, "origin": about.origin, "kind": about.kind, "size": size, "made": about.made_at}
    return README.format(**values, key=about.keys[-1]).encode()


def base64_of(value: bytes) -> str:
    """Standard base64."""
    return b64encode(value).decode()


def _resource(name: str, body: bytes) -> dict[str, Any]:
    ending = f".{name.rpartition('.')[2]}"
    kind = KINDS.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    about = {
        "name": _slug(name),
        "path": name,
        "mediatype": kind,
        "bytes": len(body),
        "hash": f"sha256:{sha256(body).hexdigest()}",
    }
    if name in ABOUT:
        about["description"] = ABOUT[name]
    if ending == ".csv":
        header = body.split(b"\n", 1)[0].decode().split(",")
        types = {"seq": "integer", "seats": "integer"}
        fields = [{"name": field, "type": types.get(field, "string")} for field in header]
        about |= {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": {"fields": fields}}
    return about


def _slug(text: str) -> str:
    return "".join(char if char.isalnum() and char.isascii() else "-" for char in text.lower()).strip("-") or "nobody"


def _safe(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell

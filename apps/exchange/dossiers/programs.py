"""The verifiers that travel in a dossier: this project's own modules in one Python file, and the page for a browser."""

import ast
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[3]
START = "apps.exchange.domain.command"
STANDING_IN = {
    "orjson": "apps.exchange.standalone.canonical_json",
    "rfc8785": "apps.exchange.standalone.jcs",
    "cryptography.exceptions": "apps.exchange.standalone.ed25519",
    "cryptography.hazmat.primitives.asymmetric.ed25519": "apps.exchange.standalone.ed25519",
}
"""Libraries the modules use, and what this file carries in their place. Only `cryptography` is preferred where it is there."""
LOADER = '''#!/usr/bin/env python3
"""Verifies a dossier: hashes, proofs, signatures, votes and verdict. Needs Python 3.11 or newer and nothing else.

    python3 verify.py DOSSIER.zip           the file as it was downloaded
    python3 verify.py FOLDER                the folder it was unpacked to; without an argument, where this program lies
    --key KEY                               a public key you trust, instead of the one inside
    --checkpoint FILE                       a checkpoint of the record that you kept

Exit code 0: verified; 1: something is wrong, and is named; 2: the call itself was wrong. It opens no connection.
Below stand the modules of the platform that make and count the record, each as it is there, and this loader.
Licence: Apache-2.0.
"""

import importlib.util
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec

if sys.version_info < (3, 11):
    sys.exit("verify.py needs Python 3.11 or newer.")

STANDING_IN = {standing_in!r}
MODULES = {{}}
{modules}

class Carried(MetaPathFinder, Loader):
    """Imports the modules this file carries, before any that lie on this machine."""

    def find_spec(self, name, path=None, target=None):
        if name not in MODULES:
            return None
        return ModuleSpec(name, self, is_package=any(other.startswith(name + ".") for other in MODULES))

    def exec_module(self, module):
        name = module.__name__
        exec(compile(MODULES[name], "verify.py: " + name, "exec"), module.__dict__)


def stand_in():
    """Give the libraries the modules use: from this file, or the machine's own `cryptography`, which is faster."""
    own = importlib.util.find_spec("cryptography") is not None
    for library, carried in STANDING_IN.items():
        if own and library.startswith("cryptography"):
            continue
        MODULES[library] = MODULES[carried]
        parent = library
        while parent := parent.rpartition(".")[0]:
            MODULES.setdefault(parent, "")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    stand_in()
    sys.meta_path.insert(0, Carried())
    from {start} import main

    sys.exit(main(sys.argv[1:]))
'''
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; script-src 'sha256-{script_hash}'; style-src 'sha256-{style_hash}'">
<title>Verify a dossier</title>
<style>{style}</style>
</head>
<body>
<main id="verifier">
<noscript>This page computes everything itself and needs JavaScript. Without it, use verify.py.</noscript>
</main>
<script type="module">{script}</script>
</body>
</html>
"""


@cache
def python_program() -> bytes:
    """The single-file program: every module that `record verify DOSSIER` runs on, as its source stands here."""
    names = _closure([START, *sorted(set(STANDING_IN.values()))])
    sources = {name: _source(name) for name in sorted(names)}
    modules = "\n".join(f"MODULES[{name!r}] = {_literal(source)}" for name, source in sources.items())
    return LOADER.format(standing_in=STANDING_IN, modules=modules, start=START).encode()


@cache
def page() -> bytes:
    """The self-contained page: its script and style stand in it, and its content policy allows nothing else."""
    built = Path(settings.VERIFIER_DIST)
    script, style = (built / "verify.js").read_text(), (built / "verify.css").read_text()
    if "</script" in script or "</style" in style:
        raise ValueError("the verifier's script or style would end its own tag")
    return PAGE.format(script=script, style=style, script_hash=_hash(script), style_hash=_hash(style)).encode()


def _closure(start: list[str]) -> set[str]:
    """The named modules, everything of ours they import, and the packages these lie in."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name in found or not name.startswith("apps"):
            continue
        found.add(name)
        waiting += [name.rpartition(".")[0], *_imports(name)]
    return found


def _imports(name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(_source(name))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (inner for alias in node.names if _path(inner := f"{node.module}.{alias.name}").exists())
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _source(name: str) -> str:
    path = _path(name)
    return path.read_text() if path.exists() else ""


def _path(name: str) -> Path:
    folder = ROOT.joinpath(*name.split("."))
    package = folder / "__init__.py"
    return package if package.exists() else folder.with_suffix(".py")


def _literal(source: str) -> str:
    """A Python literal that can be read: raw and over several lines where the text allows it."""
    if "'''" in source or source.endswith(("'", "\\")):
        return repr(source)
    return f"r'''\n{source}'''"


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()

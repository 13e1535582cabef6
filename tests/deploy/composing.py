"""Reading what a deployment is made of, as the tools that run it do: docker-compose.yml, Dockerfile, deploy/env.example."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
OURS = ("web", "sockets", "worker", "beat", "migrate")
ENGINES = ("postgres", "valkey")
HOST = "outcomes.example.org"
FILLED = {
    "SITE_HOST": HOST,
    "RECORD_ORIGIN": f"{HOST}/log",
    "SECRET_KEY": "b7Jq2zKxW9pLr4TnV6mYc8HdG3sFa5UeQ1oXiZtCvNyBwMkRgEhDjSuPfA",
    "DATABASE_OWNER_PASSWORD": "owner-Zq8vT2nLx5cWm9pRb4Ky7",
    "DATABASE_APP_PASSWORD": "web-Hd3sFa6UeQ1oXiZtCvNy8",
    "VALKEY_PASSWORD": "valkey-Bw5MkRgEhDjSuPfA2zKx",
    "EMAIL_URL": "smtp+tls://negotiator:Vn4mYc8HdG3s@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": f"Negotiator <negotiator@{HOST}>",
}
"""What an operator's .env says, with secrets made up for the tests."""

_VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\})")


class Missing(Exception):
    """The compose tool would stop here and say this."""


def compose(values: Mapping[str, str] = FILLED) -> dict[str, Any]:
    """docker-compose.yml with its variables replaced. Raises Missing where one must be set and is not."""
    return dict(_filled(yaml.safe_load((ROOT / "docker-compose.yml").read_text()), values))


def services(values: Mapping[str, str] = FILLED) -> dict[str, dict[str, Any]]:
    """The services by name."""
    return dict(compose(values)["services"])


def _filled(node: Any, values: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _filled(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(value, values) for value in node]
    return _interpolated(node, values) if isinstance(node, str) else node


def _interpolated(text: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        if found["dollar"]:
            return "$"
        given = values.get(found["name"], "")
        if given or found["kind"] is None:
            return given
        if found["kind"] == "?":
            raise Missing(f"{found['name']}: {found['rest']}")
        return found["rest"]

    replaced = _VARIABLE.sub(value, text)
    assert "${" not in replaced, f"not understood: {text}"
    return replaced


def example() -> dict[str, str]:
    """The values of deploy/env.example."""
    lines = (DEPLOY / "env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def variables_of_compose() -> set[str]:
    """The names docker-compose.yml asks its surroundings for."""
    return {found["name"] for found in _VARIABLE.finditer((ROOT / "docker-compose.yml").read_text()) if found["name"]}


def read_by_settings() -> set[str]:
    """The names negotiator/settings.py reads from the environment."""
    return set(_names(ast.parse((ROOT / "negotiator" / "settings.py").read_text())))


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="env")), args=[ast.Constant(value=str(name)), *_]):
                yield name


@dataclass(frozen=True)
class Step:
    """One instruction of the Dockerfile: its stage (counted from 0), its word and what follows."""

    stage: int
    word: str
    rest: str


def dockerfile() -> list[Step]:
    """The Dockerfile's instructions, continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    steps, stage = [], -1
    for line in filter(str.strip, text.splitlines()):
        word, _, rest = line.partition(" ")
        stage += word == "FROM"
        steps.append(Step(stage, word, " ".join(rest.split())))
    return steps


def copied(stage: int) -> list[tuple[list[str], str]]:
    """What a stage copies from the checkout: (sources, target). What comes from another stage is left out."""
    copies = [step.rest.split() for step in dockerfile() if step.stage == stage and step.word == "COPY"]
    return [(words[:-1], words[-1]) for words in copies if not words[0].startswith("--from")]


def image_environment() -> dict[str, str]:
    """The variables the image itself sets."""
    last = dockerfile()[-1].stage
    pairs = " ".join(step.rest for step in dockerfile() if step.stage == last and step.word == "ENV")
    return dict(pair.split("=", 1) for pair in pairs.split())


def environment_of(service: str) -> dict[str, str]:
    """All that a process of ours finds in its environment."""
    return {**image_environment(), **services()[service]["environment"]}

"""Reading a page as a person does: its words without markup, its forms as they would be sent."""

import html
import re
from html.parser import HTMLParser
from typing import Any, Protocol


class Answer(Protocol):
    """Anything with the bytes of a page."""

    @property
    def content(self) -> bytes: ...


def words(answer: Answer) -> str:
    """The text of a page, on one line."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode().replace("<wbr>", ""))
    return " ".join(html.unescape(text).split())


class _Forms(HTMLParser):
    """Collects what a browser would send of each form."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.area: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "option" and self.select and ("selected" in found or self.select not in self.forms[-1]["values"]):
            self.forms[-1]["values"][self.select] = found.get("value") or ""
        if tag == "form":
            self.forms.append({"action": found.get("action") or "", "values": {}, "text": ""})
        name = found.get("name")
        if not self.forms or not name:
            return
        values = self.forms[-1]["values"]
        if tag == "input" and found.get("type") in {"radio", "checkbox"}:
            if "checked" in found:
                values.setdefault(name, []).append(found.get("value", "on"))
        elif tag == "input":
            values[name] = found.get("value") or ""
        elif tag == "textarea":
            self.area = name
            values[name] = ""
        elif tag == "select":
            self.select = name

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None
        if tag == "select":
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.forms:
            self.forms[-1]["text"] += data
        if self.area is not None:
            self.forms[-1]["values"][self.area] += data.lstrip("\n")


def forms_of(answer: Answer) -> list[dict[str, Any]]:
    """The forms of a page: where each goes and what it would send untouched."""
    parser = _Forms()
    parser.feed(answer.content.decode())
    return parser.forms


def values_of(answer: Answer) -> dict[str, Any]:
    """What the page's longest form would send untouched."""
    found: list[dict[str, Any]] = [form["values"] for form in forms_of(answer)]
    return max(found, key=len)


def seen_of(answer: Answer) -> dict[str, Any]:
    """What the page that shows what comes near would send on."""
    found: dict[str, Any] = next(form["values"] for form in forms_of(answer) if "seen" in form["values"])
    return found

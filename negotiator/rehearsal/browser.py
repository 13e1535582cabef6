"""Pages as a browser without scripts reads them: find a form, fill it in, send it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol

from apps.common.errors import Invalid


@dataclass(frozen=True)
class Page:
    """What came back after redirects: the HTTP status, the path one ended at, the HTML."""

    status: int
    path: str
    html: str


class Browser(Protocol):
    """Keeps cookies and follows redirects."""

    def open(self, path: str) -> Page:
        """Open a page."""

    def send(self, path: str, fields: Mapping[str, str]) -> Page:
        """Send a form to a path."""


@dataclass
class Form:
    """A form that is sent by POST: where to (empty: the page it stands on), what it holds, and what can be chosen."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    fixed: set[str] = field(default_factory=set)
    choices: dict[str, set[str]] = field(default_factory=dict)

    def takes(self, wanted: Mapping[str, str]) -> bool:
        """Whether it has all these fields, with these values where a value is fixed or chosen from a list."""
        return all(name in self.values and self._allows(name, value) for name, value in wanted.items())

    def _allows(self, name: str, value: str) -> bool:
        if name in self.fixed:
            return self.values[name] == value
        return name not in self.choices or value in self.choices[name]


class _Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = about.get("method", "").lower() == "post"
            if self.inside:
                self.forms.append(Form(about.get("action", "")))
        elif self.inside and tag in {"input", "textarea", "select"} and about.get("name"):
            self._add(self.forms[-1], about["name"], about)

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"

    def _add(self, form: Form, name: str, about: dict[str, str]) -> None:
        value, kind = about.get("value", ""), about.get("type", "text")
        if kind == "radio":
            form.choices.setdefault(name, set()).add(value)
            value = value if "checked" in about else form.values.get(name, "")
        if kind == "hidden":
            form.fixed.add(name)
        form.values[name] = value


def forms_of(html: str) -> list[Form]:
    """The forms of a page, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def fill_in(browser: Browser, page: Page, wanted: Mapping[str, str]) -> Page:
    """Fill these values into the form of a page that is made for them, and send it. Gives the page one ends at.

    Raises `Invalid` (rehearsal.unexpected) where the page has no such form.
    """
    form = next((each for each in forms_of(page.html) if each.takes(wanted)), None)
    if page.status >= 400 or form is None:
        said = f"the page {page.path} (status {page.status}) has no form for {', '.join(wanted)}."
        raise Invalid("rehearsal.unexpected", said)
    return browser.send(form.action or page.path, {**form.values, **wanted})

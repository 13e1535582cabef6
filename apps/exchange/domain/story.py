"""The story of a dossier as one page to read: written from its entries, so that whoever checks can write it again."""

from collections.abc import Mapping
from html import escape

from apps.exchange.domain.naming import About
from apps.exchange.domain.reading import Told
from apps.exchange.domain.telling import Teller
from apps.record.domain.entry import Entry

HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1.0625rem/1.55 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 4rem;
  color: CanvasText; background: Canvas; }}
h1 {{ font-size: 1.75rem; line-height: 1.2; }} ol {{ list-style: none; padding: 0; border-inline-start: 2px solid GrayText; }}
li {{ padding: 0 0 1.1rem 1rem; }} .when {{ margin: 0; font-size: .875rem; }} .what {{ margin: .1rem 0; font-weight: 600; }}
blockquote {{ margin: .4rem 0 0; padding-inline-start: .8rem; border-inline-start: 2px solid GrayText;
  white-space: pre-line; overflow-wrap: anywhere; }}
p, li {{ overflow-wrap: anywhere; }}
</style>
</head>
<body>
<main>
"""


def story_page(about: About, told: Told, words: Mapping[str, str]) -> bytes:
    """The page: what it is of, and every entry in order; ballots are counted, not listed."""
    teller = Teller(told, words)
    shown = [entry for entry in told.entries.values() if entry.type != "ballot.cast"]
    ballots = len(told.entries) - len(shown)
    lines = [
        HEAD.format(title=escape(about.title)),
        f"<h1>{escape(about.title)}</h1>",
        f"<p>How this {about.kind} came to be, from the record <code>{escape(about.origin)}</code>. {len(shown)} acts are"
        f" told here in order; {ballots} ballots are in <code>entries.jsonl</code>.</p>",
        "<p>To check that this is what was recorded, open <code>verify.html</code> or run <code>verify.py</code>.</p>",
        "<ol>",
        *(_item(teller, entry) for entry in shown),
        "</ol>\n</main>\n</body>\n</html>\n",
    ]
    return "\n".join(lines).encode()


def _item(teller: Teller, entry: Entry) -> str:
    when = f"{entry.at[:10]} {entry.at[11:16]} UTC · {teller.who(entry)} · entry {entry.seq}"
    quotes = "".join(f"<blockquote>{escape(words)}</blockquote>" for words in teller.why(entry))
    return f'<li><p class="when">{escape(when)}</p><p class="what">{escape(teller.what(entry))}</p>{quotes}</li>'

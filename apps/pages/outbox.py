"""The outbox of a development server: the mails it would have sent, so that one can sign in. Not there in production."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from apps.pages.web import show

MAILS_SHOWN = 30


@dataclass(frozen=True)
class Mail:
    """One mail as its reader would see it."""

    to: str
    subject: str
    date: str
    body: str


def outbox(request: HttpRequest) -> HttpResponse:
    """The newest mails, newest first."""
    return show(
        request,
        "pages/outbox.html",
        title="Outbox",
        sentence="This development server sends no mail. What it would have sent stands here, newest first.",
        mails=mails(Path(settings.OUTBOX_DIR)),
    )


def mails(folder: Path) -> list[Mail]:
    """The newest mails of a folder written by the file backend, newest first. A file can hold several."""
    files = (
        sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True) if folder.is_dir() else []
    )
    found = [mail for file in files[:MAILS_SHOWN] for mail in reversed(_read(file))]
    return found[:MAILS_SHOWN]


def _read(file: Path) -> list[Mail]:
    rule = b"-" * 79
    parts = [part.strip() for part in file.read_bytes().split(rule) if part.strip()]
    return [_mail(message_from_bytes(part, policy=policy.default)) for part in parts]


def _mail(message: EmailMessage) -> Mail:
    body = message.get_body(("plain",))
    words = body.get_content() if body else ""
    return Mail(str(message["To"]), str(message["Subject"]), str(message["Date"]), str(words))

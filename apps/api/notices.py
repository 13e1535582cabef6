"""What I have been told."""

from typing import Any

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Given, Shape, Window, page_of
from apps.notifications.models import Notice
from apps.notifications.selectors import notices_for, words_of
from apps.notifications.services import mark_read
from apps.notifications.wording import Told


class NoticeWindow(Window):
    """Which notices."""

    unread = serializers.BooleanField(default=False)


class MarkRead(Given):
    """Which of my notices I have read; left out: all of them."""

    notices = serializers.ListField(child=serializers.UUIDField(), max_length=100, required=False)


class NoticeShown(Shape):
    """A notice: which entry of which partnership's record it tells of, in words, and the page to go on."""

    id = serializers.UUIDField()
    partnership = serializers.UUIDField()
    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
    mailed_at = serializers.DateTimeField(allow_null=True)
    subject = serializers.CharField()
    lines = serializers.ListField(child=serializers.CharField())
    path = serializers.CharField()


class Marked(Shape):
    """How many notices were marked as read."""

    marked = serializers.IntegerField()


class Notices(Operations):
    """What everybody in a partnership is told of."""

    family = "people"

    @operation(query=NoticeWindow, answer=page_of(NoticeShown))
    def list_notices(self, ask: Ask) -> dict[str, Any]:
        """My notices, newest first."""
        found = page(ask, notices_for(ask.signed_in(), unread=ask.query["unread"]), "at", newest_first=True)
        told = words_of(found["items"])
        found["items"] = [_shown(notice, told[notice.id]) for notice in found["items"] if notice.id in told]
        return found

    @operation(body=MarkRead, answer=Marked)
    def mark_notices_read(self, ask: Ask) -> dict[str, int]:
        """Mark my notices as read."""
        return {"marked": mark_read(by=ask.signed_in(), notices=ask.data.get("notices"))}


def _shown(notice: Notice, told: Told) -> dict[str, Any]:
    return {
        "id": notice.id,
        "partnership": notice.partnership_id,
        "seq": notice.seq,
        "at": notice.at,
        "read_at": notice.read_at,
        "mailed_at": notice.mailed_at,
        "subject": told.subject,
        "lines": told.lines,
        "path": told.path,
    }

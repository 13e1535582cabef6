"""Search over everything one may see."""

from typing import Any

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.shapes import Given, Line, Shape
from apps.deliberation.searching import CLOSE_MARK, LONGEST, OPEN_MARK, search


class Search(Given):
    """Words, all of which must be there, or words that begin with them."""

    q = Line(max_length=LONGEST)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=50)


class Hit(Shape):
    """Something that says it: `id` is the element's, proposal's or round's whose resource shows it."""

    what = serializers.ChoiceField(["element", "proposal", "offer", "comment", "element_comment", "round"])
    id = serializers.UUIDField()
    framework = serializers.UUIDField()
    code = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    passage = serializers.SerializerMethodField()

    def get_passage(self, found: Any) -> str:
        return str(found.passage).replace(OPEN_MARK, "").replace(CLOSE_MARK, "")


class Hits(Shape):
    """What was found, best first."""

    items = Hit(many=True)


class Searching(Operations):
    """Looking for words."""

    family = "search"

    @operation(query=Search, answer=Hits)
    def search(self, ask: Ask) -> dict[str, Any]:
        """Elements, proposals, offers of change, comments and rounds that say these words, in what one may read."""
        return {"items": search(ask.person, ask.query["q"], limit=ask.query["limit"])}

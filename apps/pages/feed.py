"""The record as an Atom feed (RFC 4287): what was done last, for any news reader."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from apps.deliberation.presenting.showing import TOLD_ELSEWHERE
from apps.deliberation.selectors import visible_entries
from apps.pages.present.entries import line_of
from apps.pages.present.names import names_for
from apps.pages.web import person_of
from apps.partnerships.selectors import open_partnership
from apps.record.domain import entry as domain

LENGTH = 50


def feed(request: HttpRequest, id: UUID) -> HttpResponse:
    """The newest acts that this reader may see; without ballots and hands, which tell nothing one by one."""
    actor = open_partnership(person_of(request), id)
    entries = visible_entries(actor, actor.log, without=TOLD_ELSEWHERE, limit=LENGTH, newest=True)
    names = names_for(actor.partnership, entries)
    home = request.build_absolute_uri(reverse("record", args=[id]))
    made = Atom1Feed(
        title=actor.partnership.name,
        link=home,
        description="What was done here, act by act.",
        feed_url=request.build_absolute_uri(),
        feed_guid=f"urn:uuid:{actor.log}",
        language="en",
    )
    for entry in reversed(entries):
        line, at = line_of(actor.partnership, entry, names), domain.moment(entry.at)
        made.add_item(
            title=line.act,
            link=request.build_absolute_uri(line.url),
            description=line.why or line.act,
            author_name=line.who or "The record",
            pubdate=at,
            updateddate=at,
            unique_id=f"urn:uuid:{actor.log}#{entry.seq}",
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")

"""What somebody has been told: of what was set alone, what lapsed, which reviews are due."""

from django.http import HttpRequest, HttpResponse

from apps.notifications.selectors import notices_for, shown, unread_count
from apps.notifications.services import mark_read
from apps.pages.present.words import number_of
from apps.pages.shown import Step
from apps.pages.web import done, show, signed_in

SHOWN = 100


def notices(request: HttpRequest) -> HttpResponse:
    """The newest notices of who asks; all can be marked as read at once."""
    person = signed_in(request)
    if request.method == "POST":
        mark_read(by=person)
        return done(request, "All are marked as read.", "notices")
    unread = unread_count(person)
    return show(
        request,
        "pages/notices.html",
        title="What you have been told",
        sentence=f"{number_of(unread, 'notice')} you have not read.".capitalize(),
        where=[Step("What you have been told")],
        notices=shown(list(notices_for(person)[:SHOWN])),
        unread=unread,
    )

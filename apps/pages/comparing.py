"""Two versions of a proposal, side by side and in one column."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.pages.forms.versions import VersionsForm
from apps.pages.present.proposals import stand_of
from apps.pages.present.side_by_side import pairs_of
from apps.pages.present.values import changes_of
from apps.pages.proposal import proposal_page
from apps.pages.web import person_of, show
from apps.proposals.domain.patch import between
from apps.proposals.selectors import open_proposal


def versions(request: HttpRequest, id: UUID) -> HttpResponse:
    """What two versions differ in."""
    actor, found = open_proposal(person_of(request), id)
    stand = stand_of(actor, found)
    form = VersionsForm(request.GET.dict(), [version.number for version in stand.versions])
    older, newer = form.chosen()
    by_number = {version.number: version for version in stand.versions}
    old, new = stand.after(by_number[older]), stand.after(by_number[newer])
    page = proposal_page(
        stand, "Two versions side by side", f"Version {older} and version {newer}.", "pages/versions.html"
    )
    return show(
        request,
        **page,
        form=form,
        older=older,
        newer=newer,
        pairs=pairs_of(found.kind, old, new, stand.names),
        changes=changes_of(found.kind, old, between(old, new), stand.names),
    )

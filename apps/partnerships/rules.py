"""Who may do what in a partnership: small questions with a yes or a no."""

from apps.common.errors import NotAllowed, NotFound, NotSignedIn
from apps.partnerships.actors import Actor
from apps.partnerships.models import GroupKind, StakeholderGroup, Visibility


def can_read(actor: Actor) -> bool:
    """A public partnership is readable without an account; another by its members only."""
    return actor.partnership.visibility == Visibility.PUBLIC or actor.is_member


def can_convene(actor: Actor) -> bool:
    return actor.is_convenor


def can_see_names(actor: Actor, group: StakeholderGroup) -> bool:
    """Members see who sits for a group; who sits for people who use services, only the convenor."""
    return actor.is_convenor or (actor.is_member and group.kind != GroupKind.USERS)


def audience_of(actor: Actor) -> str:
    """Whom one belongs to, of the record's audiences: public, member, facilitator, auditor."""
    if actor.is_auditor:
        return "auditor"
    if actor.is_convenor:
        return "facilitator"
    return "member" if actor.is_member else "public"


def require_reader(actor: Actor) -> None:
    """Refuse without revealing that there is something to refuse."""
    if not can_read(actor):
        raise NotFound(
            "partnership.unknown", "There is no such partnership, or it is for members only: sign in to see yours."
        )


def require_member(actor: Actor) -> None:
    if actor.person is None:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")
    if not actor.is_member:
        raise NotAllowed("person.not_member", "Only members of this partnership can see this.")


def require_officer(actor: Actor) -> None:
    if actor.person is None:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")
    if not actor.is_officer:
        raise NotAllowed("role.not_officer", "Only the data protection officer of this partnership can do this.")


def require_auditor(actor: Actor) -> None:
    if actor.person is None:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")
    if not actor.is_auditor:
        raise NotAllowed("role.not_auditor", "Only an auditor named in the partnership agreement can do this.")


def require_overseer(actor: Actor) -> None:
    """The convenor and the auditors see how the record is looked after."""
    if actor.person is None:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")
    if not (actor.is_convenor or actor.is_auditor):
        raise NotAllowed("role.not_overseer", "Only the convenor and auditors of this partnership can see this.")


def require_convenor(actor: Actor) -> None:
    if actor.person is None:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")
    if not can_convene(actor):
        raise NotAllowed("role.not_convenor", "Only the convenor of this partnership can do this.")

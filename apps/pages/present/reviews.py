"""Reviews of what was set under mandates, in words: due, overdue, held."""

from datetime import date

from apps.deliberation.domain.reviews import ReviewState
from apps.pages.present.words import day, number_of


def words_of(review: ReviewState) -> str:
    """Review due in 92 days, overdue, or held."""
    if review.held is not None:
        return f"Reviewed by a round, {day(review.held)}."
    if review.ended:
        return "Nothing set under it is in force any more."
    return "Required by law, not ours to review." if review.required else review_words(review.due, review.today)


def review_words(due: date, today: date) -> str:
    """Review due in 92 days, or overdue."""
    days = (due - today).days
    if days < 0:
        return f"Review overdue since {day(due)}, {number_of(-days, 'day')}."
    return f"Review due today, {day(due)}." if days == 0 else f"Review due on {day(due)}, in {number_of(days, 'day')}."

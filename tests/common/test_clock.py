"""The clock."""

from datetime import UTC, datetime, timedelta, timezone

from apps.common import clock


def test_the_clock_stands_still_only_inside_the_block() -> None:
    moment = datetime(2024, 3, 27, 14, tzinfo=timezone(timedelta(hours=1)))
    with clock.moved_to(moment):
        assert clock.now() == moment
        assert clock.now().tzinfo == UTC
        assert clock.is_moved()
    assert not clock.is_moved()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)

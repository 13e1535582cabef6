"""What several threads bring at one moment is recorded together, and each gets its own answers."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from apps.deliberation.services.gathering import Gathering


class Desk:
    """Answers each number with its square; holds the first call until it is told to go on."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.begun, self.go_on = Event(), Event()

    def record(self, numbers: Sequence[int]) -> list[int]:
        self.calls.append(list(numbers))
        if len(self.calls) == 1:
            self.begun.set()
            assert self.go_on.wait(10)
        if 13 in numbers:
            raise ValueError("thirteen")
        return [number**2 for number in numbers]


def brought(desk: Desk, gathering: "Gathering[int, int]", *others: list[int]) -> list[object]:
    """What each of the others gets that come while the first is being recorded; errors as they are."""

    def bring(numbers: list[int]) -> object:
        try:
            return gathering.bring(numbers)
        except ValueError as error:
            return error

    with ThreadPoolExecutor(1 + len(others)) as pool:
        first = pool.submit(bring, [1])
        assert desk.begun.wait(10)
        rest = []
        for each in others:
            rest.append(pool.submit(bring, each))
            while len(gathering._waiting) < len(rest):
                pass
        desk.go_on.set()
        return [future.result(10) for future in (first, *rest)]


def test_whoever_comes_while_others_are_recorded_is_recorded_together_with_whoever_else_waits() -> None:
    desk = Desk()
    assert brought(desk, Gathering(desk.record, 100), [2], [3, 4], []) == [[1], [4], [9, 16], []]
    assert desk.calls == [[1], [2, 3, 4]]


def test_no_more_go_together_than_may() -> None:
    desk = Desk()
    assert brought(desk, Gathering(desk.record, 3), [2, 3], [4, 5], [6]) == [[1], [4, 9], [16, 25], [36]]
    assert desk.calls == [[1], [2, 3], [4, 5, 6]]


def test_one_who_brings_more_than_go_together_goes_alone() -> None:
    desk = Desk()
    assert brought(desk, Gathering(desk.record, 1), [2, 3]) == [[1], [4, 9]]


def test_an_error_is_the_error_of_everybody_it_kept_from_being_recorded_and_of_nobody_else() -> None:
    desk = Desk()
    gathering = Gathering(desk.record, 2)
    first, thirteen, beside, later = brought(desk, gathering, [13], [2], [3])
    assert (first, later) == ([1], [9])
    assert isinstance(thirteen, ValueError)
    assert thirteen is beside
    assert gathering.bring([4]) == [16]


@pytest.mark.parametrize("many", [1, 40])
def test_everybody_is_answered_however_many_come(many: int) -> None:
    gathering: Gathering[int, int] = Gathering(lambda numbers: [number**2 for number in numbers], 7)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(gathering.bring, [[number] for number in range(many)])) == [[n**2] for n in range(many)]

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from srs.library.kept import Kept


def counted(made: list[int], value: int) -> Callable[[], int]:
    def make() -> int:
        made.append(value)
        return value

    return make


def test_a_value_is_made_once() -> None:
    made: list[int] = []
    kept: Kept[str, int] = Kept(2)
    assert [kept.of("a", counted(made, 1)) for _ in range(3)] == [1, 1, 1]
    assert made == [1]


def test_the_longest_unused_is_given_up() -> None:
    made: list[int] = []
    kept: Kept[str, int] = Kept(2)
    for key, value in (("a", 1), ("b", 2), ("a", 1), ("c", 3), ("a", 1), ("b", 2)):
        assert kept.of(key, counted(made, value)) == value
    assert made == [1, 2, 3, 2]


def test_what_cannot_be_made_is_not_kept() -> None:
    made: list[int] = []
    kept: Kept[str, float] = Kept(2)
    try:
        kept.of("a", lambda: 1 / 0)
    except ZeroDivisionError:
        made.append(0)
    assert kept.of("a", counted(made, 1)) == 1
    assert made == [0, 1]


def test_many_threads_get_the_right_values() -> None:
    kept: Kept[int, int] = Kept(3)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda turn: kept.of(turn % 7, lambda: turn % 7), range(2000)))
    assert found == [turn % 7 for turn in range(2000)]

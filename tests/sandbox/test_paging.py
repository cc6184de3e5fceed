"""Order and pages of the list: how Strava sorts it, and every way in which a page can be short."""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest

from monitor.sandbox import Sandbox, faults, paging
from monitor.sandbox.paging import Paging, Shortened, drawn
from tests.sandbox.conftest import ADA, Wire

LIST = "/api/v3/athlete/activities"
SECOND = "2026-09-30T05:00:00Z"
TOGETHER = 1_790_744_400  # SECOND, in epoch seconds


def page(wire: Wire, number: int = 1, token: str = "", **asked: Any) -> list[int]:
    """The ids on a page."""
    return [row["id"] for row in wire.get(LIST, token or wire.token(), page=number, **asked).json()]


def pages(wire: Wire, **asked: Any) -> Iterator[list[int]]:
    """Those of every page up to the first empty one."""
    number, token = 1, wire.token()
    while ids := page(wire, number, token, **asked):
        yield ids
        number += 1


def all_ids(sandbox: Sandbox) -> list[int]:
    """Oldest first, as Ada recorded them."""
    return [row["id"] for row in sandbox.athletes[ADA].activities]


@pytest.fixture
def twins(wire: Wire) -> Wire:
    """Three more runs that began in the same second, the latest of all."""
    rows = wire.sandbox.athletes[ADA].activities
    rows += [rows[0] | {"id": number, "start_date": SECOND} for number in (71, 72, 73)]
    return wire


@pytest.mark.parametrize("before", [{}, {"before": TOGETHER + 1}])
def test_without_after_the_newest_come_first(twins: Wire, before: dict[str, int]) -> None:
    assert page(twins, per_page=200, **before) == all_ids(twins.sandbox)[::-1]


@pytest.mark.parametrize("before", [{}, {"before": TOGETHER + 1}])
def test_with_after_the_oldest_come_first(twins: Wire, before: dict[str, int]) -> None:
    assert page(twins, per_page=200, after=0, **before) == all_ids(twins.sandbox)


def test_both_ends_leave_out_every_row_of_their_second(twins: Wire) -> None:
    assert page(twins, before=TOGETHER, per_page=200) == all_ids(twins.sandbox)[:30][::-1]
    assert page(twins, after=TOGETHER) == []
    assert page(twins, after=TOGETHER - 1) == [71, 72, 73]
    assert page(twins, after=TOGETHER - 1, before=TOGETHER + 1) == [71, 72, 73]


def test_rows_of_one_second_are_in_the_same_order_on_every_page(twins: Wire) -> None:
    assert list(pages(twins, after=TOGETHER - 1, per_page=1)) == [[71], [72], [73]]
    assert list(pages(twins, before=TOGETHER + 1, per_page=2))[:2] == [[73, 72], [71, all_ids(twins.sandbox)[29]]]


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(paging.full, id="full pages"),
        pytest.param(paging.three_quarters, id="three quarters"),
        pytest.param(Shortened(cycle([1])), id="one row a page"),
        pytest.param(Shortened(cycle([5, 1, 500])), id="as a list says"),
        pytest.param(Shortened(drawn(seed=7, most=12)), id="drawn"),
    ],
)
def test_however_pages_are_cut_each_begins_where_the_one_before_ended(wire: Wire, cut: Paging) -> None:
    wire.sandbox.paging = cut
    for _ in range(2):  # the second reading is cut anew
        found = list(pages(wire, per_page=12))
        assert [one for ids in found for one in ids] == all_ids(wire.sandbox)[::-1]
        assert all(len(ids) <= 12 for ids in found)


def test_pages_have_the_sizes_that_are_asked_for_one_a_request(wire: Wire) -> None:
    wire.sandbox.paging = Shortened(iter([10, 1, 4, 200, 30, 30]))
    assert [len(ids) for ids in pages(wire, per_page=100)] == [10, 1, 4, 15]


def test_a_page_asked_for_again_begins_at_the_same_row_and_is_cut_anew(wire: Wire) -> None:
    wire.sandbox.paging = Shortened(iter([10, 3, 5, 2]))
    token = wire.token()
    first, once, again, third = (page(wire, number, token) for number in (1, 2, 2, 3))
    assert (len(first), len(once), len(again)) == (10, 3, 5)
    assert first + again + third == all_ids(wire.sandbox)[::-1][:17]


def test_a_later_page_can_be_asked_for_first(wire: Wire) -> None:
    wire.sandbox.paging = Shortened(iter([10, 3, 5]))
    assert page(wire, 3) == all_ids(wire.sandbox)[::-1][13:18]


def test_lists_of_other_times_are_cut_by_themselves(wire: Wire) -> None:
    wire.sandbox.paging = Shortened(iter([4, 6, 5]))
    newest_first, oldest_first = page(wire, 1), page(wire, 1, after=0)
    assert (len(newest_first), len(oldest_first)) == (4, 6)
    assert page(wire, 2) == all_ids(wire.sandbox)[::-1][4:9]


def test_the_sizes_drawn_are_the_same_for_the_same_seed_and_reach_from_one_to_the_most() -> None:
    def sizes(seed: int) -> list[int]:
        return [size for size, _ in zip(drawn(seed), range(5_000), strict=False)]

    assert sizes(1) == sizes(1) != sizes(2)
    assert (min(sizes(1)), max(sizes(1)) > 150) == (1, True)


def test_with_fixed_ranks_private_rows_make_a_page_short_and_even_empty(wire: Wire) -> None:
    wire.sandbox.paging = paging.fixed_ranks
    newest_first = wire.sandbox.athletes[ADA].activities[::-1]
    for row in [newest_first[2], *newest_first[10:20]]:
        row["visibility"] = "only_me"
    assert [len(page(wire, number, per_page=10)) for number in (1, 2, 3, 4)] == [9, 0, 10, 0]
    wire.sandbox.paging = paging.full
    assert [len(page(wire, number, per_page=10)) for number in (1, 2, 3)] == [10, 9, 0]


def test_a_row_deleted_between_pages_moves_another_to_a_page_already_read(wire: Wire) -> None:
    rows, ids = wire.sandbox.athletes[ADA].activities, all_ids(wire.sandbox)[::-1]
    wire.sandbox.refuse(ADA, faults.page_shift(lambda athlete: athlete.activities.pop()), path=LIST, times=2)
    found = list(pages(wire, per_page=10))
    assert found == [ids[:10], ids[11:21], ids[21:]]
    assert len(rows) == 29

"""How a list is cut into pages. Strava promises no length: a page may be short without being the last one."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from monitor.sandbox.summary import Record


class Page(NamedTuple):
    """What a client asks for: the page *number*, from 1, of a *listing*, which is an athlete's between two times."""

    listing: Hashable
    number: int
    per_page: int


Shown = Callable[[Record], bool]
Paging = Callable[[Sequence[Record], Shown, Page], list[Record]]


def full(rows: Sequence[Record], shown: Shown, page: Page) -> list[Record]:
    """Every page as long as asked for, but the last."""
    return _within(rows, shown, (page.number - 1) * page.per_page, page.number * page.per_page)


def three_quarters(rows: Sequence[Record], shown: Shown, page: Page) -> list[Record]:
    """No page is as long as asked for, and each begins where the one before ended."""
    return full(rows, shown, page._replace(per_page=max(1, page.per_page * 3 // 4)))


def fixed_ranks(rows: Sequence[Record], shown: Shown, page: Page) -> list[Record]:
    """Page n covers the ranks from (n − 1) · per_page to n · per_page, and keeps back those rows that are not shown.

    Where none of its rows is shown a page is empty without being the end.
    """
    return [row for row in full(rows, lambda _: True, page) if shown(row)]


@dataclass
class Shortened:
    """Pages as long as *sizes* say, drawn anew for every request, and each begins where the one before ended.

    At least 1 each, and never more than asked for.
    """

    sizes: Iterator[int]
    ends: dict[Hashable, list[int]] = field(default_factory=dict)

    def __call__(self, rows: Sequence[Record], shown: Shown, page: Page) -> list[Record]:
        ends = self.ends.setdefault((page.listing, page.per_page), [0])
        del ends[page.number :]  # a page that is asked for again is cut again, and the ones behind it move
        while len(ends) <= page.number:
            ends.append(ends[-1] + min(next(self.sizes), page.per_page))
        return _within(rows, shown, ends[page.number - 1], ends[page.number])


def drawn(seed: int, most: int = 200) -> Iterator[int]:
    """Page sizes between 1 and *most*, most of them small; the same for the same *seed*."""
    rng = np.random.default_rng(seed)
    while True:
        yield int(rng.integers(1, rng.integers(1, most, endpoint=True), endpoint=True))


def _within(rows: Sequence[Record], shown: Shown, first: int, last: int) -> list[Record]:
    return [row for row in rows if shown(row)][first:last]

"""A runner's list, turned page by page from the newest activity back to the beginning of the window."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from monitor.errors import SourceUnavailable
from monitor.sources.strava_record import start_of

PER_PAGE = 200
MOST_PAGES = 100  # 20,000 activities: a list that goes on is no list

Ask = Callable[[int, int], object]  # (before, page number) → one page, as it came


def pages(ask: Ask, after: int, before: int) -> Iterator[list[object]]:
    """Pages that together hold all that started between *after* and *before* (epoch seconds), and some that is older.

    Asked for what lies before a moment, Strava lists the newest first. So a page in that order which reaches back to
    *after* proves that nothing newer is missing, and is the last one asked for. Without that proof the list ends where
    nothing lies before the oldest start shown: a page may be short and not the last.
    Each page is followed by what lies before its oldest start, not by page 2: rows that come or go meanwhile, and pages
    of changing lengths, then move none past us. A full page is followed by that second once more, which it may have
    cut. Pages are turned by number only where this does not lead on: in any other order, or with more than a page of
    rows of one second.
    """
    number, in_order = 1, True
    for _ in range(MOST_PAGES):
        page = ask(before, number)
        if not isinstance(page, list):
            raise SourceUnavailable("Strava's answer is not a list of activities; try again later")
        yield page
        starts = started(page)
        in_order = in_order and bool(starts) and newest_first(starts)
        if not page or (in_order and starts[-1] <= after):
            return
        edge = starts[-1] + (len(page) >= PER_PAGE) if in_order else before
        before, number = (edge, 1) if edge < before else (before, number + 1)
    raise SourceUnavailable(f"Strava's list has no end: {MOST_PAGES} pages and more")


def newest_first(starts: Sequence[int]) -> bool:
    return all(newer >= older for newer, older in pairwise(starts))


def started(page: Sequence[object]) -> list[int]:
    """The starts that can be read, in the order of the page. [epoch seconds]"""
    return [int(start.timestamp()) for row in page if (start := start_of(row))]

"""A runner's list: the newest page, and where that does not reach back far enough, the window from its other end."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.errors import SourceUnavailable
from monitor.sources.strava_json import digest_of
from monitor.sources.strava_record import start_of

PER_PAGE = 200
MOST_PAGES = 100  # 20,000 activities: a list that goes on is no list
EMPTY_PAGES = 3  # so many in a row are an end: nobody hides five activities a day for the whole window
ENDLESS = f"Strava's list has no end: {MOST_PAGES} pages and more"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to ask for, of what started before a moment [epoch seconds], the newest first.

    With *after*, only of what started later than that, and the oldest first.
    """

    before: int
    after: int | None = None
    number: int = 1


Ask = Callable[[Page], object]  # the page, as it came


def pages(ask: Ask, after: int, before: int) -> Iterator[list[object]]:
    """Pages that together hold all that started between *after* and *before* (epoch seconds), and some that is older.

    Asked for what lies before a moment, Strava lists the newest first. So a page in that order which reaches back to
    *after* proves that nothing newer is missing, and is the only one asked for. Without that proof the window is listed
    from its beginning up to the oldest row shown, which must turn up again: then nothing between is missing.
    An empty page proves nothing: Strava may cut a page and then keep back what we may not see, perhaps all of it. The
    next one is asked for. A few of them in a row count as an end where none can be proven, as of an account that shows
    no row at all; what is missing then is asked for by its number before it is taken for deleted (`jobs.missing`).
    More cannot be proven by any number of requests that is known beforehand. An empty page rules out `PER_PAGE` rows
    and does not say how many are left; nor does Strava tell how many there are. Halves of the window, or its other end,
    are lists of which the same holds: one page decides only a stretch in which nobody can start 201 activities.
    """
    oldest = yield from _newest(ask, before)
    if oldest is not None and oldest > after:
        yield from _up_to(oldest, ask, after)


def _newest(ask: Ask, before: int) -> Generator[list[object], None, int | None]:
    """The first page that shows anything; returns its oldest start.

    Where it is not the newest that come first, all pages, by number; there is nothing left then to be asked for.
    """
    seen = empty = 0
    for number in range(1, MOST_PAGES + 1):
        page = _page(ask, Page(before, number=number))
        yield page
        starts = started(page)
        if starts and not seen and _rises(starts[::-1]):
            return starts[-1]
        seen, empty = seen + len(page), 0 if page else empty + 1
        if empty == EMPTY_PAGES:
            return None
    raise SourceUnavailable(ENDLESS)


def _up_to(known: int, ask: Ask, after: int) -> Iterator[list[object]]:
    """Pages of what started after *after*, the oldest first, up to a start that is *known* to be there.

    Each is followed by what lies beyond its last start, not by page 2: rows that come or go meanwhile, and pages of
    changing lengths, then move none past us. A full page is followed by that second once more, which it may have cut.
    Pages are turned by number only where this does not lead on: with nothing to be seen, in any other order, or with
    more than a page of rows of one second.
    """
    since, number, in_order, shown, empty = after, 1, True, False, 0
    for _ in range(MOST_PAGES):
        page = _page(ask, Page(known + 1, since, number))
        yield page
        starts, is_full = started(page), len(page) >= PER_PAGE
        in_order = in_order and bool(starts or not page) and _rises(starts)
        shown, empty = shown or (in_order and starts[-1:] >= [known]), 0 if page else empty + 1
        if (shown and not is_full) or empty == EMPTY_PAGES:
            return
        edge = starts[-1] - is_full if starts and in_order else since
        since, number = (edge, 1) if edge > since else (since, number + 1)
    raise SourceUnavailable(ENDLESS)


def _page(ask: Ask, asked: Page) -> list[object]:
    page = ask(asked)
    if not isinstance(page, list):
        what = "Strava's answer is not a list of activities; try again later"
        raise SourceUnavailable(what, unreadable=digest_of(page))
    return page


def _rises(starts: Sequence[int]) -> bool:
    return all(older <= newer for older, newer in pairwise(starts))


def started(page: Sequence[object]) -> list[int]:
    """The starts that can be read, in the order of the page. [epoch seconds]"""
    return [int(start.timestamp()) for row in page if (start := start_of(row))]

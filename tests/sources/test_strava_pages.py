"""The proof that a list is whole: no row that stays there is missed, whatever the server does to its pages."""

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import SourceUnavailable
from monitor.sources.strava_pages import EMPTY_PAGES, MOST_PAGES, PER_PAGE, Page, pages

AFTER, BEFORE = 1_000, 2_000  # epoch seconds
Row = dict[str, Any]


def row(number: int, start: int) -> Row:
    return {"id": number, "start_date": datetime.fromtimestamp(start, UTC).isoformat()}


@dataclass
class Server:
    """Lists what started between two moments, in pages of at most the sizes it likes, one size a request.

    The newest first, or the oldest where it is told after what.
    """

    rows: list[Row]
    sizes: Callable[[int], int] = lambda _: PER_PAGE
    between: Callable[["Server"], None] = lambda _: None  # what happens after each request
    in_any_order: bool = False
    withheld: Set[int] = frozenset()  # the ids that are taken out of a page after it was cut
    asked: list[Page] = field(default_factory=list)

    def ask(self, page: Page) -> list[Row]:
        self.asked.append(page)
        found = [each for each in self.rows if (page.after or 0) < start(each) < page.before]
        found.sort(key=lambda each: (start(each), each["id"]), reverse=page.after is None)
        if self.in_any_order:
            found.sort(key=lambda each: each["id"] * 7 % 13)
        size = self.sizes(len(self.asked))
        cut = found[(page.number - 1) * size : page.number * size]
        self.between(self)
        return [each for each in cut if each["id"] not in self.withheld]


def start(each: Row) -> int:
    return int(datetime.fromisoformat(each["start_date"]).timestamp())


def shown(server: Server) -> set[int]:
    return {each["id"] for page in pages(server.ask, AFTER, BEFORE) for each in page}


def spread(count: int, first: int = AFTER + 1, last: int = BEFORE - 1) -> list[Row]:
    """Rows evenly over a stretch of time."""
    return [row(n, first + n * (last - first) // max(count - 1, 1)) for n in range(count)]


def test_one_request_is_enough_where_a_row_older_than_the_window_is_on_the_page() -> None:
    server = Server([*spread(60), row(900, AFTER - 5)])
    assert shown(server) == {*range(60), 900}
    assert server.asked == [Page(BEFORE)]


def test_a_row_at_the_very_beginning_of_the_window_is_proof_too() -> None:
    server = Server([*spread(3), row(900, AFTER)])
    shown(server)
    assert len(server.asked) == 1


def test_without_such_a_row_the_oldest_one_shown_has_to_turn_up_from_the_other_end() -> None:
    server = Server(spread(60))
    assert shown(server) == set(range(60))
    assert server.asked == [Page(BEFORE), Page(AFTER + 2, AFTER)]


@pytest.mark.parametrize("older", [[], [row(900, AFTER - 5)]], ids=["a whole history", "a history that goes on"])
def test_two_requests_list_two_pages(older: list[Row]) -> None:
    server = Server([*spread(350), *older])
    assert shown(server) == set(range(350))
    assert len(server.asked) == 2


def test_a_deletion_while_pages_are_turned_hides_no_other_row() -> None:
    """I3."""

    def deletes_the_newest(server: Server) -> None:
        server.rows.remove(max(server.rows, key=start))

    server = Server(spread(650), between=deletes_the_newest)
    assert shown(server) == set(range(650))


def test_when_the_row_that_should_turn_up_again_is_deleted_the_list_ends_all_the_same() -> None:
    """I3."""

    def deletes_the_oldest(server: Server) -> None:
        server.rows[:] = server.rows[1:]

    server = Server(spread(3), between=deletes_the_oldest)
    assert shown(server) == {0, 1, 2}
    assert len(server.asked) == 1 + EMPTY_PAGES


def test_a_page_in_another_order_proves_nothing_and_is_turned_by_number() -> None:
    server = Server([*spread(350), row(900, AFTER - 5)], in_any_order=True)
    assert shown(server) == {*range(350), 900}
    assert [page.number for page in server.asked] == [1, 2, 3, 4, 5]


def test_more_than_a_page_of_rows_of_one_second_are_all_shown() -> None:
    server = Server([row(n, 1_500) for n in range(450)] + [row(900, 1_400)])
    assert shown(server) == {*range(450), 900}


def test_rows_whose_start_cannot_be_read_are_shown_and_prove_nothing() -> None:
    unreadable = [{"id": 1}, None, {"id": 2, "start_date": "soon"}]
    told = iter([unreadable, *([[]] * EMPTY_PAGES)])
    assert next(pages(lambda *_: next(told), AFTER, BEFORE)) == unreadable


def test_an_account_that_shows_nothing_is_looked_through_for_a_few_pages() -> None:
    server = Server(spread(60), withheld=set(range(60)))
    assert shown(server) == set()
    assert len(server.asked) == EMPTY_PAGES


def test_a_server_that_never_ends_is_given_up() -> None:
    with pytest.raises(SourceUnavailable, match=f"{MOST_PAGES} pages"):
        list(pages(lambda *_: [{"id": 1}], AFTER, BEFORE))


def test_an_answer_that_is_no_list_is_refused() -> None:
    with pytest.raises(SourceUnavailable, match="not a list"):
        list(pages(lambda *_: {}, AFTER, BEFORE))


# Runs of one runner begin at different seconds: two of one second where a short page is cut are beyond any proof.
starts = st.lists(st.integers(AFTER - 400, BEFORE - 1), max_size=40, unique=True)


@given(starts, st.integers(1, 40))
def test_pages_shortened_alike_lose_nothing(of_rows: list[int], size: int) -> None:
    server = Server([row(n, at) for n, at in enumerate(of_rows)], sizes=lambda _: size)
    assert shown(server) >= {each["id"] for each in server.rows if start(each) > AFTER}


@given(starts, st.lists(st.integers(1, 40), min_size=1, max_size=9))
def test_pages_shortened_at_will_lose_nothing(of_rows: list[int], sizes: list[int]) -> None:
    """I2."""
    server = Server([row(n, at) for n, at in enumerate(of_rows)], sizes=lambda asked: sizes[asked % len(sizes)])
    assert shown(server) >= {each["id"] for each in server.rows if start(each) > AFTER}


@given(starts, st.sets(st.integers(0, 39)), st.sampled_from([14, 20, 40]))
def test_rows_withheld_after_a_page_was_cut_do_not_end_the_list(
    of_rows: list[int], withheld: set[int], size: int
) -> None:
    """I2: a page less what others may not see is shorter than asked for, perhaps empty, and not the last."""
    server = Server([row(n, at) for n, at in enumerate(of_rows)], sizes=lambda _: size, withheld=withheld)
    assert shown(server) >= {n for n, at in enumerate(of_rows) if at > AFTER and n not in withheld}


@given(starts, st.data())
def test_rows_that_come_and_go_while_pages_are_turned_hide_none_that_stays(
    of_rows: list[int], data: st.DataObject
) -> None:
    """I3."""
    leaving = set(data.draw(st.sets(st.sampled_from(range(len(of_rows))))) if of_rows else ())

    def changes(server: Server) -> None:
        gone = next((each for each in server.rows if each["id"] in leaving), None)
        if gone:
            server.rows.remove(gone)

    server = Server([row(n, at) for n, at in enumerate(of_rows)], sizes=lambda _: PER_PAGE, between=changes)
    stays = {n for n, at in enumerate(of_rows) if at > AFTER and n not in leaving}
    assert shown(server) >= stays

"""Rows of boards that were made before, as long as nothing of their runner changed."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from monitor.store.view import Mark

if TYPE_CHECKING:  # a row is made with the pages' templates, and every page is served with what is kept
    from monitor.web.rows import Row


class Kept:
    """The rows of each board, as they are and as each locale writes them.

    Every look leaves those of the runners who are on it now, and nothing of others.
    """

    def __init__(self) -> None:
        self._boards: dict[str, dict[int, tuple[Mark, Row]]] = {}

    def rows(self, board: str, marks: Iterable[Mark], make: Callable[[Mark], "Row"]) -> "list[Row]":
        """The rows of the runners with these *marks*; only where a mark is another one than before it is made anew."""
        before = self._boards.get(board, {})
        found: dict[int, tuple[Mark, Row]] = {}
        for mark in marks:
            known = before.get(mark.person.id)
            found[mark.person.id] = known if known and known[0] == mark else (mark, make(mark))
        self._boards[board] = found
        return [row for _, row in found.values()]

"""Rows of boards that were made before, as long as nothing of their runner changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from monitor.store.marks import Mark

if TYPE_CHECKING:  # a row is made with the pages' templates, and every page is served with what is kept
    from monitor.web.rows import Row


class Kept:
    """The rows of each board. Every look leaves those of the runners who are on it now, and nothing of others."""

    def __init__(self) -> None:
        self._boards: dict[str, dict[int, tuple[Mark, Row]]] = {}
        self._making: dict[str, Lock] = defaultdict(Lock)  # who comes while rows are made waits, and finds them

    def rows(self, board: str, marks: Sequence[Mark], make: Callable[[Sequence[Mark]], "Iterable[Row]"]) -> "list[Row]":
        """The rows of the runners with these *marks*; only where a mark is another one than before it is made anew."""
        with self._making[board]:
            before = self._boards.get(board, {})
            changed = [mark for mark in marks if before.get(mark.person.id, (None,))[0] != mark]
            found = before | {row.id: (mark, row) for mark, row in zip(changed, make(changed), strict=True)}
            self._boards[board] = {mark.person.id: found[mark.person.id] for mark in marks}
            return [row for _, row in self._boards[board].values()]

"""What was read, made or drawn before, kept as long as to do it again would give the same."""

import gzip
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from monitor.store.marks import Mark
from monitor.web.squeezing import LEVEL

if TYPE_CHECKING:  # a row is made with the pages' templates, and every page is served with what is kept
    from monitor.web.rows import Row

MOST_PAGES = 200  # a board of 500 runners is 100 kB
MOST_READ = 1_000

Thing = TypeVar("Thing")


class Kept:
    """The rows of each board, as they are and as each locale writes them.

    Every look leaves those of the runners who are on it now, and nothing of others.
    """

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


@dataclass(frozen=True, slots=True)
class Stamp:
    """All that a page shows. It names the minute, so that what time alone changes is a minute late at most."""

    imprint: bytes
    banner: tuple[str, ...]
    minute: datetime


class Latest(OrderedDict[str, Thing]):
    """What was asked for last, at most so much of it."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, name: str, thing: Thing) -> None:
        self.pop(name, None)
        self[name] = thing
        while len(self) > self._most:
            self.popitem(last=False)


class Unwritten(Generic[Thing]):
    """What was read, as long as nothing is written."""

    def __init__(self) -> None:
        self._read: Latest[tuple[object, Thing]] = Latest(MOST_READ)

    def read(self, name: str, commits: object, look: Callable[[], Thing]) -> Thing:
        """What was read under this *name* before, where by *commits* nothing was written since; else another *look*."""
        known = self._read.get(name)
        if known is None or known[0] != commits:
            known = commits, look()
        self._read.keep(name, known)
        return known[1]


class Pages:
    """The pages that were asked for last, compressed, by their address."""

    def __init__(self) -> None:
        self._pages: Latest[tuple[object, Stamp, bytes]] = Latest(MOST_PAGES)

    def page(self, address: str, moment: object, look: Callable[[], Stamp], draw: Callable[[Stamp], bytes]) -> bytes:
        """What was drawn before, at the same *moment* or under the stamp that another *look* gives, or is drawn now."""
        known = self._pages.get(address)
        if known is None or known[0] != moment:
            stamp = look()
            drawn = known[2] if known and known[1] == stamp else gzip.compress(draw(stamp), LEVEL)
            known = moment, stamp, drawn
        self._pages.keep(address, known)
        return known[2]

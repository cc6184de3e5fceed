"""How much is taken from whom: a bucket each that fills by the second."""

from collections import OrderedDict
from dataclasses import dataclass, field

MOST_KEPT = 1_000  # an attacker with many addresses must not fill the memory


@dataclass
class Bucket:
    """Holds *at_once*, and gets *a_second* back."""

    at_once: float
    a_second: float
    room: float = field(init=False)
    looked_at: float = 0.0  # [s]

    def __post_init__(self) -> None:
        self.room = self.at_once

    def has_room(self, moment: float) -> bool:
        """Whether another one fits at *moment* [s]; it is taken where it does."""
        self.room = min(self.at_once, self.room + (moment - self.looked_at) * self.a_second)
        self.looked_at = moment
        fits = self.room >= 1
        self.room -= fits
        return fits


@dataclass
class Buckets:
    """One for each who asks; whoever has not been seen for longest is forgotten first."""

    at_once: float
    a_second: float
    kept: OrderedDict[str, Bucket] = field(default_factory=OrderedDict)

    def has_room(self, caller: str, moment: float) -> bool:
        """Whether another one of this caller's fits."""
        bucket = self.kept.setdefault(caller, Bucket(self.at_once, self.a_second))
        self.kept.move_to_end(caller)
        while len(self.kept) > MOST_KEPT:
            self.kept.popitem(last=False)
        return bucket.has_room(moment)

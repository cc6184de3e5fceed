"""The distance of an exported row: which unit, which separator.

What may be wrong a thousandfold is refused, because one such run would poison months of ratios.
"""

from monitor.errors import BadRecord
from monitor.model import RUN_SPORTS
from monitor.sources.archive_table import Row
from monitor.sources.archive_text import optional_number, readings
from monitor.sources.archive_words import Column
from monitor.sources.check import clean_name, whole_metres

METRES, KILOMETRES = 1, 1000
AGREES_WITHIN = 0.1  # of average speed x moving time
RUN_M_PER_S = (1.0, 6.7)
OTHER_M_PER_S = (0.2, 25.0)  # a swim, a descent


def distance_m(row: Row, sport: str, moving_s: int | None) -> int | None:
    """Whole metres, None where the row has no distance.

    The second of two distances is in metres. The unit of a single one is that which agrees with average speed x
    moving time, else that which gives a speed people have in *sport*. Raises BadRecord where neither tells.
    """
    written, units = readings(row[Column.DISTANCE]), [METRES, KILOMETRES]
    if Column.SHOWN_DISTANCE in row.columns:
        written, units = (written, [METRES]) if written else (readings(row[Column.SHOWN_DISTANCE]), units)
    possible = {value * unit for value in written for unit in units}
    if len(possible) <= 1:
        return whole_metres(possible.pop()) if possible else None
    return whole_metres(_likely(possible, row, sport, moving_s))


def _likely(possible: set[float], row: Row, sport: str, moving_s: int | None) -> float:
    """The one possible distance that fits what else the row says."""
    speed = optional_number(row[Column.SPEED])
    if moving_s and speed:
        expected = speed * moving_s
        agreeing = [metres for metres in possible if abs(metres - expected) <= AGREES_WITHIN * expected]
        if len(agreeing) == 1:
            return agreeing[0]
    slowest, fastest = RUN_M_PER_S if sport in RUN_SPORTS else OTHER_M_PER_S
    fitting = [metres for metres in possible if moving_s and slowest <= metres / moving_s <= fastest]
    if len(fitting) != 1:
        written = row[Column.DISTANCE] or row[Column.SHOWN_DISTANCE]
        raise BadRecord(f"the unit of the distance “{clean_name(written)}” is unclear")
    return fitting[0]

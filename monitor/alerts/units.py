"""Kilometres or miles: how distances are shown to a runner. What is computed and stored is metres, whoever reads it."""

import re
from enum import StrEnum

MILE_M = 1609.344
A_DISTANCE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?) km\b")
A_PACE = re.compile(r"(\d+):(\d\d) per km\b")


class Units(StrEnum):
    KM = "km"
    MILES = "miles"

    @property
    def metres(self) -> float:
        """The length of one. [m]"""
        return 1000.0 if self is Units.KM else MILE_M

    @property
    def short(self) -> str:
        """As it stands behind a number."""
        return "km" if self is Units.KM else "mi"


def in_km(metres: float) -> str:
    """A distance as our sentences are written, before they are read `in_units`."""
    return f"{metres / 1000:.1f} km"


def in_units(text: str, units: Units) -> str:
    """A sentence that was written in kilometres, with its distances and paces in these units; a tenth at the finest."""
    if units == Units.KM:
        return text
    return A_DISTANCE.sub(_miles, A_PACE.sub(_per_mile, text))


def _miles(found: re.Match[str]) -> str:
    return f"{float(found[1]) * 1000 / MILE_M:.1f} mi"


def _per_mile(found: re.Match[str]) -> str:
    seconds = round((60 * int(found[1]) + int(found[2])) * MILE_M / 1000)
    return f"{seconds // 60}:{seconds % 60:02} per mi"

"""How dates and numbers are written where somebody lives. The words stay English, and what is computed never changes.

Unicode's CLDR holds English as it is written in Germany (en-DE), in France (en-FR), and so on: decimal comma and order
of a date are the reader's, the names of days and months ours. Signs and order are exchanged in what is rounded already,
so that a figure has the same digits for everybody.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from monitor.alerts.given import around_given

if TYPE_CHECKING:  # Babel is read when the first reader needs it: it takes 0.1 s
    from babel import Locale as Cldr

MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
LONG_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
A_DATE = re.compile(
    r"\b(?:(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?"
    rf"(?P<day>[1-9]|[12]\d|3[01]) (?P<month>{LONG_MONTHS}|{MONTHS})\b(?: (?P<year>\d{{4}})\b)?"
)
A_NUMBER = re.compile(  # with a fraction, or whole where thousands are told apart; no time of day, no DOI, no address
    r"(?<![\w.,:/])(?:(?P<whole>\d+)\.(?P<rest>\d+)(?![\w/]|\.\d)|(?P<many>\d{4,})(?= (?:m|km|mi|runners)\b))"
)
FIELDS = {"E": "{weekday}", "d": "{day}", "dd": "{day:0>2}", "y": "{year}"} | dict.fromkeys(("MMM", "MMMM"), "{month}")
SKELETONS = ("MMMd", "MMMMd", "yMMMd", "MMMEd", "MMMMEd", "yMMMEd")  # of CLDR
LETTERS = re.compile("[A-Za-z]+")
ANYWHERE = "001"  # the world
OURS = (
    *("{day} {month}", "{day} {month}", "{day} {month} {year}"),
    *("{weekday} {day} {month}", "{weekday} {day} {month}", "{weekday} {day} {month} {year}"),
)


@dataclass(frozen=True, slots=True)
class Locale:
    """How one reader's dates and numbers are written; *orders* are those of a date, by `SKELETONS`."""

    tag: str = ""
    decimal: str = "."
    group: str = ""  # between thousands
    orders: tuple[str, ...] = OURS
    first_weekday: int = 0  # of a calendar's week; 0 is Monday

    def number(self, value: float, digits: int = 0) -> str:
        """18.249 → 18.2 or 18,2"""
        whole, _, rest = f"{value:.{digits}f}".partition(".")
        return self._joined(whole, rest)

    def short_day(self, day: date) -> str:
        """19 Nov, or Nov 19"""
        return self._ordered("", str(day.day), f"{day:%b}", "")

    def day(self, day: date) -> str:
        """Thu 19 Nov, or Thu, Nov 19"""
        return self._ordered(f"{day:%a}", str(day.day), f"{day:%b}", "")

    def full_day(self, day: date) -> str:
        """Thu 19 Nov 2026, or Thu, Nov 19, 2026"""
        return self._ordered(f"{day:%a}", str(day.day), f"{day:%b}", str(day.year))

    def text(self, text: str) -> str:
        """A sentence of ours, with the dates and numbers in it as they are written here; what people wrote stays."""
        return text if self == AS_WRITTEN else around_given(text, self._ours)

    def _ours(self, text: str) -> str:
        ordered = A_DATE.sub(lambda found: self._ordered(*found.group("weekday", "day", "month", "year")), text)
        return A_NUMBER.sub(lambda found: self._joined(found["whole"] or found["many"], found["rest"] or ""), ordered)

    def _joined(self, whole: str, rest: str) -> str:
        grouped = f"{int(whole):,}".replace(",", self.group)
        return f"{grouped}{self.decimal}{rest}" if rest else grouped

    def _ordered(self, weekday: str | None, day: str, month: str, year: str | None) -> str:
        is_long = len(month) > 3 or len(weekday or "") > 3
        skeleton = f"{'y' if year else ''}MMM{'M' if is_long and not year else ''}{'E' if weekday else ''}d"
        order = self.orders[SKELETONS.index(skeleton)]
        return order.format(weekday=weekday, day=day, month=month, year=year)


AS_WRITTEN = Locale()


def locale_named(tag: str) -> Locale:
    """The locale of a language tag like `de-DE`, `fr` or `en-US`: it tells the country, the words stay English.

    `AS_WRITTEN` for an empty tag, for plain English, which names no country, and for one that CLDR does not know.
    """
    country = _country(tag)
    return (_locale(country) if country else None) or AS_WRITTEN


@lru_cache(maxsize=1)
def countries() -> list[tuple[str, str]]:
    """Where dates and numbers can be as people are used to: the tag and the English name of each, by name."""
    from babel import Locale as Cldr

    names = Cldr("en").territories.items()
    known = [(f"en-{code}", name) for code, name in names if code.isalpha() and _spoken(code)]
    return sorted(known, key=lambda pair: pair[1])


def _country(tag: str) -> str | None:
    if tag.lower() in ("", "en"):
        return None
    from babel.core import get_global, parse_locale

    try:
        language, country = parse_locale(tag, sep="-")[:2]
    except ValueError:
        return None
    return country or parse_locale(get_global("likely_subtags").get(language, language))[1]


@lru_cache(maxsize=300)
def _locale(country: str) -> Locale | None:
    from babel.numbers import get_decimal_symbol, get_group_symbol

    english, spoken = _cldr(f"en_{country}"), _spoken(country)
    if spoken is None:
        return None
    dates = (english or _cldr(f"en_{ANYWHERE}") or spoken).datetime_skeletons
    return Locale(
        tag=f"en-{country}",
        decimal=get_decimal_symbol(spoken),
        group=get_group_symbol(spoken),
        orders=tuple(LETTERS.sub(lambda found: FIELDS[found[0]], dates[each].pattern) for each in SKELETONS),
        first_weekday=spoken.first_week_day,
    )


def _spoken(country: str) -> "Cldr | None":
    """English as it is written in this country, else the language that most people there speak."""
    return _cldr(f"en_{country}") or _cldr(f"und_{country}")


def _cldr(name: str) -> "Cldr | None":
    from babel import Locale as Cldr
    from babel.core import UnknownLocaleError

    try:
        return Cldr.parse(name)
    except (ValueError, UnknownLocaleError):
        return None

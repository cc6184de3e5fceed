"""Numbers and dates as an export writes them, in whatever language. What can be read in two ways is never guessed."""

import math
import re
import unicodedata
from datetime import UTC, datetime

from monitor.errors import BadRecord
from monitor.sources.archive_words import MONTHS, plain
from monitor.sources.check import clean_name

_NUMBER = re.compile(r"([-+]?)(\d[\d.,]*)(e[-+]?\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")  # 1,234 or 1.234.567: perhaps thousands
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(?:([ap])\.?\s?m\b)?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")


def readings(text: str) -> list[float]:
    """What a number can mean: nothing where the field is empty, two values for "1,234", else one.

    A single point is the decimal point, because that is how the export writes its unrounded columns.
    Raises BadRecord where it is no number.
    """
    text = re.sub(r"[\s'’]", "", unicodedata.normalize("NFKC", text)).replace("−", "-").casefold()
    if not text:
        return []
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise BadRecord(f"“{clean_name(text)[:40]}” is not a number")
    sign, digits, exponent = found[1], found[2], found[3] or ""
    values = [float(f"{sign}{spelling}{exponent}") for spelling in _spellings(digits)]
    if not values or not all(math.isfinite(value) for value in values):
        raise BadRecord(f"“{clean_name(text)[:40]}” is not a number")
    return values


def number(text: str) -> float | None:
    """The number, None where the field is empty. Raises BadRecord where it is none, or can be read in two ways."""
    values = readings(text)
    if len(values) > 1:
        raise BadRecord(f"“{clean_name(text)[:40]}” can be read as {values[0]:g} and as {values[1]:g}")
    return values[0] if values else None


def optional_number(text: str) -> float | None:
    """A number that can be done without: None where the field is empty or cannot be read."""
    try:
        return number(text)
    except BadRecord:
        return None


def utc_time(text: str) -> datetime:
    """The moment that an Activity Date names. The export means UTC and does not say so. Raises BadRecord."""
    unified = unicodedata.normalize("NFKC", text).casefold()
    time = _TIME.search(unified)
    try:
        if time is None or unified[time.end() :].strip(" .") not in {"", "z", "utc", "uhr"}:
            raise ValueError("no time of day, or one of another zone")
        moment = datetime(*_date(unified[: time.start()]), *_clock(time), tzinfo=UTC)
        if not 1900 <= moment.year < 2200:  # far from where a time zone would leave the calendar
            raise ValueError("not a year of anybody's run")
    except ValueError as error:
        raise BadRecord(f"the date “{clean_name(text)[:40]}” cannot be read") from error
    return moment


def _spellings(digits: str) -> list[str]:
    """*digits* with its separators resolved; two spellings where a lone comma may be either."""
    separators = re.sub(r"\d", "", digits)
    if len(set(separators)) == 2:  # the last is the decimal separator, the other groups thousands
        whole, _, fraction = digits.rpartition(separators[-1])
        grouped = _GROUPED.fullmatch(whole) is not None
        return [f"{re.sub('[.,]', '', whole)}.{fraction}"] if grouped else []
    if len(separators) > 1:
        return [re.sub("[.,]", "", digits)] if _GROUPED.fullmatch(digits) else []
    decimal = digits.replace(",", ".")
    if separators == "," and _GROUPED.fullmatch(digits):
        return [decimal, digits.replace(",", "")]
    return [decimal]


def _clock(time: re.Match[str]) -> tuple[int, int, int]:
    hour, half = int(time[1]), time[4]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(time[2]), int(time[3] or 0)


def _date(text: str) -> tuple[int, int, int]:
    if found := _YEAR_FIRST.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.search(text):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] != "." and day <= 12 and day != month:  # 05/06/2024: the fifth of June, or the sixth of May?
            raise ValueError("day and month may be either way round")
        return year, month, day
    return _date_in_words(plain(text).split())


def _date_in_words(words: list[str]) -> tuple[int, int, int]:
    months = [month for word in words if (month := _month(word)) is not None]
    years = [int(word) for word in words if word.isdecimal() and len(word) == 4]
    days = [int(word) for word in words if word.isdecimal() and len(word) <= 2]
    if not len(months) == len(years) == len(days) == 1:
        raise ValueError("not one day, one month and one year")
    return years[0], months[0], days[0]


def _month(word: str) -> int | None:
    """1 to 12 where *word* is a month or begins only that one: "sept", "juil", "mrt"."""
    begun = [index for index, names in enumerate(MONTHS, start=1) if any(name.startswith(word) for name in names)]
    return begun[0] if len(word) >= 3 and word.isalpha() and len(begun) == 1 else None

"""Pages from templates, and how numbers and days read on them."""

import math
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.alerts.message import UNIT_AFTER_NUMBER
from monitor.alerts.units import Units, in_units
from monitor.model import Level
from monitor.web.banner import banner, signs_in
from monitor.web.reading import reads

HERE = Path(__file__).parent
NOT_KNOWN = "–"


def page(template: str, status: int = 200, **view: Any) -> HTMLResponse:
    """The page that *template* makes of *view*; everything in it is escaped."""
    return HTMLResponse(TEMPLATES.get_template(template).render(status=status, **view), status_code=status)


def notice(heading: str, text: str, status: int = 400) -> HTMLResponse:
    """A page that says one thing, where what was asked for did not come about."""
    return page("notice.html", status=status, heading=heading, text=text)


def kilometres(metres: float | None) -> str:
    """12345 → 12.3; a dash where it is not known."""
    return _number(None if metres is None else metres / 1000, 1)


def distance(metres: float | None, units: Units) -> str:
    """The same in a runner's own units."""
    return _number(None if metres is None else metres / units.metres, 1)


def metres(value: float | None) -> str:
    """123.4 → 123; a dash where it is not known."""
    return _number(value, 0)


def whole(value: int) -> str:
    """How many; thousands are told apart where the reader is used to that."""
    return _number(value, 0)


def tenths(value: float | None) -> str:
    return _number(value, 1)


def ratio(value: float | None) -> str:
    return _number(value, 2)


def day(value: date) -> str:
    """Thu 19 Nov"""
    return reads().day(value)


def short_day(value: date) -> str:
    """19 Nov"""
    return reads().short_day(value)


def local_day(value: datetime, zone: ZoneInfo) -> str:
    """The day of a moment where its reader lives."""
    return day(value.astimezone(zone).date())


def full_day(value: date) -> str:
    """Thu 19 Nov 2026"""
    return reads().full_day(value)


def moment(value: datetime) -> str:
    """Thu 19 Nov 2026, 09:00 CET"""
    return f"{full_day(value.date())}, {value:%H:%M %Z}"


def duration(seconds: int | None) -> str:
    """3725 → 1:02:05"""
    if seconds is None:
        return NOT_KNOWN
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def read(text: str, units: Units = Units.KM) -> str:
    """A sentence of ours in a runner's own units, its dates and numbers as the page's reader is used to them."""
    return unbroken(reads().text(in_units(text, units)))


def unbroken(text: str) -> str:
    return UNIT_AFTER_NUMBER.sub("\N{NO-BREAK SPACE}", text)


def sentence(text: str) -> str:
    """fast running not read yet → Fast running not read yet."""
    return f"{text[:1].upper()}{text[1:]}."


def lower_first(text: str) -> str:
    """It was planned → it was planned; but I am sore stays."""
    return text if text.startswith("I ") else f"{text[:1].lower()}{text[1:]}"


def twice(value: object) -> tuple[object, object]:
    """A choice that is sent as it reads."""
    return value, value


def word(level: Level | None) -> str:
    return "CANNOT SAY" if level is None else level.name


def _number(value: float | None, digits: int) -> str:
    return NOT_KNOWN if value is None or math.isnan(value) else reads().number(value, digits)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    numbers = (kilometres, distance, metres, whole, tenths, ratio, duration)
    days = (day, short_day, local_day, full_day, moment)
    readable = (*numbers, *days, read, sentence, lower_first, twice, word)
    environment.filters.update({each.__name__: each for each in readable})
    environment.globals.update(banner=banner, signs_in=signs_in)
    return environment


TEMPLATES = _environment()

"""Pages from templates, and how numbers and days read on them."""

import math
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.model import Level
from monitor.web.banner import banner, signs_in

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


def metres(value: float | None) -> str:
    """123.4 → 123; a dash where it is not known."""
    return _number(value, 0)


def ratio(value: float | None) -> str:
    return _number(value, 2)


def day(value: date) -> str:
    """Thu 19 Nov"""
    return f"{value:%a} {value.day} {value:%b}"


def full_day(value: date) -> str:
    """Thu 19 Nov 2026"""
    return f"{day(value)} {value.year}"


def moment(value: datetime) -> str:
    """Thu 19 Nov 2026, 09:00 CET"""
    return f"{full_day(value.date())}, {value:%H:%M %Z}"


def duration(seconds: int | None) -> str:
    """3725 → 1:02:05"""
    if seconds is None:
        return NOT_KNOWN
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def sentence(text: str) -> str:
    """fast running not read yet → Fast running not read yet."""
    return f"{text[:1].upper()}{text[1:]}."


def lower_first(text: str) -> str:
    """It was planned → it was planned; but I am sore stays."""
    return text if text.startswith("I ") else f"{text[:1].lower()}{text[1:]}"


def word(level: Level | None) -> str:
    return "CANNOT SAY" if level is None else level.name


def _number(value: float | None, digits: int) -> str:
    return NOT_KNOWN if value is None or math.isnan(value) else f"{value:.{digits}f}"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    readable = (kilometres, metres, ratio, day, full_day, moment, duration, sentence, lower_first, word)
    environment.filters.update({each.__name__: each for each in readable})
    environment.globals.update(banner=banner, signs_in=signs_in)
    return environment


TEMPLATES = _environment()

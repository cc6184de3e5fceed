"""How dates and numbers are written on the page that is being answered: as whoever reads it set, or their browser asks.

Asked for when a page writes its first one, so that other answers cost nothing.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache, partial
from typing import Any

from fastapi import FastAPI, Request

from monitor.alerts.locales import AS_WRITTEN, Locale, locale_named
from monitor.errors import UserError
from monitor.store.own_settings import locale_of
from monitor.web import cookies, links
from monitor.web.shell import Shell
from monitor.web.signed import signed

LONGEST_WISH = 200  # [characters] of Accept-Language; nobody reads more languages

_look: ContextVar[Callable[[], Locale]] = ContextVar("_look", default=lambda: AS_WRITTEN)


def reads() -> Locale:
    """The locale of whoever reads the page that is being answered."""
    return _look.get()()


def read_by_each(app: FastAPI, shell: Shell) -> None:
    """Let every page of *app* be written as its reader is used to."""
    app.add_middleware(_Reading, shell=shell)


def wished(languages: str) -> Locale:
    """The locale of an Accept-Language: that of the most wanted language that names a country or has one of its own.

    `AS_WRITTEN` where none does.
    """
    ranges = [each.split(";") for each in languages[:LONGEST_WISH].split(",")]
    tags = sorted(((_weight(rest), tag.strip()) for tag, *rest in ranges), key=lambda pair: -pair[0])
    found = (locale_named(tag) for weight, tag in tags if weight > 0)
    return next((each for each in found if each != AS_WRITTEN), AS_WRITTEN)


def _weight(parameters: list[str]) -> float:
    try:
        return next((float(each.strip()[2:]) for each in parameters if each.strip().startswith("q=")), 1.0)
    except ValueError:
        return 0.0


def _of(shell: Shell, request: Request) -> Locale:
    """What the runner whose own page it is set, else whoever is signed in, else what the browser asks for."""
    return _set_by(shell, request) or wished(request.headers.get("accept-language", ""))


def _set_by(shell: Shell, request: Request) -> Locale | None:
    found = AS_WRITTEN
    if (runner_id := _owner(shell, request.query_params.get("key", ""))) is not None:
        with shell.open_db() as db:
            found = locale_of(db, runner_id)
    elif token := cookies.held(request, cookies.SESSION):
        who = signed(shell, token, shell.now())
        found = who.locale if who else AS_WRITTEN
    return None if found == AS_WRITTEN else found


def _owner(shell: Shell, key: str) -> int | None:
    try:
        return links.owner(shell.secrets, key) if key and shell.secrets else None
    except UserError:
        return None


class _Reading:
    """As `monitor.web.banner` does it: a request is answered in a context that the threads of its page inherit."""

    def __init__(self, app: Any, shell: Shell) -> None:
        self.app, self.shell = app, shell

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            _look.set(cache(partial(_of, self.shell, Request(scope))))
        await self.app(scope, receive, send)

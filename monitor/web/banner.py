"""What stands at the top of every page while something is late: nobody must take an old page for one of today."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from fastapi import FastAPI

from monitor.store.heartbeats import signs
from monitor.watch import Part, Signs, late
from monitor.web.shell import Shell

_signs_in: ContextVar[bool] = ContextVar("_signs_in", default=False)
_look: ContextVar[Callable[[], Sequence[str]]] = ContextVar("_look", default=list)


def banner() -> Sequence[str]:
    """Sentences for the page that is being answered; asked for when it is made, so that other answers cost nothing."""
    return _look.get()()


def signs_in() -> bool:
    """Whether the page that is being answered is one of those for which people sign in."""
    return _signs_in.get()


def show_banner(app: FastAPI, shell: Shell) -> None:
    """Let every page of *app* say what is late."""
    app.add_middleware(_Looking, look=lambda: _look_up(shell), signs_in=not shell.settings.web.is_local)


def sentences(seen: Signs, shell: Shell, now: datetime) -> list[str]:
    """What is late at *now*, where this was *seen* last."""
    found = late(seen, shell.settings.watch.dead_after, now)
    return [each.says for each in found if each.part is not Part.WEB]  # whoever reads a page has the pages


@contextmanager
def saying(said: Sequence[str]) -> Iterator[None]:
    """Let pages that are made in this block say exactly this."""
    token = _look.set(lambda: said)
    yield
    _look.reset(token)


def _look_up(shell: Shell) -> list[str]:
    now = shell.now()
    with shell.open_db() as db:
        return sentences(signs(db, now), shell, now)


class _Looking:
    """A request is answered in a context of its own, and the threads that make its page inherit that."""

    def __init__(self, app: Any, look: Callable[[], Sequence[str]], signs_in: bool) -> None:
        self.app, self.look, self.signs_in = app, look, signs_in

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        _look.set(self.look)
        _signs_in.set(self.signs_in)
        await self.app(scope, receive, send)

"""run, web, worker: the product as it stands on a server."""

import socket
from typing import TYPE_CHECKING

import typer

from monitor.cli.options import now
from monitor.errors import ConfigError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from fastapi import FastAPI

    from jobs.context import Context
    from monitor.settings import Settings


PATIENCE_S = 1.0  # Strava waits two seconds for an answer, and no page waits longer to note that it was read


def add_to(app: typer.Typer) -> None:
    for part in (run, web, worker):
        app.command()(part)


def run(context: typer.Context) -> None:
    """The product: scheduler and pages in one process."""
    from jobs.__main__ import scheduler

    listening = _listening(context)
    product = context.obj.product()
    ticking = scheduler(product)
    try:
        serve(product, listening)
    finally:
        ticking.shutdown()


def web(context: typer.Context) -> None:
    """The pages alone."""
    listening = _listening(context)
    serve(context.obj.product(), listening)


def worker(context: typer.Context) -> None:
    """The scheduler alone."""
    from jobs.__main__ import work

    work(context.obj.product())


def _listening(context: typer.Context) -> socket.socket:
    """Before anything is opened, so that a wrong host or port leaves nothing behind."""
    settings = context.obj.settings()
    refuse_unsafe(settings)
    return listen(settings.web.host, settings.web.port)


def refuse_unsafe(settings: "Settings") -> None:
    """Raise `ConfigError` where others than this machine could reach pages that ask nobody to sign in, or not safely.

    Only base_url tells that people come from elsewhere: a proxy hides where they do.
    """
    from monitor.settings.sections import is_loopback

    web = settings.web
    if web.is_local:
        if not is_loopback(web.host):
            raise ConfigError(
                f"web.host = {web.host}, while web.base_url = {web.base_url} is this machine alone and asks nobody to "
                "sign in: set web.base_url to the https:// address under which the pages are reached"
            )
    elif not web.base_url.startswith("https://"):
        raise ConfigError(
            f"web.base_url = {web.base_url}: who signs in needs https://; put a proxy with a certificate before it"
        )
    elif not settings.secrets:
        raise ConfigError("HAMWATCH_SECRET_KEY is not set, and web.base_url is not this machine: give a random text")


def listen(host: str, port: int) -> socket.socket:
    """The socket of the pages."""
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else every small answer waits 40 ms
        return listening
    except OSError as error:
        raise UserError(f"port {port} cannot be used ({error.strerror}): choose another with web.port") from error


def serve(product: "Context", listening: socket.socket) -> None:
    """Serve the pages until interrupted."""
    import uvicorn

    host, port = listening.getsockname()[:2]
    typer.echo(f"pages: http://{host}:{port}")
    # Whom a proxy served is ours to judge (web/caller.py): uvicorn would believe whoever comes from loopback.
    config = uvicorn.Config(pages(product), log_level="warning", server_header=False, proxy_headers=False)
    server = uvicorn.Server(config)
    server.run(sockets=[listening])


def pages(product: "Context", now: "Callable[[], datetime]" = now) -> "FastAPI":
    """All pages of the product; *now* is their only clock."""
    from functools import partial

    from jobs import appointing, inviting, leaving, letters, watch
    from jobs.exporting import export
    from monitor.store.sessions import prolong
    from monitor.watch import Part
    from monitor.web import (
        answers,
        check_in,
        check_ins,
        connect,
        corrections,
        join,
        leave,
        mails,
        own_events,
        own_settings,
        passkeys,
        people_forms,
        sessions,
        sign_in,
        sign_in_strava,
        strava_events,
        yours,
    )
    from monitor.web.api.app import PATH, create_api
    from monitor.web.app import create_app
    from monitor.web.desk import Desk
    from monitor.web.pulse import pulse, together
    from monitor.web.ready import kept_ready

    beating = pulse(lambda _app: watch.run(product, Part.WEB, now()), product.settings.watch.beat_s)
    hurried, base_url = product.database.impatient(PATIENCE_S), product.settings.web.base_url
    app = create_app(
        product.database.reading,
        product.database.commits,
        product.rules,
        now,
        product.settings,
        product.secrets,
        together(beating, kept_ready),
        partial(prolong, hurried),
    )
    desk = Desk(product.database, product.keys, product.secrets, product.strava, base_url, now)
    own = (answers, check_in, check_ins, connect, corrections, join, mails, own_events, own_settings, yours)
    for subject in (*own, passkeys, sessions, sign_in_strava):
        app.include_router(subject.routes(desk))
    app.include_router(sign_in.routes(desk, partial(letters.sign_in_mail, product)))
    mailing = people_forms.Mailing(
        invite=partial(inviting.invite, product),
        send_again=partial(inviting.send_again, product),
        remove_runner=partial(inviting.remove_runner, product),
        appoint=partial(appointing.appoint, product),
        change_role=partial(appointing.change_role, product),
        dismiss=partial(appointing.dismiss, product),
    )
    app.include_router(people_forms.routes(desk, mailing))
    disconnect, erase = partial(leaving.disconnect, product), partial(leaving.erase, product)
    app.include_router(leave.routes(leave.Door(desk, export, disconnect, erase)))
    mailbox = strava_events.Mailbox(hurried, product.secrets, now, product.settings.web.trusted_proxies)
    app.include_router(strava_events.routes(mailbox))
    app.mount(PATH, create_api(app.state.shell, product.database))
    return app

"""Where Strava tells of changes: one durable row, an answer at once, and nothing believed that was only told."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from re import fullmatch
from time import monotonic

import structlog
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from monitor.errors import BadRecord
from monitor.sources.strava_json import strict_json
from monitor.sources.strava_push import Event, event_of
from monitor.store.database import Database
from monitor.store.events import Aspect, note_event
from monitor.store.subscription import note_heard, subscription
from monitor.web import links
from monitor.web.buckets import Bucket, Buckets
from monitor.web.caller import Network, caller

LARGEST_BODY = 64 * 1024
CHALLENGE = r"[A-Za-z0-9_-]{1,128}"
# What is more is told again by Strava, or found by the next list. Half of it for one address, so that a flood from
# there leaves room for Strava.
AT_ONCE, A_SECOND = 200.0, 50.0
OF_ONE_AT_ONCE, OF_ONE_A_SECOND = AT_ONCE / 2, A_SECOND / 2
log = structlog.get_logger()


@dataclass
class Mailbox:
    """Where events arrive. *database* waits a second at most for its turn: Strava waits two for our answer."""

    database: Database
    secrets: tuple[str, ...] = field(repr=False)
    now: Callable[[], datetime]
    trusted_proxies: Sequence[Network] = ()
    counts: Counter[str] = field(default_factory=Counter)
    stopwatch: Callable[[], float] = monotonic  # [s]
    everybody: Bucket = field(default_factory=lambda: Bucket(AT_ONCE, A_SECOND))
    each: Buckets = field(default_factory=lambda: Buckets(OF_ONE_AT_ONCE, OF_ONE_A_SECOND))

    def has_room(self, request: Request) -> bool:
        """Whether another event fits into what is taken a second, from this address and at all."""
        peer, moment = request.client.host if request.client else "", self.stopwatch()
        who = caller(peer, request.headers.getlist("x-forwarded-for"), self.trusted_proxies)
        return self.each.has_room(who, moment) and self.everybody.has_room(moment)


def routes(mailbox: Mailbox) -> APIRouter:
    """Strava's first look at the address, and its events."""
    router = APIRouter(prefix="/webhooks/strava")

    @router.get("/{path}")
    def verification(path: str, request: Request) -> JSONResponse:
        """Strava asks whether the subscription was meant; only our own token is answered."""
        asked = request.query_params
        challenge = asked.get("hub.challenge", "")
        known = links.is_webhook(mailbox.secrets, path)
        meant = links.is_verify_token(mailbox.secrets, asked.get("hub.verify_token", ""))
        if not (known and meant and asked.get("hub.mode") == "subscribe" and fullmatch(CHALLENGE, challenge)):
            raise HTTPException(403 if known else 404)
        return JSONResponse({"hub.challenge": challenge})

    @router.post("/{path}")
    async def event(path: str, request: Request) -> JSONResponse:
        """200 once the hint is a row, or is of no use; 503 where neither is certain, so that Strava tells it again."""
        if not links.is_webhook(mailbox.secrets, path):
            raise HTTPException(404)
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise HTTPException(415)
        body = await _body(request)
        if not mailbox.has_room(request):
            mailbox.counts["refused in a flood"] += 1
            raise HTTPException(503)
        mailbox.counts[await run_in_threadpool(_taken, mailbox, body)] += 1
        return JSONResponse({})

    return router


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BODY:
            raise HTTPException(413)
    return bytes(body)


def _taken(mailbox: Mailbox, body: bytes) -> str:
    """What became of an event, in a word for the count."""
    try:
        told = event_of(strict_json(body))
    except (BadRecord, ValueError):
        return "unreadable"
    if told is None:
        return "of no concern"
    try:
        return _kept(mailbox, told)
    except Exception as error:
        log.warning("event not kept", error=type(error).__name__)
        raise HTTPException(503) from error


def _kept(mailbox: Mailbox, told: Event) -> str:
    now = mailbox.now()
    with mailbox.database.writing() as db:
        held = subscription(db)
        if held is None or held.id != told.subscription_id:
            return "of another subscription"
        if not note_event(db, told.athlete_id, Aspect(told.aspect), told.object_id, told.event_time, now):
            return "of nobody here"
        note_heard(db, now)
    return "kept"

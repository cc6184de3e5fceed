"""Pages as they were sent, kept while all that they show stays the same: neither judged nor drawn again."""

import gzip
from collections.abc import Callable
from datetime import datetime

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from monitor.store.imprint import imprint
from monitor.web.banner import saying, sentences
from monitor.web.kept import Stamp
from monitor.web.reading import reads
from monitor.web.shell import Shell


def finished(here: Shell, request: Request, team_id: int | None, draw: Callable[[datetime], Response]) -> Response:
    """The answer to whoever may see this page of a team, or of everybody; *draw* makes it of a moment.

    It must show nothing that depends on who asks, but how they read dates and numbers. What it rests on is stamped
    before it is read, so that no page is ever taken for newer than it is. In a minute in which nothing was written at
    all, not even that is looked at again.
    """
    now = here.now()
    minute = now.replace(second=0, microsecond=0)

    def look() -> Stamp:
        with here.open_db() as db:
            told, seen = imprint(db, team_id, now)
        return Stamp(told, tuple(sentences(seen, here, now)), minute)

    def drawn(stamp: Stamp) -> bytes:
        with saying(stamp.banner):
            return bytes(draw(now).body)

    address = f"{reads().tag} {request.url.path}?{request.url.query}"
    squeezed = here.pages.page(address, (here.commits(), minute), look, drawn)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return HTMLResponse(squeezed, headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
    return HTMLResponse(gzip.decompress(squeezed), headers={"Vary": "Accept-Encoding"})

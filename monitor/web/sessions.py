"""The browsers in which somebody is signed in, each with the button that ends it."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse

from monitor.store.passkeys import passkeys
from monitor.store.sessions import end_session, identity, sessions
from monitor.web.access import Who, as_somebody, own_session
from monitor.web.desk import Desk
from monitor.web.pages import page
from monitor.web.passkeys import may_change
from monitor.web.security import same_origin
from monitor.web.shell import Here
from monitor.web.sign_in import elsewhere

log = structlog.get_logger()


def routes(desk: Desk) -> APIRouter:
    """The list, and what its buttons do."""
    router = APIRouter(prefix="/sessions", dependencies=[Depends(elsewhere)])

    @router.get("")
    def listed(here: Here, who: Who) -> Response:
        """Where one is signed in, and with which passkeys one could be."""
        as_somebody(who)
        with desk.database.reading() as db:
            current = own_session(db, who)
            found, keys = sessions(db, identity(current), desk.now()), passkeys(db, identity(current))
            change = may_change(db, here, current)
        lacks = current.address == here.settings.mail.operator_address and not who.is_operator
        return page(
            "sessions.html",
            sessions=found,
            current=current.id,
            who=who,
            passkeys=keys,
            may_change=change,
            lacks_passkey=lacks,
        )

    @router.post("/end", dependencies=[Depends(same_origin)])
    def end(who: Who, number: Annotated[int, Form(ge=1, lt=2**63)]) -> Response:
        """End one of one's own."""
        as_somebody(who)
        with desk.database.writing() as db:
            if not end_session(db, identity(own_session(db, who)), number):
                raise HTTPException(404)
        log.info("session ended")
        return RedirectResponse("/sessions", status_code=303)

    return router

"""Signing in with a passkey, and having one. Two pages with a script, since nothing else reaches a passkey."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from monitor.store.passkeys import add_passkey, owner, passkey, passkeys, remove_passkey
from monitor.store.sessions import Identity, identity
from monitor.store.sign_in_tables import SignedIn
from monitor.store.sign_ins import Begun, Way, begin, complete
from monitor.web import cookies
from monitor.web.access import Who, as_somebody, own_session
from monitor.web.desk import Desk
from monitor.web.pages import notice, page
from monitor.web.passkey_proof import Site, credential_of, made, signed, to_make, to_sign
from monitor.web.security import same_origin, with_our_script
from monitor.web.shell import Here, Shell
from monitor.web.sign_in import OVER, TOO_MANY, asked_by, begun_here, elsewhere, inside, signed_in

NOT_OURS = "This passkey opens nothing here. Sign in with your address."
NOT_KEPT = "The passkey was not made, and nothing was changed. Open the page again to try anew."
Token = Annotated[str, Form()]
Answer = Annotated[str, Form(max_length=20_000)]

log = structlog.get_logger()


def routes(desk: Desk) -> APIRouter:
    """In with a passkey; a new one, and one removed, for whoever is signed in."""
    router = APIRouter(dependencies=[Depends(elsewhere), Depends(same_origin)])

    @router.post("/sign-in/passkey")
    def ask(request: Request, here: Here, next: Annotated[str, Form()] = "/") -> Response:
        """What the passkey must sign."""
        with desk.database.writing() as db:
            begun = begin(db, Way.PASSKEY, asked_by(request, here), desk.now(), leads_to=inside(next))
        if begun is None:
            return notice(*TOO_MANY)
        options = to_sign(Site(desk.base_url), begun.sent)
        return _script_page(begun, options, "/sign-in/passkey/answer", creates=False)

    @router.post("/sign-in/passkey/answer")
    def enter(request: Request, token: Token = "", answer: Answer = "") -> Response:
        """In, where the signature is right."""
        return _entered(desk, request, token, answer)

    @router.post("/sessions/passkey")
    def offer(request: Request, here: Here, who: Who) -> Response:
        """What a new passkey is made for."""
        return _offered(desk, here, request, _mine(desk, here, who))

    @router.post("/sessions/passkey/answer")
    def keep(request: Request, here: Here, who: Who, token: Token = "", answer: Answer = "") -> Response:
        """It opens the pages from now on."""
        return _kept(desk, request, _mine(desk, here, who), token, answer)

    @router.post("/sessions/passkey/remove")
    def remove(here: Here, who: Who, number: Annotated[int, Form(ge=1, lt=2**63)]) -> Response:
        """It opens nothing any more."""
        mine = _mine(desk, here, who)
        with desk.database.writing() as db:
            if not remove_passkey(db, mine, number):
                raise HTTPException(404)
        log.info("passkey removed")
        return RedirectResponse("/sessions", status_code=303)

    return router


def may_change(db: Session, here: Shell, session: SignedIn) -> bool:
    """Whether this session may add passkeys and remove them.

    Where the operator needs one, a mailed link brings the first, and nothing once there is one.
    """
    needed = here.settings.web.operator_passkey and session.address == here.settings.mail.operator_address
    return not needed or session.via == Way.PASSKEY or not passkeys(db, identity(session))


def _mine(desk: Desk, here: Shell, who: Who) -> Identity:
    as_somebody(who)
    with desk.database.reading() as db:
        session = own_session(db, who)
        if not may_change(db, here, session):
            raise HTTPException(404)
        return identity(session)


def _entered(desk: Desk, request: Request, token: str, answer: str) -> Response:
    with desk.database.writing() as db:
        begun = complete(db, Way.PASSKEY, token, cookies.held(request, cookies.NONCE), desk.now())
        row = passkey(db, credential_of(answer)) if begun else None
        uses = signed(Site(desk.base_url), token, answer, row) if row else None
        if begun and row and uses is not None:
            row.uses, row.used_at = uses, desk.now()
            return signed_in(db, desk, request, owner(row), Way.PASSKEY, begun.leads_to)
    return notice("Not signed in", NOT_OURS if begun else OVER)


def _offered(desk: Desk, here: Shell, request: Request, mine: Identity) -> Response:
    with desk.database.writing() as db:
        begun, held = begin(db, Way.NEW_PASSKEY, asked_by(request, here), desk.now()), passkeys(db, mine)
    if begun is None:
        return notice(*TOO_MANY)
    options = to_make(Site(desk.base_url), begun.sent, mine, held, desk.secrets[0])
    return _script_page(begun, options, "/sessions/passkey/answer", creates=True)


def _kept(desk: Desk, request: Request, mine: Identity, token: str, answer: str) -> Response:
    agent = request.headers.get("user-agent", "")
    with desk.database.writing() as db:
        begun = complete(db, Way.NEW_PASSKEY, token, cookies.held(request, cookies.NONCE), desk.now())
        new = made(Site(desk.base_url), token, answer) if begun else None
        if new and passkey(db, new.credential) is None:
            add_passkey(db, mine, new.credential, new.public_key, new.uses, agent, desk.now())
            log.info("passkey added")
            return RedirectResponse("/sessions", status_code=303)
    return notice("No passkey", NOT_KEPT)


def _script_page(begun: Begun, options: str, action: str, *, creates: bool) -> Response:
    shown = page("passkey.html", options=options, token=begun.sent, action=action, creates=creates)
    shown.headers.update(with_our_script())
    return begun_here(shown, begun)

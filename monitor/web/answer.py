"""Strava's answer to a runner's consent: whose it is, what was granted, what to say where nothing came of it, and the
runner's word that the account is theirs.
"""

from dataclasses import dataclass, field
from hmac import compare_digest

import structlog
from sqlmodel import Session

from monitor.errors import AccessRevoked, AthleteLimit, HamwatchError, SourceUnavailable, UserError
from monitor.sources.strava_tokens import Tokens
from monitor.store import unconfirmed
from monitor.store.connections import HELD, holder
from monitor.store.due import make_due
from monitor.store.oauth_states import take
from monitor.store.strava_tables import Unconfirmed
from monitor.store.unconfirmed import Account
from monitor.web import links
from monitor.web.desk import Desk

ENOUGH = frozenset({"activity:read", "activity:read_all"})
ANEW = "Nothing was stored. Open your invitation again to start anew."
BOX = (
    "The permission to view your activities is needed: open your invitation again, and on Strava's page leave the box "
    "“View data about your activities” ticked. Nothing was stored."
)
FULL = (
    "Hamwatch cannot take in another Strava account at the moment. Nothing was stored, and it is no fault of yours: "
    "tell whoever sent you the link, and try again when they say so."
)
DOWN = "Strava does not answer as it should at the moment. Nothing was stored. Try again in a few minutes."

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answer:
    """What Strava sent back with the browser, and the nonce that only this browser holds."""

    state: str = field(repr=False)
    code: str = field(repr=False)
    scope: str
    error: str
    nonce: str = field(repr=False)


def accepted(desk: Desk, answer: Answer) -> None:
    """Keep the account until the runner says that it is theirs.

    Any `HamwatchError` leaves nothing stored, and the answer taken.
    """
    runner_id = _traveller(desk, answer)
    tokens, granted = _exchanged(desk, answer)
    _keep(desk, runner_id, answer.nonce, tokens, granted)


def asked_about(desk: Desk, nonce: str) -> Unconfirmed:
    """The account of which this browser is asked whether it is theirs. Raises `UserError` where there is none."""
    with desk.database.reading() as db:
        return _waiting(db, desk, nonce)


def confirmed(desk: Desk, nonce: str) -> tuple[int, str | None]:
    """Connection and consent in one commit: who is connected now, and what their Strava account is called.

    Raises `UserError` for whoever answers second.
    """
    with desk.database.writing() as db:
        row = _waiting(db, desk, nonce)
        who = row.runner_id, row.athlete_name
        unconfirmed.confirm(db, desk.keys, row, desk.now())
        make_due(db, row.runner_id)
    return who


def refused(desk: Desk, nonce: str) -> int:
    """The account is not theirs: it is dropped, and its permission given back."""
    with desk.database.writing() as db:
        row = _waiting(db, desk, nonce)
        runner_id = row.runner_id
        unconfirmed.drop(db, desk.keys, row, desk.now())
    return runner_id


def _waiting(db: Session, desk: Desk, nonce: str) -> Unconfirmed:
    row = unconfirmed.waiting(db, nonce, desk.now())
    if row is None:
        raise UserError(f"This was answered before, or it took longer than ten minutes. {ANEW}")
    return row


def told_to_the_runner(trouble: HamwatchError) -> tuple[str, int]:
    """What a runner is told of it, and the status of that page: nothing that only the operator can mend."""
    match trouble:
        case AthleteLimit():
            return FULL, 503
        case SourceUnavailable():
            return DOWN, 503
        case AccessRevoked():
            return f"Strava does not accept this answer any more. {ANEW}", 400
        case _:
            return str(trouble), 400


def _traveller(desk: Desk, answer: Answer) -> int:
    """The runner for whom this browser was sent away. The answer is taken from here on, whatever it holds."""
    runner_id, nonce = links.opened_state(desk.secrets, answer.state)
    if not compare_digest(answer.nonce.encode(), nonce.encode()):
        raise UserError(f"This answer belongs to another browser. {ANEW}")
    with desk.database.writing() as db:
        sent_away = take(db, nonce, desk.now())
    if sent_away != runner_id:
        raise UserError(f"This answer was taken before, or it is too old. {ANEW}")
    return runner_id


def _exchanged(desk: Desk, answer: Answer) -> tuple[Tokens, frozenset[str]]:
    """The tokens for the answer's code, and what was granted: what came with the tokens, else with the browser."""
    if answer.error:
        raise UserError(f"You did not give permission. {ANEW}")
    if not answer.code:
        raise UserError(f"Strava's answer is not complete. {ANEW}")
    named = frozenset(answer.scope.replace(",", " ").split())
    if named and not ENOUGH & named:
        raise UserError(BOX)
    tokens = desk.strava.exchange(answer.code, desk.now())
    granted = named if tokens.scope is None else tokens.scope
    if not ENOUGH & granted:
        raise UserError(BOX)
    return tokens, granted


def _keep(desk: Desk, runner_id: int, nonce: str, tokens: Tokens, granted: frozenset[str]) -> None:
    """An account that another runner holds is refused at once, and that is on record."""
    if tokens.athlete_id is None:
        raise SourceUnavailable("Strava did not say whose account this is")
    scope = ",".join(sorted(granted))
    name, access, refresh = tokens.athlete_name, tokens.access, tokens.refresh
    account = Account(tokens.athlete_id, name, access, refresh, tokens.expires_at, scope)
    with desk.database.writing() as db:
        if (held_by := holder(db, account.athlete_id)) not in (None, runner_id):
            log.warning("strava account refused", runner=runner_id, held_by=held_by)
            raise UserError(HELD)
        unconfirmed.keep(db, desk.keys, runner_id, nonce, account, desk.now())

"""Who is asking, and the one place that decides what they may see.

A page takes `who: Who` and asks `as_runner`, `as_coach` or `as_operator` before it reads anything; what they return
is for whom the rows are read. What somebody may not see is 404, in the words of what does not exist; whoever is not
signed in is led there first, whatever they asked for.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

from fastapi import Depends, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from sqlmodel import Session

from monitor.store.audience import OWN, Audience
from monitor.store.sessions import SEEN_EVERY, still_open
from monitor.store.sign_in_tables import SignedIn
from monitor.store.visitor import Role, Visitor
from monitor.web import cookies
from monitor.web.shell import Here, Shell
from monitor.web.signed import signed

__all__ = [
    "Role",
    "Visitor",
    "Who",
    "as_coach",
    "as_operator",
    "as_runner",
    "as_somebody",
    "for_coaches",
    "for_operator",
    "for_role",
    "may_coach",
    "may_see",
    "own_session",
]

LOCAL = Visitor(is_operator=True, via="this machine")
NOBODY = Visitor()

Found = TypeVar("Found")


async def _visitor(request: Request, here: Here) -> Visitor:
    """Pages that are served to this machine alone are its owner's; all others ask who it is."""
    token = cookies.held(request, cookies.SESSION)
    if here.settings.web.is_local:
        return LOCAL
    return await run_in_threadpool(_signed_in, here, token) if token else NOBODY


def _signed_in(here: Shell, token: str) -> Visitor:
    now = here.now()
    found = signed(here, token, now)
    if found is None:
        return NOBODY
    if here.prolong and found.visitor.session_id and now - found.seen_at > SEEN_EVERY:
        here.prolong(found.visitor.session_id, now)
    return found.visitor


Who = Annotated[Visitor, Depends(_visitor)]


def may_see(who: Visitor, runner_id: int) -> Audience | None:
    """For whom the rows of this runner's own pages are read; None where *who* may not see them.

    Coaches see runners on the pages of their team alone, where `store.view` asks for the consent.
    """
    return OWN if who.is_operator or runner_id in who.runner_ids else None


def may_coach(who: Visitor, team_id: int) -> Role | None:
    """What *who* may do in this team; None for nothing, not even look."""
    return Role.OWNER if who.is_operator else who.teams.get(team_id)


def as_runner(who: Visitor, runner_id: int) -> Audience:
    """The same as `may_see`, or the answer that ends the request."""
    return _or_end(who, may_see(who, runner_id))


def as_coach(who: Visitor, team_id: int, least: Role = Role.VIEWER) -> Role:
    """The role in this team, which must be *least* or more, or the answer that ends the request."""
    role = may_coach(who, team_id)
    return _or_end(who, role if role and role.reaches(least) else None)


def own_session(db: Session, who: Visitor) -> SignedIn:
    """Theirs, or the answer that ends the request: it may have been ended elsewhere meanwhile."""
    found = still_open(db, who.session_id)
    if found is None:
        raise HTTPException(401)
    return found


def as_operator(who: Visitor) -> None:
    """Nothing, or the answer that ends the request."""
    _or_end(who, who.is_operator or None)


def for_role(least: Role) -> Callable[[Visitor, int], Awaitable[None]]:
    """What the pages of a team depend on, and what is changed there: its visitor's role in it is *least* or more."""

    async def held(who: Who, team_id: int) -> None:
        as_coach(who, team_id, least)

    return held


for_coaches = for_role(Role.VIEWER)


async def for_operator(who: Who) -> None:
    """What the operator's pages depend on."""
    as_operator(who)


def as_somebody(who: Visitor) -> None:
    """Nothing for whoever is signed in, or the answer that ends the request."""
    _or_end(who, None if who.is_anonymous else True)


def _or_end(who: Visitor, found: Found | None) -> Found:
    if found is None:
        raise HTTPException(401 if who.is_anonymous else 404)
    return found

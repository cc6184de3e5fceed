"""A team's people: its coaches and what they may do, its runners and since when they share, who is invited, groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Depends, HTTPException, Response
from sqlmodel import Session

from monitor.store.audience import COACHES
from monitor.store.coaches import coaches
from monitor.store.consents import team_since
from monitor.store.groups import groups_of
from monitor.store.invitation_tables import Invitation
from monitor.store.invitations import invitations
from monitor.store.people import Person, how_many, people, team_name
from monitor.store.tables import Coach
from monitor.store.visitor import Role
from monitor.store.zones import known_zones
from monitor.web.access import Who, as_coach, for_coaches
from monitor.web.board import Id
from monitor.web.pages import page
from monitor.web.shell import Here

MAY = {
    Role.VIEWER: "viewer: looks",
    Role.COACH: "coach: invites, makes groups",
    Role.OWNER: "owner: decides who else may",
}

SAVED = {
    "yes": "Saved.",
    "untold": "Saved. They are not told of it by mail, for enough was mailed today: tell them yourself.",
}

router = APIRouter()


@dataclass(frozen=True, slots=True)
class People:
    """What the page shows. Of a runner who has not agreed it knows that they were invited, by the name typed then."""

    name: str
    path: str  # where the team's pages are
    coaches: Sequence[Coach]
    runners: Sequence[Person]  # who agreed to be seen
    since: Mapping[int, datetime]  # by runner
    not_agreed: int  # how many more there are
    invited: Sequence[Invitation]
    groups: Mapping[str, frozenset[int]]  # by name: whose runners may be seen


@router.get("/teams/{team_id}/people", dependencies=[Depends(for_coaches)])
def people_page(here: Here, who: Who, team_id: Id, saved: str = "") -> Response:
    """For the coaches; the forms are those that their role may send."""
    with here.open_db() as db:
        found = team_people(db, team_id)
    if found is None:
        raise HTTPException(404)
    role = as_coach(who, team_id)
    return page(
        "people.html",
        team=found,
        may_invite=role.reaches(Role.COACH),
        may_own=role.reaches(Role.OWNER),
        roles=[(each.value, MAY[each]) for each in Role],
        zones=sorted(known_zones()),
        zone=found.coaches[0].timezone if found.coaches else "UTC",
        now=here.now(),
        saved=SAVED.get(saved, ""),
    )


def team_people(db: Session, team_id: int) -> People | None:
    """Whom a team's coaches may know of; None where there is no such team."""
    name = team_name(db, team_id)
    if name is None:
        return None
    seen = people(db, team_id, COACHES)
    return People(
        name=name,
        path=f"/teams/{team_id}",
        coaches=coaches(db, team_id),
        runners=sorted(seen, key=lambda each: each.name.casefold()),
        since=team_since(db, team_id),
        not_agreed=how_many(db, team_id) - len(seen),
        invited=invitations(db, team_id),
        groups=_by_name(groups_of(db, team_id, COACHES)),
    )


def _by_name(groups: Mapping[int, Sequence[str]]) -> dict[str, frozenset[int]]:
    names = sorted({name for held in groups.values() for name in held})
    return {name: frozenset(number for number, held in groups.items() if name in held) for name in names}

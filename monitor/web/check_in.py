"""The check-in: one question for most people, three short pages at most. Nothing is kept before the last answer."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from monitor.store.check_ins import save_check_in
from monitor.store.people import Person
from monitor.symptoms.check_in import PAINS, CheckIn, Morning
from monitor.symptoms.circumstances import BOUNDS, NAMES
from monitor.symptoms.patterns import Trait
from monitor.symptoms.questions import FURTHER, MORNINGS, PARTICIPATION, Page, next_page
from monitor.symptoms.red_flags import ASKED as FLAGS
from monitor.symptoms.red_flags import RedFlag
from monitor.symptoms.scoring import CANNOT, FULL
from monitor.web import links
from monitor.web.desk import Desk
from monitor.web.own import for_owner, own_act
from monitor.web.pages import page
from monitor.web.security import same_origin

Option = Annotated[int, Field(ge=1, le=4)]
FIRST = ("participation", *NAMES)
CARRIED = {  # what was answered on the pages before, and goes along with the form of this one
    Page.FIRST: (),
    Page.FURTHER: FIRST,
    Page.WHERE: FIRST,
    Page.THERE: (*FIRST, "modification", "performance", "symptoms", "there"),
}


def within(name: str) -> Any:
    """The scale of a number that may stay blank."""
    least, most = BOUNDS[name]
    return Field(ge=least, le=most, allow_inf_nan=False)


class Given(BaseModel):
    """The answers so far, as the form sends them; None is not answered yet."""

    key: str = ""
    page: Page | None = None  # the one whose button was pressed
    participation: Option | None = None
    modification: Option | None = None
    performance: Option | None = None
    symptoms: Option | None = None
    there: bool | None = None
    pain: Annotated[int, Field(ge=PAINS[0], le=PAINS[-1])] | None = None
    morning: Morning | None = None
    lasting: bool | None = None
    flags: list[RedFlag] = []
    no_flag: bool = False
    traits: list[Trait] = []
    sleep_h: Annotated[float, within("sleep_h")] | None = None
    stress: Annotated[int, within("stress")] | None = None
    fuelling_concern: bool | None = None
    strength_sessions: Annotated[int, within("strength_sessions")] | None = None

    @property
    def next_page(self) -> Page:
        further = None not in (self.modification, self.performance, self.symptoms)
        # Silence about a sign for a doctor is not taken for a no.
        told = None not in (self.pain, self.morning, self.lasting) and bool(self.flags or self.no_flag)
        return next_page(self.participation, further, self.there, told)

    def carried(self, to: Page) -> dict[str, str]:
        """What was answered before, for the form of this page."""
        return {name: str(value) for name in CARRIED[to] if (value := getattr(self, name)) is not None}

    def check_in(self, day: date) -> CheckIn:
        """The answers to what was asked; whatever else was sent is dropped."""
        around = {name: getattr(self, name) for name in NAMES}
        if self.participation is None or self.participation == FULL:
            return CheckIn(day=day, participation=FULL, **around)
        asked = self.participation != CANNOT
        there = bool(self.there)
        return CheckIn(
            day=day,
            participation=self.participation,
            modification=self.modification if asked else None,
            performance=self.performance if asked else None,
            symptoms=self.symptoms if asked else None,
            there=there,
            pain=self.pain if there else None,
            morning=self.morning if there else None,
            lasting=there and bool(self.lasting),
            flags=frozenset(self.flags if there else ()),
            traits=frozenset(self.traits if there else ()),
            **around,
        )


def routes(desk: Desk) -> APIRouter:
    """The pages of the check-in."""
    router = APIRouter()

    @router.get("/check-in")
    def begin(key: str = "") -> Response:
        """The first question. Looking changes nothing."""
        return _asked(desk, Given(key=key))

    @router.post("/check-in", dependencies=[Depends(same_origin)])
    def answer(given: Annotated[Given, Form()]) -> Response:
        """The next page, or, after the last answer, what follows from them."""
        return _asked(desk, given)

    return router


def _asked(desk: Desk, given: Given) -> Response:
    following = given.next_page
    if following is not Page.DONE:
        own = links.own_path(given.key, "/check-ins")
        return for_owner(desk, given.key, lambda _: _form(given, following, own))

    def save(db: Session, guest: Person) -> None:
        now = desk.now()
        save_check_in(db, guest.id, given.check_in(now.astimezone(guest.zone).date()), now)

    return own_act(desk, given.key, "/check-ins", save)


def _form(given: Given, asks: Page, own: str) -> Response:
    return page(
        "check-in.html",
        given=given,
        asks=asks,
        carried=given.carried(asks),
        incomplete=given.page is asks,
        items=(PARTICIPATION,) if asks is Page.FIRST else FURTHER if asks is Page.FURTHER else (),
        pains=PAINS,
        bounds=BOUNDS,
        mornings=MORNINGS,
        flags=tuple(FLAGS),
        traits=tuple(Trait),
        own=own,
    )

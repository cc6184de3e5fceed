"""What the API takes. An unknown field, another type, or a day that is none is refused."""

import re
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, model_validator

from monitor.alerts.answers import Say
from monitor.model import Event, EventKind
from monitor.store.log import EARLIEST, LATEST, LONGEST_EVENT_DAYS
from monitor.symptoms.check_in import PAINS, CheckIn, Morning
from monitor.symptoms.patterns import Trait
from monitor.symptoms.questions import Page
from monitor.symptoms.red_flags import RedFlag
from monitor.web.check_in import Given, within

LONGEST_SPAN = 400  # [days]


def _day(written: Any) -> Any:
    """A number is a day to pydantic, too."""
    if not isinstance(written, date) and not (isinstance(written, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", written)):
        raise ValueError("write a day as YYYY-MM-DD")
    return written


Day = Annotated[date, BeforeValidator(_day), Field(ge=EARLIEST, le=LATEST)]
Option = Annotated[StrictInt, Field(ge=1, le=4)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Body):
    """Days from … to, both included; 400 at most."""

    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first and self.last and not 0 <= (self.last - self.first).days < LONGEST_SPAN:
            raise ValueError(f"give from and to in this order, {LONGEST_SPAN} days at most")
        return self


class CheckInGiven(Body):
    """The answers of today, numbered as on the page of the check-in. What was not asked is left out.

    `flags` and `traits` are told where `there` is true; a sign for a doctor that was not asked for is not a no, so
    that `flags` must be there, and may be empty. The last four may always be left out: no rule reads them.
    """

    participation: Option
    modification: Option | None = None
    performance: Option | None = None
    symptoms: Option | None = None
    there: StrictBool | None = Field(default=None, description="Buttock, hip or the back of the thigh is part of it.")
    pain: Annotated[StrictInt, Field(ge=PAINS[0], le=PAINS[-1])] | None = None
    morning: Morning | None = None
    lasting: StrictBool | None = Field(default=None, description="For two weeks or longer.")
    flags: Annotated[list[RedFlag], Field(max_length=len(RedFlag))] | None = None
    traits: Annotated[list[Trait], Field(max_length=len(Trait))] = []
    sleep_h: Annotated[StrictFloat, within("sleep_h")] | None = Field(default=None, description="A night, as a rule.")
    stress: Annotated[StrictInt, within("stress")] | None = None
    fuelling_concern: StrictBool | None = Field(default=None, description="A worry about eating enough.")
    strength_sessions: Annotated[StrictInt, within("strength_sessions")] | None = None

    def check_in(self, day: date) -> CheckIn | None:
        """The same answers for the store; None where one is missing."""
        told = self.model_dump(exclude={"flags"})
        given = Given(**told, flags=self.flags or [], no_flag=self.flags == [])
        return given.check_in(day) if given.next_page is Page.DONE else None


class AnswerGiven(Body):
    """What the runner says of a finding."""

    say: Say


class EventGiven(Body):
    """Why a runner does less than usual. Without `last_day` it is a single day; a year at most."""

    kind: EventKind
    first_day: Day
    last_day: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day and not 0 <= (self.last_day - self.first_day).days < LONGEST_EVENT_DAYS:
            raise ValueError("an event ends on its first day or later, and lasts a year at most")
        return self

    def event(self) -> Event:
        return Event(self.kind, self.first_day, self.last_day or self.first_day)

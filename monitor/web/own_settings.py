"""A runner's settings: zone, quiet hours, units, how dates are written, and the figures that reading runs needs."""

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Response
from sqlmodel import Session

from monitor.alerts.headroom import fast_speed_said
from monitor.alerts.locales import countries
from monitor.alerts.units import Units
from monitor.errors import UserError
from monitor.store.log import BOUNDS, SEXES, profile, set_profile
from monitor.store.own_settings import HOURS, own_settings, set_own
from monitor.store.people import Person
from monitor.store.training import training_log
from monitor.store.zones import known_zones
from monitor.web import links
from monitor.web.desk import Desk
from monitor.web.own import Drawing, Key, own_act, own_links, own_page
from monitor.web.pages import page
from monitor.web.security import same_origin
from monitor.web.shell import Here

PATH = "/my/settings"
Hour = Annotated[int | None, Form(ge=HOURS[0], le=HOURS[-1])]
Speed = Annotated[float | None, Form(allow_inf_nan=False)]
HeartRate = Annotated[int | None, Form()]


def routes(desk: Desk) -> APIRouter:
    """The page, and what its two forms keep."""
    router = APIRouter()

    @router.get(PATH)
    def shown(here: Here, key: str = "", saved: str = "") -> Response:
        """What holds now."""

        def show(db: Session, guest: Person) -> Drawing:
            chosen = own_settings(db, guest.id)
            return partial(
                page,
                "own-settings.html",
                person=guest,
                chosen=chosen,
                usual=here.settings.mail,
                figures=profile(db, guest.id),
                bounds=BOUNDS,
                sexes=SEXES,
                fast_speed=fast_speed_said(training_log(db, guest.id).fast_speed),
                countries=countries(),
                zones=sorted(known_zones()),
                units=tuple(Units),
                hours=[(hour, f"{hour:02}:00") for hour in HOURS],
                leave=links.own_path(key, "/leave"),
                key=key,
                saved=bool(saved),
                own=own_links(key, guest.id),
            )

        return own_page(desk, key, show)

    @router.post(PATH, dependencies=[Depends(same_origin)])
    def save(
        timezone: Annotated[str, Form()],
        units: Annotated[Units, Form()],
        locale: Annotated[str, Form()] = "",
        key: Key = "",
        quiet_from: Hour = None,
        quiet_until: Hour = None,
    ) -> Response:
        """Zone, quiet hours, units and locale from now on."""

        def do(db: Session, guest: Person) -> None:
            if (quiet_from is None) != (quiet_until is None):
                raise UserError("quiet hours of your own take both an hour where they begin and one where they end")
            quiet = None if quiet_from is None or quiet_until is None else (quiet_from, quiet_until)
            set_own(db, guest.id, timezone=timezone, quiet=quiet, units=units, locale=locale)

        return own_act(desk, key, f"{PATH}?saved=yes", do)

    @router.post(f"{PATH}/figures", dependencies=[Depends(same_origin)])
    def save_figures(
        key: Key = "",
        fast_mps: Speed = None,
        threshold_mps: Speed = None,
        resting_heartrate_bpm: HeartRate = None,
        max_heartrate_bpm: HeartRate = None,
        first_threshold_bpm: HeartRate = None,
        second_threshold_bpm: HeartRate = None,
        sex: Annotated[Literal["men", "women", ""], Form()] = "",
    ) -> Response:
        """The runner's own figures, as `hamwatch profile set` keeps them; an empty field forgets one."""

        def do(db: Session, guest: Person) -> None:
            set_profile(
                db,
                guest.id,
                fast_mps=fast_mps,
                threshold_mps=threshold_mps,
                resting_heartrate_bpm=resting_heartrate_bpm,
                max_heartrate_bpm=max_heartrate_bpm,
                first_threshold_bpm=first_threshold_bpm,
                second_threshold_bpm=second_threshold_bpm,
                sex=sex or None,
            )

        return own_act(desk, key, f"{PATH}?saved=yes", do)

    return router

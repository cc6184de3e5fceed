"""Where runners do something themselves: connect an account, join a team, say who may see what."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from monitor.errors import UserError
from monitor.sources.strava import Strava
from monitor.store.database import Database
from monitor.store.people import Person, person
from monitor.store.sealing import Keyring
from monitor.web import links


@dataclass(frozen=True, slots=True)
class Desk:
    """What such a page works with. Who stands before it is told by a signed link."""

    database: Database
    keys: Keyring
    secrets: tuple[str, ...] = field(repr=False)
    strava: Strava
    base_url: str
    now: Callable[[], datetime]

    @property
    def callback(self) -> str:
        return f"{self.base_url}/oauth/strava/callback"

    def guest(self, runner_id: int) -> Person:
        """The runner whose link was opened. Raises `UserError` for one who has left meanwhile."""
        try:
            with self.database.reading() as db:
                return person(db, runner_id)
        except UserError as error:
            raise UserError(links.NOT_VALID) from error

    def own_path(self, runner_id: int, page: str = "your-data") -> str:
        """A runner's own link, as a page here links to it."""
        return links.own_url("", self.secrets, runner_id, page)

    def connect_path(self, runner_id: int) -> str:
        """Where the runner connects Strava; empty where no Strava app is set up."""
        return links.connect_url("", self.secrets, runner_id) if self.strava.client_id else ""

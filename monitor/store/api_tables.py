"""Who may use the API."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from monitor.store.columns import moment, number, of_runner
from monitor.store.types import BigId


class ApiToken(SQLModel, table=True):
    """A key to the API, of a runner, of a coach, or of the operator where neither is named."""

    __tablename__ = "api_token"

    id: int | None = number()
    digest: str = Field(unique=True)  # of the token, which only its holder has
    runner_id: int | None = of_runner(nullable=True)
    coach_id: int | None = Field(default=None, sa_type=BigId, foreign_key="coach.id", ondelete="CASCADE", index=True)
    read_only: bool
    label: str
    created_at: datetime = moment()

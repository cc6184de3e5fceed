"""Groups within a team."""

from sqlmodel import Field, SQLModel

from monitor.store.columns import of_runner


class GroupMember(SQLModel, table=True):
    """A runner is in a group of their team. A group is there as long as somebody is in it."""

    __tablename__ = "group_member"

    runner_id: int = of_runner(primary_key=True)
    name: str = Field(primary_key=True)

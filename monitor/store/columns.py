"""Columns that many tables have."""

from typing import Any

from sqlmodel import Field, SQLModel

from monitor.store.types import BigId, UtcDateTime

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def number() -> Any:
    """A key that the database counts up."""
    return Field(default=None, sa_type=BigId, primary_key=True)


def moment(*, nullable: bool = False) -> Any:
    return Field(sa_type=UtcDateTime, nullable=nullable, default=None if nullable else ...)


def of_runner(*, primary_key: bool = False, nullable: bool = False) -> Any:
    """Whose row it is; it goes with the runner."""
    return Field(
        default=None if nullable else ...,
        sa_type=BigId,
        foreign_key="runner.id",
        ondelete="CASCADE",
        primary_key=primary_key,
        index=not primary_key,
        nullable=nullable,
    )

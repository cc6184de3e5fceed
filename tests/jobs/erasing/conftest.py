"""Somebody of whom every table holds something, and where mail about them goes."""

from pathlib import Path

import pytest

from monitor.store.people import Person
from tests.jobs.conftest import World
from tests.jobs.everywhere import known_everywhere, spooling


@pytest.fixture
def folder(world: World, tmp_path: Path) -> Path:
    """The spool into which this product's mail goes."""
    return spooling(world, tmp_path / "spool")


@pytest.fixture
def zeb(world: World, folder: Path) -> Person:
    return known_everywhere(world)

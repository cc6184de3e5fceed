"""What a pass leaves behind that nobody kills."""

from contextlib import ExitStack

import pytest

from tests.drills.club import Store, drill, stored


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store after the same two passes, with nobody killed."""
    with ExitStack() as stack:
        club = drill(tmp_path_factory.mktemp("undisturbed"), stack)
        assert club.child("pass") == 0
        club.go_on("pass")
        return stored(club.world.context.database)

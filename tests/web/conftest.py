"""The club's pages, asked in-process."""

import pytest

from tests.web.club import ask, empty_club, full_club


@pytest.fixture(scope="package")
def club(tmp_path_factory):
    """The full club, for reading only."""
    database = full_club(tmp_path_factory.mktemp("club"))
    yield database
    database.close()


@pytest.fixture
def client(club):
    return ask(club)


@pytest.fixture
def empty(tmp_path):
    database = empty_club(tmp_path)
    yield database
    database.close()

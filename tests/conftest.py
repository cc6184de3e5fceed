"""What many tests stand on: an empty database of the current schema, on SQLite and on a real PostgreSQL; a stack."""

import gc
import importlib.util
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa

from monitor.store import database as store
from monitor.store.database import Database, open_database
from monitor.store.migrate import open_current

hypothesis.settings.register_profile("untimed", deadline=None)  # how long an example takes is no property
hypothesis.settings.load_profile("untimed")
DURABLE, store.PRAGMAS = store.PRAGMAS, ("synchronous = OFF",)  # no test pulls a plug: none waits for the disk


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of the store's tests, those on PostgreSQL are drills, but where a module is about what the two do differently."""
    for item in items:
        if item.get_closest_marker("postgres") and not item.get_closest_marker("dialect"):
            item.add_marker(pytest.mark.drill)


def pytest_collection_finish() -> None:
    """What is imported stays: looking it through for garbage again and again takes a fifth of the suite's time."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What a test enters on its way, left at its end."""
    with ExitStack() as held:
        yield held


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the current schema, made once and copied for each test."""
    file = tmp_path_factory.mktemp("template") / "empty.db"
    open_current(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def database(empty_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database."""
    file = Path(shutil.copy(empty_file, tmp_path / "hamwatch.db"))
    opened = open_database(f"sqlite:///{file}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[sa.URL]:
    """A real PostgreSQL server, with the current schema in its database *template*."""
    if importlib.util.find_spec("pgserver") is None:
        _missing("pgserver has no build for this Python: PostgreSQL is tested on Python 3.11 and 3.12")
    # Not below pytest's folders: each session closes those to other users, and started by root the server is another.
    folder = Path(tempfile.mkdtemp(prefix="hamwatch-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # pgserver warns without one
    import pgserver

    server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    administer(url, "CREATE DATABASE template")
    open_current(url.set(database="template").render_as_string(hide_password=False)).close()
    yield url
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database")
        return
    url: sa.URL = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex}"
    administer(url, f"CREATE DATABASE {name} TEMPLATE template")
    opened = open_database(url.set(database=name).render_as_string(hide_password=False))
    yield opened
    opened.close()
    administer(url, f"DROP DATABASE {name}")


def administer(url: sa.URL, statement: str) -> None:
    """One statement outside of any transaction."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


def _missing(what: str) -> None:
    if os.environ.get("HAMWATCH_REQUIRE_ALL") == "1":
        pytest.fail(what)
    pytest.skip(what)

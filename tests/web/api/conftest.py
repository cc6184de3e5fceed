"""The full club's API, and a token of each kind of holder."""

import shutil
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from monitor.store.api_tokens import add_token
from monitor.store.coaches import add_coach
from monitor.store.database import Database, open_database
from monitor.web.api.app import PATH, create_api
from tests.web.club import NOW, app_of, browser_of, full_club

ALICE, BOB, GUS, NOBODY = 1, 2, 8, 999
HARRIERS, OTHER = 1, 2


@dataclass
class Caller:
    """A program that shows a token."""

    client: TestClient
    token: str

    def get(self, path, **how):
        return self.ask("GET", path, **how)

    def post(self, path, json, **how):
        return self.ask("POST", path, json=json, **how)

    def delete(self, path):
        return self.ask("DELETE", path)

    def ask(self, method, path, headers=None, **how):
        named = {"Authorization": f"Bearer {self.token}"} | (headers or {})
        return self.client.request(method, PATH + path, headers=named, **how)


@dataclass
class Api:
    """The product with its API, over a club of one's own."""

    database: Database

    def app(self, **limits):
        app = app_of(self.database)
        app.mount(PATH, create_api(app.state.shell, self.database, **limits))
        return app

    def caller(self, read_only=False, app=None, **whose):
        with self.database.writing() as db:
            token = add_token(db, NOW, read_only=read_only, **whose)[1]
        return Caller(browser_of(app or self.app()), token)


@pytest.fixture(scope="package")
def file(tmp_path_factory):
    """The full club with Cora, the Harriers' coach, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("api")
    database = full_club(folder)
    with database.writing() as db:
        add_coach(db, "Cora", "cora@example.org", "Harriers")
    database.close()
    return folder / "club.db"


@pytest.fixture
def api(file, tmp_path):
    database = open_database(f"sqlite:///{shutil.copy(file, tmp_path)}")
    yield Api(database)
    database.close()


@pytest.fixture
def alice(api):
    return api.caller(runner_id=ALICE)


@pytest.fixture
def coach(api):
    return api.caller(coach_id=1)


@pytest.fixture
def operator(api):
    return api.caller()

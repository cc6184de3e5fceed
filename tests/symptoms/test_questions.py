"""Which page comes next."""

import pytest

from monitor.symptoms.questions import Page, next_page

WAYS = [
    pytest.param({"participation": None}, Page.FIRST, id="it begins with the first question"),
    pytest.param({"participation": 1}, Page.DONE, id="full participation is one answer"),
    pytest.param({"participation": 2}, Page.FURTHER, id="a problem leads to the other three questions"),
    pytest.param({"participation": 3, "further": True}, Page.FURTHER, id="where it is was not answered yet"),
    pytest.param({"participation": 2, "there": False}, Page.FURTHER, id="the three were not answered yet"),
    pytest.param({"participation": 4}, Page.WHERE, id="no participation skips them, and asks where"),
    pytest.param({"participation": 3, "further": True, "there": False}, Page.DONE, id="elsewhere ends it"),
    pytest.param({"participation": 4, "there": False}, Page.DONE, id="could not, elsewhere"),
    pytest.param({"participation": 3, "further": True, "there": True}, Page.THERE, id="buttock or hamstring goes on"),
    pytest.param({"participation": 4, "there": True}, Page.THERE, id="could not, there"),
    pytest.param({"participation": 4, "there": True, "told": True}, Page.DONE, id="and ends there"),
]


@pytest.mark.parametrize(("answered", "page"), WAYS)
def test_nobody_is_asked_more_than_their_answers_need(answered, page):
    assert next_page(**answered) is page

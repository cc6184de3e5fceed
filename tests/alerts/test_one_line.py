"""Text from elsewhere becomes one line that a header takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.given import one_line


@pytest.mark.parametrize(
    ("hostile", "inert"),
    [
        pytest.param("x\r\nBcc: evil@x", "x Bcc: evil@x", id="a header of its own"),
        pytest.param("a\u2028b\u2029c", "a b c", id="line and paragraph separator"),
        pytest.param("a\x00b\x1b[31m", "a b [31m", id="NUL and escape"),
        pytest.param("\ud800a", "\ufffda", id="lone surrogate"),
        pytest.param("gpj\u202e.exe", "gpj.exe", id="right-to-left override"),
        pytest.param("x" * 1_000_000, "x" * 200, id="a megabyte"),
        pytest.param("Zoë 🏃🏽‍♀️", "Zoë 🏃🏽‍♀️", id="an honest name stays"),
    ],
)
def test_text_from_elsewhere_is_one_printable_line(hostile: str, inert: str) -> None:
    assert one_line(hostile) == inert


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_ends_as_one_line_that_can_be_sent(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line.encode("utf-8").decode("utf-8") == line

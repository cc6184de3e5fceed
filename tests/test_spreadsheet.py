"""Cells that a spreadsheet must not carry out."""

import pytest

from monitor.spreadsheet import inert


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_whatever_a_spreadsheet_takes_for_a_formula_is_led_by_an_apostrophe(text: str) -> None:
    """Bad input 64."""
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Ann", "", "3 × 400 m =", "'=1"])
def test_all_else_stays_what_it_is(text: str) -> None:
    assert inert(text) == text

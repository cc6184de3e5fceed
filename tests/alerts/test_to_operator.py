"""What is written to whoever runs Hamwatch."""

import pytest

from monitor.alerts.to_operator import brake_letter, inactive_letter, late_letter
from monitor.watch import TROUBLES, Late, Part
from tests.alerts.test_farewell import NOON, drawn


@pytest.mark.parametrize("command", ["hamwatch strava release --ask-again", "hamwatch strava release starts"])
def test_the_operator_learns_how_to_lift_the_brake(command: str) -> None:
    for text in drawn(brake_letter(NOON, 7, "https://club.example")):
        assert command in text
        assert "7 runners" in text


def test_the_operator_learns_how_to_make_the_app_active() -> None:
    plain, _ = drawn(inactive_letter("Strava says the app is inactive: renew it", "https://club.example"))
    assert "Strava says the app is inactive: renew it." in plain


@pytest.mark.parametrize("part", Part)
def test_the_operator_learns_what_is_late_and_where_to_look(part: Part) -> None:
    plain, _ = drawn(late_letter(Late(part, NOON, "It is late."), "https://club.example"))
    assert "It is late." in plain
    assert TROUBLES[part].next_steps[0][:30] in plain
    can_be_retired = part in (Part.WORKER, Part.WEB, Part.COPIES)
    assert (f"hamwatch status --forget {part} ends these mails" in plain) == can_be_retired

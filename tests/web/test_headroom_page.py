"""What a runner's page says before the next run: what today can hold, or the way back."""

import re
from datetime import timedelta

import pytest

from monitor.model import Injury, Origin, Site
from monitor.store.exposures import write_exposures
from monitor.store.log import add_injury, set_profile
from tests.builders import activities
from tests.web.club import HABIT, NOW, TODAY, add, ask
from tests.web.plain import text_of
from tests.web.samples import samples

DAY = timedelta(days=1)
DAN, ALICE = 4, 1
STRAIN = Injury(Site.HAMSTRING, "left", TODAY - 20 * DAY)
EIGHT_WEEKS = " ".join([HABIT] * 8)


def runs_of(log):
    """The runs of a log that ends today."""
    return activities(log, TODAY - timedelta(days=len(log.split()) - 1), origin=Origin.RECORDING)


@pytest.fixture
def runner(empty):
    """The runner with this log, what they told and the fast metres of each day, as their page shows them."""

    def shown(log, injuries=(), fast_m=None, told=(TODAY,), **profile):
        runs = runs_of(log)
        runner_id = add(empty, "Ida", runs, told=told)
        with empty.writing() as db:
            for injury in injuries:
                add_injury(db, runner_id, injury)
            if fast_m:
                write_exposures(db, runner_id, [(run.key, samples(fast_m(run.day))) for run in runs], NOW)
            set_profile(db, runner_id, **profile)
        return ask(empty).get(f"/runners/{runner_id}").text

    return shown


def test_what_today_can_hold_stands_before_the_chart(client):
    html = client.get(f"/runners/{DAN}").text
    assert html.index("Before the next run") < html.index("The last 8 weeks")
    for title in ("Easy run", "Fast running", "Climb", "Hard session"):
        assert f"<dt>{title}</dt>" in html


def test_it_is_no_promise(client):
    assert "Nobody has tested it as a limit, and it is no promise." in client.get(f"/runners/{DAN}").text


def test_what_needs_samples_is_not_known_without_them(runner):
    said = text_of(runner(EIGHT_WEEKS))
    assert "Fast running not known Too little of the last five weeks is known: that takes runs with samples" in said
    assert "What is fast for you is not known" in said


def test_with_samples_it_is_told_from_the_runners_own_weeks(runner):
    said = text_of(runner(EIGHT_WEEKS, fast_m=lambda day: 300))
    assert "none left These 7 days hold as much as the largest known week of the four before (1200 m)." in said
    assert "Climb up to 90 m The most that is known of one run in the 30 days before." in said
    assert "Hard session none in 48 h None began in the last 48 hours." in said


def test_the_hours_until_a_hard_session_count_from_the_start_of_the_last(runner):
    said = text_of(runner(EIGHT_WEEKS + " 8", fast_m=lambda day: 900 if day == TODAY else 0))
    # The session began at 7:00, and for the runner it is 10:00 now.
    assert "Hard session 45 h to go Until Tue 24 Nov, 07:00, when the last one is 48 hours ago." in said


def test_the_list_of_runs_tells_their_climb_and_fast_metres(runner):
    runs = runner(EIGHT_WEEKS, fast_m=lambda day: 300).partition('id="runs"')[2]
    assert text_of(runs).partition("Remarks")[2].startswith(" Sat 21 Nov 10.0 1:00:00 90 300 Morning Run")


def test_what_is_not_known_of_a_run_is_a_dash(runner):
    runs = runner(EIGHT_WEEKS).partition('id="runs"')[2]
    assert text_of(runs).partition("Remarks")[2].startswith(" Sat 21 Nov 10.0 1:00:00 – – Morning Run")


def test_the_fast_speed_comes_with_where_it_is_from(runner):
    said = text_of(runner(EIGHT_WEEKS, fast_m=lambda day: 300))
    assert "Fast for you is 4.4 m/s (3:49 per km) and faster" in said
    assert "5 % above your best 5 km (20:00) of the last 56 days with samples." in said


def test_a_fast_speed_that_was_set_says_so(runner):
    said = text_of(runner(EIGHT_WEEKS, fast_m=lambda day: 300, fast_mps=5.0))
    assert "Fast for you is 5.0 m/s (3:20 per km) and faster, as set." in said


def test_an_open_injury_puts_the_ladder_in_place_of_ratios_and_ceilings(runner):
    html = runner(EIGHT_WEEKS, [STRAIN])
    said = text_of(html)
    assert "An injury is open: hamstring strain (left), since 2 Nov 2026." in said
    assert "and the injury noted as over." in said
    assert "Run fast uphill, last of all" in said
    assert "Before the next run" not in said
    assert "ACWR" not in said


def test_the_ladder_marks_the_step_that_distances_tell(runner):
    html = runner(EIGHT_WEEKS, [STRAIN])
    marked = re.search(r'<li aria-current="step">(.*?)</li>', html, re.S)[1]
    assert text_of(marked).startswith("Run longer, easily")
    assert "you are about here, by distance" in marked
    assert html.count('aria-current="step"') == 1


def test_the_ladder_says_that_it_is_expert_opinion(runner):
    said = text_of(runner(EIGHT_WEEKS, [STRAIN]))
    assert "D expert opinion" in said
    assert "We know of no trial of it." in said


def test_a_break_that_goes_on_shows_the_ladder_though_nothing_can_be_judged(runner):
    said = text_of(runner(EIGHT_WEEKS + " -" * 12))
    assert "CANNOT SAY" in said
    assert "In a break from running that began on 10 Nov 2026." in said


def test_the_way_back_names_the_distance_that_ends_it(runner):
    said = text_of(runner(EIGHT_WEEKS + " -" * 12 + " 3 - 3"))
    assert "Back after a break from running that began on 7 Nov 2026." in said
    assert "two weeks in a row of 24.0 km or more, which is 75 % of a week before (32.0 km)" in said


def test_a_break_in_data_too_old_to_tell_shows_no_ladder(runner):
    old = (TODAY - 12 * DAY,)
    runs = EIGHT_WEEKS + " -" * 25
    assert "The way back" not in text_of(runner(runs, told=old))
    assert "The way back" in text_of(runner(runs, [STRAIN], told=old))


def test_while_a_finding_is_in_force_its_advice_stands_alone(client):
    assert "Before the next run" not in client.get(f"/runners/{ALICE}").text

"""A runner's page: the verdict, what to do, the numbers behind it, and what they rest on."""

import re
from datetime import timedelta
from functools import partial

from monitor.model import Flag, Injury, Origin, Site
from monitor.store.log import add_injury
from tests.builders import activities
from tests.web import plain
from tests.web.club import HABIT, IMAGE, LOGS, TODAY, add, ask

ALICE, BOB, DAN, EVE, FAY, GUS = 1, 2, 4, 5, 7, 8

text_of = partial(plain.text_of, tag="")


def told(client, runner_id):
    return text_of(client.get(f"/runners/{runner_id}").text)


def table(html, label):
    """The rows of the table with this label, each a list of its cells' text."""
    body = html.partition(f'aria-label="{label}"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [text_of(cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in body.split("<tr>")[1:]
    ]


def test_what_to_do_stands_with_the_verdict_before_any_number(client):
    said = told(client, ALICE)
    assert said.index("STRONG") < said.index("What to do") < said.index("7-day mean")


def test_a_finding_comes_with_its_grade_what_studies_say_and_a_link_to_the_source(client):
    html = client.get(f"/runners/{BOB}").text
    assert "14.0 km was 40 % beyond the longest run" in text_of(html)
    assert "moderate evidence: one good study of runners" in html
    assert "Most such runs are not followed by injury." in text_of(html)
    assert 'href="https://doi.org/10.1136/bjsports-2024-109380"' in html


def test_ok_is_no_promise(client):
    assert "No line is crossed today. That is not a promise." in told(client, DAN)


def test_a_ceiling_for_today_is_a_tenth_beyond_the_longest_run(client):
    assert "Easy runup to 11.0 km" in told(client, DAN)


def test_there_is_no_ceiling_while_a_finding_is_in_force(client):
    assert "Easy run" not in told(client, ALICE)


def test_where_nothing_can_be_said_no_current_number_is_shown(client):
    said = told(client, EVE)
    assert "CANNOT SAY" in said
    assert "Nothing can be said today: 7 of 28 days." in said
    assert "ACWR" not in said


def test_a_runner_without_a_run_has_a_page(client):
    said = told(client, FAY)
    assert "No data yet." in said
    assert "No runs in the last 8 weeks." in said


def test_the_table_tells_each_day_of_the_chart(client):
    days = table(client.get(f"/runners/{ALICE}").text, "The last 8 weeks as a table")
    assert len(days) == 56
    assert days[0][:2] == ["Sun 22 Nov", "rest"]
    assert days[1][:4] == ["Sat 21 Nov", "22.5", "6.4", "5.0"]
    assert days[1][4].startswith("STRONG")


def test_an_unknown_day_reads_not_known_and_never_rest(empty):
    told_by_files = activities("8 - 8", TODAY - timedelta(days=2), origin=Origin.RECORDING)
    told_by_export = activities(" ".join([HABIT] * 6), TODAY - timedelta(days=60), origin=Origin.EXPORT)
    runner_id = add(empty, "Ida", [*told_by_files, *told_by_export], told=())
    days = table(ask(empty).get(f"/runners/{runner_id}").text, "The last 8 weeks as a table")
    assert [cells[1] for cells in days[:4]] == ["8.0", "rest", "8.0", "not known"]


def test_runs_are_listed_with_origin_flags_and_copies(client):
    runs = table(client.get(f"/runners/{GUS}").text, "Runs of the last 8 weeks")
    assert runs[0][0] == "Sun 22 Nov"
    assert runs[0][1:3] == ["7.0", "42:00"]
    assert "treadmill" in runs[0][7]
    assert "recorded 2 times, counted once" in runs[0][7]


def test_a_run_from_strava_links_to_itself_there(client):
    html = client.get(f"/runners/{GUS}").text
    assert 'href="https://www.strava.com/activities/77"' in html
    assert "Powered by <b>Strava</b>" in html


def test_a_run_from_a_file_links_nowhere(client):
    assert "strava.com" not in client.get(f"/runners/{ALICE}").text


def test_a_hostile_run_name_is_shown_as_text(client):
    html = client.get(f"/runners/{GUS}").text
    assert IMAGE not in html
    assert "&lt;img src=x" in html


def test_context_is_told_apart_from_the_verdict(client):
    said = told(client, ALICE)
    assert said.index("Context only") < said.index("44.5 km in 7 days")
    assert "never the verdict" in said


def test_runs_before_the_weeks_shown_are_counted_not_listed(client):
    assert "20 earlier runs are not listed." in told(client, ALICE)


def test_the_page_says_that_it_is_no_diagnosis(client):
    assert "not a diagnosis and not a medical device" in told(client, ALICE)


def test_what_cannot_be_judged_is_listed_with_its_reason(client):
    said = told(client, DAN)
    assert "Unknown is not the same as nothing found." in said
    assert "Fast running after weeks without: fast running is not known for all of the last five weeks." in said


def test_a_level_that_an_injury_raised_says_so(empty):
    log = LOGS["Bob"]
    runner_id = add(empty, "Ian", activities(log, TODAY - timedelta(days=len(log.split()) - 1)))
    with empty.writing() as db:
        strain = Injury(Site.HAMSTRING, "left", TODAY - timedelta(days=90), TODAY - timedelta(days=60))
        add_injury(db, runner_id, strain)
    assert "One band higher with a hamstring injury not long ago." in told(ask(empty), runner_id)


def test_the_runners_own_page_says_where_their_link_is_and_the_coachs_does_not(client):
    assert "Their link is at the foot of every mail" in told(client, ALICE)
    assert "Its link" not in text_of(client.get(f"/teams/1/runners/{ALICE}").text)


def test_a_coach_sees_the_same_verdict_of_a_runner_with_files(client):
    assert "22.5 km was 125 % beyond the longest run" in text_of(client.get(f"/teams/1/runners/{ALICE}").text)


def test_a_coach_sees_that_runs_are_hidden_and_none_of_them(client):
    html = client.get(f"/teams/2/runners/{GUS}").text
    assert "33 of 33 runs hidden: Strava only" in html
    assert "No runs in the last 8 weeks." not in html
    assert "No data yet." not in html
    for said in ("&lt;img", "strava.com/activities", '<svg class="chart', "Powered by"):
        assert said not in html


def test_to_a_coach_a_runner_of_another_team_is_nobody(client):
    foreign, nobody = client.get(f"/teams/1/runners/{GUS}"), client.get("/teams/1/runners/999")
    without_number = [re.sub(r"<code>\w+</code>", "", answer.text) for answer in (foreign, nobody)]
    assert (
        (foreign.status_code, without_number[0]) == (nobody.status_code, without_number[1]) == (404, without_number[0])
    )


def test_where_some_runs_are_hidden_rest_is_not_promised_to_a_coach(empty):
    log = LOGS["Bob"]
    from_files = activities(log, TODAY - timedelta(days=len(log.split()) - 1), origin=Origin.RECORDING)
    runner_id = add(empty, "Jo", [*from_files, *activities("5", TODAY, origin=Origin.STRAVA)])
    client = ask(empty)
    assert "a day of rest may hold one" in text_of(client.get(f"/teams/1/runners/{runner_id}").text)
    assert "may hold one" not in told(client, runner_id)


def test_what_a_number_lacks_stands_beside_it(empty):
    without = activities("7", TODAY, moving_s=2_400, flags=frozenset({Flag.TOO_FAST}))
    runner_id = add(empty, "Gil", [*activities(" ".join([HABIT] * 8), TODAY - timedelta(days=56)), *without])
    said = told(ask(empty), runner_id)
    assert f"acute load; 1 run left out: {Flag.TOO_FAST.value}" in said
    assert f"chronic load; 1 run left out: {Flag.TOO_FAST.value}" in said


def test_every_published_score_says_its_week_or_what_it_lacks(client):
    said = told(client, DAN)
    assert "Lucia TRIMPnot knownnot told: first threshold and second threshold" in said
    assert "sRPEnot known" in said

"""The evidence page is made of the rules themselves."""

import re

from monitor.rules import RULES
from tests.web.test_runner import text_of


def test_every_rule_is_there_with_lines_source_and_advice(client):
    html = client.get("/evidence").text
    said = text_of(html).replace("&#39;", "'")
    for rule in RULES:
        assert f'id="{rule.name}"' in html
        assert f"[rules.{rule.name}]" in html
        for level, line in rule.lines.items():
            assert f"{level.name.lower()} = {line}" in html
        assert rule.advice in said
        assert rule.evidence.says in said
        assert f"https://doi.org/{rule.evidence.doi}" in html


def test_a_line_can_be_copied_from_the_page_into_the_settings(client):
    html = client.get("/evidence").text
    assert "[rules.single_session_spike]\nwatch = 1.1\ncaution = 1.3\nstrong = 2.0\n" in html


def test_what_a_rule_measures_is_told_in_a_sentence(client):
    assert "Longest run of the day / longest of the 30 days before." in text_of(client.get("/evidence").text)


def test_contested_rules_say_that_they_never_decide(client):
    html = client.get("/evidence").text
    panel = html[html.index('id="acwr_panel"') :].partition("</article>")[0]
    assert "never the verdict, never a reason for a mail" in text_of(panel)
    assert "studies disagree" in panel


def test_no_page_promises_or_frightens(client):
    pages = ["/evidence", "/about", "/teams/1", "/runners/1"]
    said = " ".join(text_of(client.get(page).text) for page in pages).lower()
    assert not re.search(r"sweet spot|safe zone|danger|you are at risk|will get injured|clinically validated", said)


def test_the_about_page_says_when_to_see_a_doctor(client):
    assert "Stop running and contact a doctor if you cannot hop or bear weight" in text_of(client.get("/about").text)

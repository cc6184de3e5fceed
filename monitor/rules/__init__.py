"""The rules, in the order of the catalogue: one file a rule, each with its measure, lines, evidence and advice.

A new rule is one file, one line here, one test. `rule.py` says what a rule is, `together.py` what several say at
once, `freshness.py` and `verdict.py` what can be said of a runner today.
"""

from monitor.rules.acwr_panel import RULE as ACWR_PANEL
from monitor.rules.monotonous_week import RULE as MONOTONOUS_WEEK
from monitor.rules.no_rest_day import RULE as NO_REST_DAY
from monitor.rules.return_after_layoff import RULE as RETURN_AFTER_LAYOFF
from monitor.rules.rule import Rule
from monitor.rules.single_session_spike import RULE as SINGLE_SESSION_SPIKE
from monitor.rules.weekly_jump import RULE as WEEKLY_JUMP

RULES: tuple[Rule, ...] = (
    SINGLE_SESSION_SPIKE,
    NO_REST_DAY,
    MONOTONOUS_WEEK,
    RETURN_AFTER_LAYOFF,
    WEEKLY_JUMP,
    ACWR_PANEL,
)

"""The rules, what hurts first, then in the order of the catalogue.

Each is one file with its measure, lines, evidence and advice: a new one is that file, one line here, one test.
`rule.py` says what a rule is, `together.py` what several say at once, `assessing.py` runs them all, `freshness.py` and
`verdict.py` tell what can be said of a runner today, `hidden.py` what of it to a reader who may not see everything.
"""

from monitor.rules.acwr_panel import RULE as ACWR_PANEL
from monitor.rules.cadence_drift import RULE as CADENCE_DRIFT
from monitor.rules.chained_records import RULE as CHAINED_RECORDS
from monitor.rules.climb_spike import RULE as CLIMB_SPIKE
from monitor.rules.duration_spike import RULE as DURATION_SPIKE
from monitor.rules.fade_in_long_run import RULE as FADE_IN_LONG_RUN
from monitor.rules.fast_running_spike import RULE as FAST_RUNNING_SPIKE
from monitor.rules.fast_uphill import RULE as FAST_UPHILL
from monitor.rules.first_fast_running import RULE as FIRST_FAST_RUNNING
from monitor.rules.hard_day_spacing import RULE as HARD_DAY_SPACING
from monitor.rules.monotonous_week import RULE as MONOTONOUS_WEEK
from monitor.rules.no_rest_day import RULE as NO_REST_DAY
from monitor.rules.return_after_layoff import RULE as RETURN_AFTER_LAYOFF
from monitor.rules.rule import Rule
from monitor.rules.single_session_spike import RULE as SINGLE_SESSION_SPIKE
from monitor.rules.sprint_jump import RULE as SPRINT_JUMP
from monitor.rules.stacked_errors import RULE as STACKED_ERRORS
from monitor.rules.symptom_gate import RULE as SYMPTOM_GATE
from monitor.rules.unexplained_drop import RULE as UNEXPLAINED_DROP
from monitor.rules.weekly_jump import RULE as WEEKLY_JUMP

RULES: tuple[Rule, ...] = (
    SYMPTOM_GATE,
    SINGLE_SESSION_SPIKE,
    CHAINED_RECORDS,
    DURATION_SPIKE,
    FAST_RUNNING_SPIKE,
    FIRST_FAST_RUNNING,
    SPRINT_JUMP,
    FAST_UPHILL,
    CLIMB_SPIKE,
    HARD_DAY_SPACING,
    STACKED_ERRORS,
    NO_REST_DAY,
    MONOTONOUS_WEEK,
    RETURN_AFTER_LAYOFF,
    WEEKLY_JUMP,
    ACWR_PANEL,
    UNEXPLAINED_DROP,
    CADENCE_DRIFT,
    FADE_IN_LONG_RUN,
)

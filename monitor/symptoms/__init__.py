"""How a runner says it feels, and what may be said back. Pure; never a diagnosis, never the name of one.

questions.py   what is asked, and on which page · check_in.py the answers of a day
scoring.py     the questionnaire's own severity · pain.py how much running a pain allows
red_flags.py   what belongs before a doctor, whatever else was said · patterns.py what to mention to a clinician
outcome.py     all of these together: what the runner reads · trend.py week by week
circumstances.py  what else a week held, as context alone
prevention.py  what may help, each with its evidence
"""
